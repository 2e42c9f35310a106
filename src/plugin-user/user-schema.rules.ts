import Ajv2020 from 'ajv/dist/2020';
import type { ErrorObject } from 'ajv';
import type { JsonObject } from '../infra/outbox/fact';
import { isObject, schemaFault } from './schema-limits.rules';
import type { UserSchema } from './user-data.rules';

// Functions and bounded expressions only: they run on whatever a user sends.
const FORMATS = {
  date: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/,
  'date-time':
    /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/,
  email: (text: string) => text.length <= 254 && /^[^\s@]{1,64}@[^\s@]{1,253}$/.test(text),
  uri: (text: string) => /^[a-z][a-z0-9+.-]{0,31}:/i.test(text) && URL.canParse(text),
  uuid: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
} as const;

export class UserSchemaError extends Error {}

/**
 * The schema, ready to judge. Throws UserSchemaError, whose message is for the person who wrote the schema, when it
 * isn't a schema or could take more than a moment: see schema-limits.rules.ts.
 */
export function compileUserSchema(schema: JsonObject): UserSchema {
  const fault = schemaFault(schema);
  if (fault !== undefined) throw new UserSchemaError(fault);
  // One per schema: an instance keeps whatever it ever compiled.
  const ajv = new Ajv2020({
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    ownProperties: true,
    logger: false,
    formats: FORMATS,
  });
  try {
    // Its `$schema` may name another draft: what is allowed means the same in all of them.
    const validate = ajv.compile({ ...schema, $schema: undefined });
    return {
      speaksOfName: speaksOfName(schema),
      fault: (data) => (validate(data) ? undefined : sentence(validate.errors?.[0])),
    };
  } catch (error) {
    throw new UserSchemaError(error instanceof Error ? error.message : String(error));
  }
}

/** `name` is no part of the data, but a schema that names it judges it as well. */
function speaksOfName(schema: JsonObject): boolean {
  const { properties, required } = schema;
  const named = isObject(properties) && Object.hasOwn(properties, 'name');
  return named || (Array.isArray(required) && required.includes('name'));
}

function sentence(error: ErrorObject | undefined): string {
  const where = error?.instancePath.slice(1).replaceAll('/', '.');
  return `${where || 'The data'} ${error?.message ?? 'is not as the plugin wants it'}`;
}
