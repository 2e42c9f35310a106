import type { Schema, Schemas } from './open-api.types';

/** A schema as OpenAPI 3.1 and @nestjs/swagger write it; only what says something of examples. */
interface Exemplary {
  readonly $ref?: string;
  readonly example?: unknown;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Exemplary>>;
  readonly items?: Exemplary;
  readonly oneOf?: readonly Exemplary[];
  readonly anyOf?: readonly Exemplary[];
  readonly allOf?: readonly Exemplary[];
}

const DATE_TIME = '2025-03-01T12:00:00.000Z';
const DATE = '2025-03-01';

/** For a text or a number that no decorator gave an example: an invented one would say nothing. */
class MissingExample extends Error {}

/** An example of the whole, put together from the examples of its properties; undefined where one of them has none. */
export function exampleOf(schema: Schema, schemas: Schemas): unknown {
  try {
    return build(schema, schemas, '');
  } catch (error) {
    if (error instanceof MissingExample) {
      return undefined;
    }
    throw error;
  }
}

function build(schema: Exemplary, schemas: Schemas, path: string): unknown {
  if (schema.example !== undefined) return schema.example;
  if (schema.$ref !== undefined) {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
    return build(schemas[name] ?? {}, schemas, path || name);
  }
  const choice = schema.oneOf?.[0] ?? schema.anyOf?.[0];
  if (choice !== undefined) return build(choice, schemas, path);
  if (schema.allOf !== undefined) {
    return Object.assign({}, ...schema.allOf.map((part) => build(part, schemas, path))) as object;
  }
  if (schema.default !== undefined) return schema.default;
  if (schema.enum !== undefined) return schema.enum[0];
  return ofType(schema, schemas, path);
}

function ofType(schema: Exemplary, schemas: Schemas, path: string): unknown {
  const types = [schema.type].flat();
  if (types.includes('array')) return schema.items ? [build(schema.items, schemas, `${path}[]`)] : [];
  if (types.includes('boolean')) return true;
  if (schema.properties !== undefined) {
    const properties = Object.entries(schema.properties);
    return Object.fromEntries(properties.map(([name, value]) => [name, build(value, schemas, `${path}.${name}`)]));
  }
  if (types.includes('object')) return {};
  if (schema.format === 'date-time') return DATE_TIME;
  if (schema.format === 'date') return DATE;
  if (types.includes('null')) return null;
  throw new MissingExample(path);
}
