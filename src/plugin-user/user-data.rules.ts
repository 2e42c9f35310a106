import type { Json, JsonObject } from '../infra/outbox/fact';
import { charCheck } from '../infra/http/fields/char.field';
import { jsonFault } from '../infra/http/fields/json.field';
import { Refusal } from '../infra/http/fields/refusal';
import { fieldInvalid, nameRequired } from './plugin-user.errors';

/** What a PUT changes; fields that it does not name stay as they are. */
export interface UserChange {
  readonly name: string | undefined;
  readonly fields: JsonObject;
}

/** What a plugin wants its users' data to look like. */
export interface UserSchema {
  /** Whether it judges `name` beside the data. */
  readonly speaksOfName: boolean;
  /** What is wrong with the data, as one sentence; undefined where nothing is. */
  fault(data: JsonObject): string | undefined;
}

export const MAX_NAME_LENGTH = 255;
export const MAX_DATA_BYTES = 16 * 1024;
export const MAX_DATA_DEPTH = 20;

const RESERVED = ['id', 'sefaria_id'] as const;
const nameCheck = charCheck({ max: MAX_NAME_LENGTH, trim: false });

/** Throws DomainError with the first thing that is wrong. */
export function readChange(body: JsonObject): UserChange {
  const { name, ...fields } = body;
  const reserved = RESERVED.find((field) => Object.hasOwn(fields, field));
  if (reserved !== undefined) throw fieldInvalid(`${reserved} is reserved`);
  if (name === undefined && Object.keys(fields).length === 0) throw nameRequired();
  for (const [field, value] of Object.entries(fields)) {
    const fault = jsonFault(field, 0) ?? jsonFault(value, MAX_DATA_DEPTH);
    if (fault !== undefined) throw fieldInvalid(`${field.slice(0, 100)}: ${fault}`);
  }
  return { name: name === undefined ? undefined : readName(name), fields };
}

/** The data after the change, as text. Throws DomainError when it breaks the limit or the plugin's schema. */
export function mergeData(
  before: { readonly name: string | null; readonly data: string },
  change: UserChange,
  schema: UserSchema | undefined,
): string {
  const judgesName = schema?.speaksOfName === true;
  if (Object.keys(change.fields).length === 0 && !judgesName) return before.data;
  const data: JsonObject = { ...(JSON.parse(before.data) as JsonObject), ...change.fields };
  const text = JSON.stringify(data);
  if (Buffer.byteLength(text) > MAX_DATA_BYTES) {
    throw fieldInvalid(`The fields of a user may have at most ${MAX_DATA_BYTES} bytes together`);
  }
  const name = change.name ?? before.name;
  const fault = schema?.fault(judgesName && name !== null ? { ...data, name } : data);
  if (fault !== undefined) throw fieldInvalid(fault);
  return text;
}

/** As Python's `not value`. */
export function isFalsy(value: Json | undefined): boolean {
  if (typeof value !== 'object' || value === null) return !value;
  return Object.keys(value).length === 0;
}

/** As the old server: whatever Python holds for false is no name, and no name ever becomes empty again. */
function readName(given: Json): string {
  if (isFalsy(given)) throw nameRequired();
  const fault = typeof given === 'number' ? jsonFault(given, 0) : undefined;
  if (fault !== undefined) throw fieldInvalid(`name: ${fault}`);
  const verdict = nameCheck(given);
  if (verdict instanceof Refusal) throw fieldInvalid(`name: ${(verdict.errors as string[])[0]}`);
  return verdict;
}
