import { field, type FieldOptions } from '../fields';
import { typeName } from './python';
import { Refusal, refuse, type Check } from './refusal';

const DIGITS = /^\d{1,16}$/;

export const invalidPk = (pk: number | string): string => `Invalid pk "${pk}" - object does not exist.`;

/** DRF's PrimaryKeyRelatedField: what can't be an id names nothing. */
export const pkCheck: Check<number> = (value) => {
  const isText = typeof value === 'string';
  if (!isText && typeof value !== 'number') {
    return refuse(`Incorrect type. Expected pk value, received ${typeName(value)}.`);
  }
  const id = isText && !DIGITS.test(value) ? NaN : Number(value);
  if (Number.isSafeInteger(id) && id > 0) return id;
  return refuse(
    invalidPk(
      String(value)
        .slice(0, 20)
        .replace(/\p{Surrogate}/gu, ''),
    ),
  );
};

/** DRF's ManyRelatedField: one list of messages, that of the first faulty item. An id given twice counts once. */
export function pkListCheck(max: number): Check<number[]> {
  return (value) => {
    if (!Array.isArray(value)) return refuse(`Expected a list of items but got type "${typeName(value)}".`);
    if (value.length > max) return refuse(`Ensure this field has no more than ${max} elements.`);
    const ids = new Set<number>();
    for (const item of value as unknown[]) {
      const id = pkCheck(item);
      if (id instanceof Refusal) return id;
      ids.add(id);
    }
    return [...ids];
  };
}

export function PkField(options: FieldOptions = {}): PropertyDecorator {
  return field(pkCheck, options, { type: 'integer', minimum: 1 });
}

export function PkListField({ max, ...options }: FieldOptions & { readonly max: number }): PropertyDecorator {
  return field(pkListCheck(max), options, { type: Number, isArray: true, maxItems: max });
}
