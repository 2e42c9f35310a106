import type { Json, JsonObject } from '../infra/outbox/fact';
import { jsonFault } from '../infra/http/fields/json.field';
import { isSteadyPattern } from './steady-pattern.rules';

export const MAX_SCHEMA_BYTES = 16 * 1024;
export const MAX_SCHEMA_DEPTH = 32;
/** Subschemas, each counted as often as references lead to it. */
export const MAX_SUBSCHEMAS = 200;

/** Where a keyword's value holds further schemas. */
const ONE = ['additionalProperties', 'items', 'not', 'propertyNames', 'if', 'then', 'else'];
const MANY = ['allOf', 'anyOf', 'oneOf', 'prefixItems', 'properties', '$defs', 'definitions'];

const PLAIN = [
  ...['$schema', '$comment', 'title', 'description', 'default', 'examples', 'deprecated', 'readOnly', 'writeOnly'],
  ...['type', 'enum', 'const', 'format', 'required', 'minProperties', 'maxProperties', 'minItems', 'maxItems'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength'],
];

/** A list of what is known to be cheap: what is missing, such as `uniqueItems`, takes quadratic time or worse. */
const ALLOWED = new Set([...PLAIN, ...ONE, ...MANY, 'pattern', '$ref']);

const LOCAL_REFERENCE = /^#\/(\$defs|definitions)\/([A-Za-z0-9_-]{1,64})$/;

/** What forbids the schema, as a sentence for its author, or undefined. */
export function schemaFault(root: JsonObject): string | undefined {
  const fault = jsonFault(root, MAX_SCHEMA_DEPTH);
  if (fault !== undefined) return fault;
  if (Buffer.byteLength(JSON.stringify(root)) > MAX_SCHEMA_BYTES) {
    return `The schema may have at most ${MAX_SCHEMA_BYTES} bytes`;
  }
  return new SchemaWalk(root).fault(root, '', []);
}

/** Follows references, so that what is counted is what a validator does. */
class SchemaWalk {
  private seen = 0;

  constructor(private readonly root: JsonObject) {}

  fault(schema: Json | undefined, path: string, references: readonly string[]): string | undefined {
    if (typeof schema === 'boolean') return undefined;
    if (!isObject(schema)) return `${path || '/'} must be a schema`;
    this.seen += 1;
    if (this.seen > MAX_SUBSCHEMAS) return `The schema may hold at most ${MAX_SUBSCHEMAS} schemas, references resolved`;
    const unknown = Object.keys(schema).find((keyword) => !ALLOWED.has(keyword));
    if (unknown !== undefined) return `${path}/${unknown} is not supported`;
    return (
      this.patternFault(schema, path) ??
      this.referenceFault(schema, path, references) ??
      this.childFault(schema, path, references)
    );
  }

  private patternFault({ pattern }: JsonObject, path: string): string | undefined {
    if (pattern === undefined) return undefined;
    if (typeof pattern === 'string' && isSteadyPattern(pattern)) return undefined;
    return `${path}/pattern must be ^...$ without groups and alternatives, and only its last part may vary in length`;
  }

  private referenceFault(schema: JsonObject, path: string, references: readonly string[]): string | undefined {
    const target = schema.$ref;
    if (target === undefined) return undefined;
    const [reference, folder, name] = (typeof target === 'string' && LOCAL_REFERENCE.exec(target)) || [];
    const definitions = folder === undefined ? undefined : this.root[folder];
    if (reference === undefined || name === undefined || !isObject(definitions) || !Object.hasOwn(definitions, name)) {
      return `${path}/$ref must lead to a definition in this schema, as "#/$defs/name" does`;
    }
    if (references.includes(reference)) return `${path}/$ref leads back to itself`;
    return this.fault(definitions[name], `/${folder}/${name}`, [...references, reference]);
  }

  private childFault(schema: JsonObject, path: string, references: readonly string[]): string | undefined {
    for (const [child, childPath] of childrenOf(schema, path)) {
      const fault = this.fault(child, childPath, references);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }
}

function* childrenOf(schema: JsonObject, path: string): Generator<[Json | undefined, string]> {
  for (const [keyword, value] of Object.entries(schema)) {
    const at = `${path}/${keyword}`;
    if (ONE.includes(keyword)) yield [value, at];
    else if (MANY.includes(keyword)) {
      if (typeof value !== 'object' || value === null) yield [undefined, at];
      else for (const [name, child] of Object.entries(value)) yield [child, `${at}/${name}`];
    }
  }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
