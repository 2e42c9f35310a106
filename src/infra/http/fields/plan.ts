import type { FieldErrors } from '../../../common/domain-error';
import { PythonFloat } from '../../../common/python-float';
import { typeName } from './python';
import { Refusal, refuse, type Check } from './refusal';

export interface FieldRules {
  readonly check: Check;
  readonly required: boolean;
  readonly nullable: boolean;
  /** Whether '' is an answer: then a form's empty input is one too, and not a missing one. */
  readonly blank: boolean;
}

export type RequestClass<T extends object = object> = new () => T;

interface Plan {
  readonly fields: readonly (FieldRules & { readonly name: string })[];
  readonly names: ReadonlySet<string>;
  readonly strict: boolean;
}

/** Where the input came from. A form and a query know only texts, so their empty inputs count as missing. */
export type InputKind = 'json' | 'form';

const FIELDS = 'guildhall:fields';
const STRICT = 'guildhall:strict';
/** How many unknown fields are named: the answer must not grow with the request. */
const MAX_UNKNOWN = 20;
const plans = new WeakMap<RequestClass, Plan>();

export function addField(prototype: object, name: string, rules: FieldRules): void {
  const fields = fieldsOf(prototype);
  Reflect.defineMetadata(FIELDS, new Map([...fields, [name, rules]]), prototype);
}

/** The fields of a request class, those of the classes it extends first. */
export function fieldsOf(prototype: object): ReadonlyMap<string, FieldRules> {
  return (Reflect.getMetadata(FIELDS, prototype) ?? new Map()) as ReadonlyMap<string, FieldRules>;
}

/** Refuses fields that the class doesn't know: for new routes. Elsewhere they are dropped. */
export function Strict(): ClassDecorator {
  return (target) => Reflect.defineMetadata(STRICT, true, target);
}

export function isRequestClass(candidate: unknown): candidate is RequestClass {
  return typeof candidate === 'function' && planOf(candidate as RequestClass).fields.length > 0;
}

/** An instance of the class with the checked values, or every fault of the input, by field. */
export function checkObject<T extends object>(
  requestClass: RequestClass<T>,
  input: unknown,
  kind: InputKind = 'json',
): T | Refusal {
  const given = input === undefined ? {} : input;
  if (!isMapping(given)) return new Refusal(rootErrors(given));
  const plan = planOf(requestClass);
  const result = new requestClass();
  const errors: FieldErrors = {};
  let faulty = false;
  for (const field of plan.fields) {
    const verdict = checkField(field, memberOf(given, field.name), kind);
    if (verdict instanceof Refusal) {
      errors[field.name] = verdict.errors;
      faulty = true;
    } else if (verdict !== undefined) {
      (result as Record<string, unknown>)[field.name] = verdict;
    }
  }
  if (plan.strict) faulty = refuseUnknown(plan, given, errors) || faulty;
  return faulty ? new Refusal(errors) : result;
}

function isMapping(input: unknown): input is object {
  return typeof input === 'object' && input !== null && !Array.isArray(input) && !(input instanceof PythonFloat);
}

function checkField(field: FieldRules, value: unknown, kind: InputKind): unknown {
  const absent = value === undefined || (kind === 'form' && value === '' && !field.blank && !field.required);
  if (absent) {
    if (field.required) return refuse('This field is required.');
    return value === '' && field.nullable ? null : undefined;
  }
  if (value === null) return field.nullable ? null : refuse('This field may not be null.');
  return field.check(value);
}

function memberOf(input: object, name: string): unknown {
  return Object.hasOwn(input, name) ? (input as Record<string, unknown>)[name] : undefined;
}

function refuseUnknown(plan: Plan, input: object, errors: FieldErrors): boolean {
  const unknown = Object.keys(input).filter((name) => !plan.names.has(name));
  for (const name of unknown.slice(0, MAX_UNKNOWN)) errors[name.slice(0, 100)] = ['Unknown field.'];
  return unknown.length > 0;
}

function rootErrors(input: unknown): FieldErrors {
  const message =
    input === null ? 'No data provided' : `Invalid data. Expected a dictionary, but got ${typeName(input)}.`;
  return { non_field_errors: [message] };
}

function planOf(requestClass: RequestClass): Plan {
  const known = plans.get(requestClass);
  if (known !== undefined) return known;
  const prototype = requestClass.prototype as object | undefined;
  const fields = prototype === undefined ? [] : [...fieldsOf(prototype)].map(([name, rules]) => ({ name, ...rules }));
  const plan: Plan = {
    fields,
    names: new Set(fields.map((field) => field.name)),
    strict: Reflect.hasMetadata(STRICT, requestClass),
  };
  plans.set(requestClass, plan);
  return plan;
}
