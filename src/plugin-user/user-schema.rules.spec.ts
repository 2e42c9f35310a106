import type { JsonObject } from '../infra/outbox/fact';
import { compileUserSchema, UserSchemaError } from './user-schema.rules';

const fault = (schema: JsonObject, data: JsonObject): string | undefined => compileUserSchema(schema).fault(data);

describe('a schema of user data', () => {
  const schema: JsonObject = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    properties: {
      theme: { enum: ['dark', 'light'] },
      level: { $ref: '#/$defs/level' },
      tags: { type: 'array', maxItems: 3, items: { type: 'string', pattern: '^[a-z]+$' } },
      born: { type: 'string', format: 'date' },
    },
    required: ['theme'],
    additionalProperties: false,
    $defs: { level: { type: 'integer', minimum: 1 } },
  };

  it('lets pass what it describes', () => {
    expect(fault(schema, { theme: 'dark', level: 3, tags: ['a', 'bc'], born: '2000-02-29' })).toBeUndefined();
  });

  it.each<[JsonObject, string]>([
    [{ theme: 'pink' }, 'theme must be equal to one of the allowed values'],
    [{ theme: 'dark', level: 0 }, 'level must be >= 1'],
    [{ theme: 'dark', tags: ['A'] }, 'tags.0 must match pattern "^[a-z]+$"'],
    [{ theme: 'dark', born: 'May' }, 'born must match format "date"'],
    [{}, "The data must have required property 'theme'"],
    [{ theme: 'dark', size: 1 }, 'The data must NOT have additional properties'],
  ])('says of %j: %s', (data, sentence) => {
    expect(fault(schema, data)).toBe(sentence);
  });

  it('judges the name where it speaks of it', () => {
    expect(compileUserSchema(schema).speaksOfName).toBe(false);
    expect(compileUserSchema({ properties: { name: { type: 'string' } } }).speaksOfName).toBe(true);
    expect(compileUserSchema({ required: ['name'] }).speaksOfName).toBe(true);
  });

  it.each<[string, unknown, boolean]>([
    ['date-time', '2025-03-01T12:00:00Z', true],
    ['date-time', '2025-03-01 12:00', false],
    ['email', 'a@example.org', true],
    ['email', 'a b@example.org', false],
    ['uri', 'https://example.org/a', true],
    ['uri', 'example.org', false],
    ['uuid', '123e4567-e89b-12d3-a456-426614174000', true],
    ['uuid', '123e4567', false],
  ])('knows the format %s: %j is %s', (format, value, fits) => {
    expect(fault({ properties: { x: { format } } }, { x: value as string }) === undefined).toBe(fits);
  });
});

/** Each definition is twice the next. */
function doubling(depth: number): JsonObject {
  const twice = (i: number): JsonObject => ({ allOf: [{ $ref: `#/$defs/d${i}` }, { $ref: `#/$defs/d${i}` }] });
  const definitions = Array.from({ length: depth }, (_, i): [string, JsonObject] => [`d${i}`, twice(i + 1)]);
  return { $ref: '#/$defs/d0', $defs: Object.fromEntries([...definitions, [`d${depth}`, {}]]) };
}
const nested = (depth: number): JsonObject => (depth === 0 ? {} : { items: nested(depth - 1) });

it.each<[string, JsonObject, RegExp]>([
  ['a remote reference', { $ref: 'https://example.org/schema.json' }, /\$ref must lead to a definition/],
  ['a reference to itself', { $ref: '#' }, /\$ref must lead to a definition/],
  ['a reference to nothing', { $ref: '#/$defs/a' }, /\$ref must lead to a definition/],
  ['a circle', { $ref: '#/$defs/a', $defs: { a: { items: { $ref: '#/$defs/a' } } } }, /leads back to itself/],
  ['doubling references', doubling(40), /at most 200 schemas/],
  ['an identity of its own', { $id: 'https://example.org/' }, /^\/\$id is not supported/],
  ['an expression that goes back', { properties: { a: { pattern: '^(a+)+$' } } }, /^\/properties\/a\/pattern must be/],
  ['a pattern for names', { patternProperties: { '^(a+)+$': {} } }, /patternProperties is not supported/],
  ['quadratic keywords', { properties: { a: { uniqueItems: true } } }, /uniqueItems is not supported/],
  ['an unknown format', { properties: { a: { format: 'regex' } } }, /unknown format "regex"/],
  ['what is no schema', { type: 'thing' }, /schema is invalid/],
  ['a list where schemas belong', { properties: 5 }, /^\/properties must be a schema/],
  ['a number where a schema belongs', { not: 5 }, /^\/not must be a schema/],
  ['depth', nested(60), /nested too deeply/],
  ['length', { description: 'x'.repeat(17_000) }, /at most 16384 bytes/],
  ['an expression that is none', { pattern: '^[z-a]$' }, /./],
])('refuses %s', (_, schema, message) => {
  expect(() => compileUserSchema(schema)).toThrow(UserSchemaError);
  expect(() => compileUserSchema(schema)).toThrow(message);
});

it('judges the largest data by the largest schema', () => {
  const schema = compileUserSchema({
    additionalProperties: { items: { anyOf: Array.from({ length: 150 }, (_, i) => ({ const: `x${i}` })) } },
  });
  expect(schema.fault({ a: Array.from({ length: 8000 }, () => 'x149') })).toBeUndefined();
  expect(schema.fault({ a: [...Array.from({ length: 8000 }, () => 'x149'), 'x150'] })).toMatch(/^a\.8000/);
});
