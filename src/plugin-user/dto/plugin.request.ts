import type { JsonObject } from '../../infra/outbox/fact';
import { CharField, field, IntegerField, ListField, partial, UrlField } from '../../infra/http/fields';
import { jsonCheck } from '../../infra/http/fields/json.field';
import { Strict } from '../../infra/http/fields/plan';
import { type Check, Refusal, refuse } from '../../infra/http/fields/refusal';
import { MAX_ORIGINS, normalOrigin } from '../origin.rules';
import { MAX_SCHEMA_BYTES, MAX_SCHEMA_DEPTH } from '../schema-limits.rules';
import { compileUserSchema, UserSchemaError } from '../user-schema.rules';

const DAY_SECONDS = 86_400;
const TEN_YEARS_SECONDS = 3650 * DAY_SECONDS;

const originCheck: Check<string> = (value) =>
  (typeof value === 'string' ? normalOrigin(value) : undefined) ??
  refuse('Enter a valid origin, such as https://example.org.');

const objectCheck = jsonCheck({ object: true, maxBytes: MAX_SCHEMA_BYTES, maxDepth: MAX_SCHEMA_DEPTH });

const schemaCheck: Check = (value) => {
  const object = objectCheck(value);
  if (object instanceof Refusal) return object;
  try {
    compileUserSchema(object as JsonObject);
  } catch (error) {
    if (error instanceof UserSchemaError) return refuse(error.message);
    throw error;
  }
  return object;
};

@Strict()
export class RegisterPluginRequest {
  @CharField({ example: 'Verse of the day' })
  name: string;

  @CharField({ max: 2000, blank: true, required: false, example: 'Shows a verse beside the text.' })
  description = '';

  @UrlField({ blank: true, required: false, example: 'https://plugins.example.org/verse/plugin.js' })
  url = '';

  @UrlField({ blank: true, required: false, example: 'https://plugins.example.org/verse/icon.png' })
  image = '';

  @ListField({
    item: originCheck,
    max: MAX_ORIGINS,
    required: false,
    example: ['https://plugins.example.org'],
    description: 'Origins whose pages may call /plugin_user/ for this plugin. Programs need none.',
  })
  allowed_origins: string[] = [];

  @IntegerField({
    min: 1,
    max: TEN_YEARS_SECONDS,
    required: false,
    nullable: true,
    example: DAY_SECONDS,
    description: 'Seconds that an encrypted user id is good for; null = for ever.',
  })
  token_ttl: number | null = DAY_SECONDS;

  @IntegerField({
    min: 1,
    required: false,
    nullable: true,
    example: 7,
    description: "Its developer's account, whose webhook endpoints hear of its users; null: nobody's.",
  })
  owner: number | null = null;

  @field(
    schemaCheck,
    {
      required: false,
      nullable: true,
      example: { type: 'object', properties: { theme: { enum: ['dark', 'light'] } }, additionalProperties: false },
      description: "JSON Schema (2020-12, see docs/integrators.md for what is supported) of its users' further fields.",
    },
    { type: 'object', additionalProperties: true },
  )
  user_schema: JsonObject | null = null;
}

@Strict()
export class ChangePluginRequest extends partial(RegisterPluginRequest) {}
