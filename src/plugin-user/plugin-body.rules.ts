import type { JsonObject } from '../infra/outbox/fact';
import { invalidJson, tokenInvalid, tokenMissing } from './plugin-user.errors';
import { isFalsy } from './user-data.rules';

// Fatal: bytes that are no UTF-8 are refused instead of being replaced. A byte order mark is dropped, as Python does.
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The texts and the numbers of JSON; a text that never ends is taken whole, so that none is read twice. */
const TOKENS = /"[^"\\]*(?:\\[^][^"\\]*)*"?|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const INTEGER = /^-?\d+$/;

/** The object that the bytes of a body hold; any other body, or none, is a DomainError. */
export function parseBody(body: unknown): JsonObject {
  if (!(body instanceof Uint8Array)) throw invalidJson();
  let value: unknown;
  try {
    value = JSON.parse(withoutRounding(utf8.decode(body)));
  } catch {
    throw invalidJson();
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalidJson();
  return value as JsonObject;
}

/**
 * JSON.parse rounds integers without a word, and what it made of them can't be told from `1e300`. They are made infinite
 * instead, which is refused where a value is kept.
 */
function withoutRounding(json: string): string {
  return json.replace(TOKENS, (token) =>
    INTEGER.test(token) && !Number.isSafeInteger(Number(token)) ? '1e999' : token,
  );
}

/** The token in the body of a POST. */
export function tokenOf(body: JsonObject): string {
  const token = Object.hasOwn(body, 'sefaria_id') ? body.sefaria_id : undefined;
  if (isFalsy(token)) throw tokenMissing();
  if (typeof token !== 'string') throw tokenInvalid();
  return token;
}
