import fc from 'fast-check';
import { DomainError } from '../common/domain-error';
import type { JsonObject } from '../infra/outbox/fact';
import { MAX_DATA_BYTES, mergeData, readChange, type UserSchema } from './user-data.rules';

const parsed = (text: string): JsonObject => JSON.parse(text) as JsonObject;
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('what a PUT changes', () => {
  it('is the name, other fields, or both', () => {
    expect(readChange({ name: 'Zoë' })).toEqual({ name: 'Zoë', fields: {} });
    expect(readChange({ theme: 'dark', level: 3 })).toEqual({ name: undefined, fields: { theme: 'dark', level: 3 } });
    expect(readChange({ name: ' x ', a: null })).toEqual({ name: ' x ', fields: { a: null } });
  });

  it('takes a number for a name, as Python did', () => {
    expect(readChange({ name: 42 }).name).toBe('42');
  });

  it('counts characters, not units', () => {
    expect(readChange({ name: '😀'.repeat(255) }).name).toHaveLength(510);
  });

  it.each<[string, string]>([
    ['{}', 'name is required'],
    ['{"name":""}', 'name is required'],
    ['{"name":null}', 'name is required'],
    ['{"name":0}', 'name is required'],
    ['{"name":false,"a":1}', 'name is required'],
    ['{"name":[]}', 'name is required'],
    ['{"name":{}}', 'name is required'],
    ['{"name":true}', 'name: Not a valid string.'],
    ['{"name":["x"]}', 'name: Not a valid string.'],
    [`{"name":"${'x'.repeat(256)}"}`, 'name: Ensure this field has no more than 255 characters.'],
    ['{"name":"a\\u0000"}', 'name: Null characters are not allowed.'],
    ['{"name":"a\\ud800"}', 'name: Surrogate characters are not allowed: U+D800.'],
    ['{"id":1}', 'id is reserved'],
    ['{"name":"x","sefaria_id":"1"}', 'sefaria_id is reserved'],
    ['{"a":"\\u0000"}', 'a: Null characters are not allowed.'],
    ['{"a":{"b\\u0000":1}}', 'a: Null characters are not allowed.'],
    ['{"a":["\\udfff"]}', 'a: Surrogate characters are not allowed.'],
    ['{"a":1e999}', 'a: Number is too large to be kept as it is.'],
    ['{"a":{"b":[-1e999]}}', 'a: Number is too large to be kept as it is.'],
    ['{"name":1e999}', 'name: Number is too large to be kept as it is.'],
    [`{"a":${nested(25)}}`, 'a: Value is nested too deeply.'],
    [`{"a":${nested(400_000)}}`, 'a: Value is nested too deeply.'],
  ])('%.60s: %s', (body, message) => {
    expect(() => readChange(parsed(body))).toThrow(new DomainError('invalid', 'field-invalid', message));
  });
});

describe('the data after a change', () => {
  const before = { name: 'Zoë', data: '{"a":1,"b":{"c":2}}' };
  const change = (fields: JsonObject, name?: string) => ({ name, fields });

  it('keeps what was not named and replaces what was, whole', () => {
    expect(mergeData(before, change({ b: [1], d: null }), undefined)).toBe('{"a":1,"b":[1],"d":null}');
  });

  it('is untouched by a new name', () => {
    const never: UserSchema = { speaksOfName: false, fault: () => 'bad' };
    expect(mergeData(before, change({}, 'x'), never)).toBe(before.data);
  });

  it('keeps __proto__ as the field that it is', () => {
    const text = mergeData(before, { name: undefined, fields: parsed('{"__proto__":{"x":1}}') }, undefined);
    expect(text).toBe('{"a":1,"b":{"c":2},"__proto__":{"x":1}}');
    expect(({} as JsonObject).x).toBeUndefined();
  });

  it('ends at 16 KiB, in bytes and with what was there', () => {
    const room = MAX_DATA_BYTES - '{"a":1,"b":{"c":2},"d":""}'.length;
    expect(mergeData(before, change({ d: 'x'.repeat(room) }), undefined)).toHaveLength(MAX_DATA_BYTES);
    expect(() => mergeData(before, change({ d: 'x'.repeat(room + 1) }), undefined)).toThrow('at most 16384 bytes');
    expect(() => mergeData(before, change({ d: 'é'.repeat(room / 2 + 1) }), undefined)).toThrow('at most 16384 bytes');
  });

  it('is judged by the schema, with the name where the schema wants it', () => {
    const seen: JsonObject[] = [];
    const schema = (speaksOfName: boolean): UserSchema => ({
      speaksOfName,
      fault: (data) => (seen.push(data), undefined),
    });
    mergeData({ name: null, data: '{}' }, change({ a: 1 }), schema(true));
    mergeData(before, change({ a: 2 }, 'New'), schema(true));
    mergeData(before, change({ a: 2 }, 'New'), schema(false));
    mergeData(before, change({}, 'New'), schema(true));
    expect(seen).toEqual([
      { a: 1 },
      { a: 2, b: { c: 2 }, name: 'New' },
      { a: 2, b: { c: 2 } },
      { a: 1, b: { c: 2 }, name: 'New' },
    ]);
    const bad: UserSchema = { speaksOfName: false, fault: () => 'a must be b' };
    expect(() => mergeData(before, change({ a: 1 }), bad)).toThrow('a must be b');
  });
});

it('any object ends in data that can be read back, or in a refusal', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ noUnicodeString: false })), (object) => {
      try {
        const text = mergeData({ name: null, data: '{}' }, readChange(parsed(JSON.stringify(object))), undefined);
        const { name: _name, ...fields } = parsed(JSON.stringify(object));
        expect(JSON.parse(text)).toEqual(fields);
      } catch (error) {
        expect(error).toBeInstanceOf(DomainError);
      }
    }),
  );
});
