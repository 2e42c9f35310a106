import type { JsonObject } from '../infra/outbox/fact';
import { invalidJson, tokenInvalid, tokenMissing } from './plugin-user.errors';
import { isFalsy } from './user-data.rules';

// Fatal: bytes that are no UTF-8 are refused instead of being replaced. A byte order mark is dropped, as Python does.
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The object that the bytes of a body hold; any other body, or none, is a DomainError. */
export function parseBody(body: unknown): JsonObject {
  if (!(body instanceof Uint8Array)) throw invalidJson();
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(body));
  } catch {
    throw invalidJson();
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalidJson();
  return value as JsonObject;
}

/** The token in the body of a POST. */
export function tokenOf(body: JsonObject): string {
  const token = Object.hasOwn(body, 'sefaria_id') ? body.sefaria_id : undefined;
  if (isFalsy(token)) throw tokenMissing();
  if (typeof token !== 'string') throw tokenInvalid();
  return token;
}
