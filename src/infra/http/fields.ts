import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { booleanCheck } from './fields/boolean.field';
import { charCheck, DEFAULT_MAX_LENGTH, type CharOptions } from './fields/char.field';
import { choiceCheck } from './fields/choice.field';
import { dateCheck, dateTimeCheck } from './fields/date.field';
import { emailCheck } from './fields/email.field';
import { jsonCheck, type JsonOptions } from './fields/json.field';
import { listCheck, type ListOptions } from './fields/list.field';
import { integerCheck, type IntegerOptions } from './fields/number.field';
import { addField, checkObject, fieldsOf, type RequestClass } from './fields/plan';
import type { Check } from './fields/refusal';
import { urlCheck, type UrlOptions } from './fields/url.field';

/**
 * The fields of request classes: one decorator says what is accepted, with DRF's words where it isn't, and what the
 * OpenAPI document shows. Absent optional fields stay undefined, or keep the class's own default.
 */
export interface FieldOptions {
  /** On unless told. */
  readonly required?: boolean;
  /** Whether null is an answer. */
  readonly nullable?: boolean;
  readonly description?: string;
  readonly example?: unknown;
}

export function CharField(options: FieldOptions & CharOptions = {}): PropertyDecorator {
  const { max = DEFAULT_MAX_LENGTH, min, blank = false } = options;
  const minLength = min ?? (blank ? 0 : 1);
  return field(charCheck(options), options, { type: String, maxLength: max, minLength }, blank);
}

export function EmailField(options: FieldOptions & CharOptions = {}): PropertyDecorator {
  const schema = { type: String, format: 'email', maxLength: options.max ?? 320 } as const;
  return field(emailCheck(options), options, schema, options.blank);
}

export function UrlField(options: FieldOptions & UrlOptions = {}): PropertyDecorator {
  const schema = { type: String, format: 'uri', maxLength: options.max ?? 2048 } as const;
  return field(urlCheck(options), options, schema, options.blank);
}

/** The property is a `YYYY-MM-DD` text. */
export function DateField(options: FieldOptions = {}): PropertyDecorator {
  return field(dateCheck(), options, { type: String, format: 'date' });
}

/** The property is a Date. */
export function DateTimeField(options: FieldOptions = {}): PropertyDecorator {
  return field(dateTimeCheck(), options, { type: String, format: 'date-time' });
}

export function IntegerField(options: FieldOptions & IntegerOptions = {}): PropertyDecorator {
  const { min: minimum, max: maximum } = options;
  return field(integerCheck(options), options, { type: 'integer', minimum, maximum });
}

export function BooleanField(options: FieldOptions = {}): PropertyDecorator {
  return field(booleanCheck(), options, { type: Boolean });
}

export function ChoiceField<T extends string>(choices: readonly T[], options: FieldOptions = {}): PropertyDecorator {
  return field(choiceCheck(choices), options, { type: String, enum: [...choices] });
}

export interface ListFieldOptions extends FieldOptions, ListOptions {
  /** What each item must be: one of the `...Check` functions of `./fields/`. */
  readonly item: Check;
  /** The item's type in the OpenAPI document: texts unless told. */
  readonly itemType?: typeof String | typeof Number | RequestClass;
}

export function ListField(options: ListFieldOptions): PropertyDecorator {
  const { item, itemType = String, min, max = 100, ...rest } = options;
  const schema = { type: itemType, isArray: true, minItems: min, maxItems: max } as ApiPropertyOptions;
  return field(listCheck(item, options), rest, schema);
}

/** Any JSON up to a size, or with `object` any JSON object. */
export function JsonField(options: FieldOptions & JsonOptions = {}): PropertyDecorator {
  const schema: ApiPropertyOptions = options.object ? { type: 'object', additionalProperties: true } : { oneOf: [{}] };
  return field(jsonCheck(options), options, schema);
}

/** An object that is itself a request class. */
export function ObjectField(requestClass: RequestClass, options: FieldOptions = {}): PropertyDecorator {
  return field((value) => checkObject(requestClass, value), options, { type: requestClass });
}

/** A field of one's own: `check` decides, `schema` is what the document shows. */
export function field(
  check: Check,
  options: FieldOptions,
  schema: ApiPropertyOptions,
  blank = false,
): PropertyDecorator {
  const { required = true, nullable = false, description, example } = options;
  const document = ApiProperty({ ...schema, required, nullable, description, example } as ApiPropertyOptions);
  return (prototype, name) => {
    addField(prototype, String(name), { check, required, nullable, blank });
    document(prototype, name);
  };
}

/** The same fields, none of them required: for PATCH. */
export function partial<T extends object>(requestClass: RequestClass<T>): RequestClass<Partial<T>> {
  class PartialRequest {
    [field: string]: unknown;
  }
  for (const [name, rules] of fieldsOf(requestClass.prototype as object)) {
    addField(PartialRequest.prototype, name, { ...rules, required: false });
    const known = Reflect.getMetadata('swagger/apiModelProperties', requestClass.prototype as object, name) as object;
    ApiProperty({ ...known, required: false })(PartialRequest.prototype, name);
  }
  return PartialRequest as RequestClass<Partial<T>>;
}
