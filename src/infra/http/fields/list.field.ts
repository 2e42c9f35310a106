import type { FieldErrors } from '../../../common/domain-error';
import { typeName } from './python';
import { Refusal, refuse, type Check } from './refusal';

export interface ListOptions {
  /** Lists are short unless told: 100 items. */
  readonly max?: number;
  readonly min?: number;
}

/** DRF's ListField. An over-long list is refused before its items are looked at, so that the answer stays short. */
export function listCheck<T>(item: Check<T>, options: ListOptions = {}): Check<T[]> {
  const { max = 100, min = 0 } = options;
  return (value) => {
    if (!Array.isArray(value)) return refuse(`Expected a list of items but got type "${typeName(value)}".`);
    if (value.length > max) return refuse(`Ensure this field has no more than ${max} elements.`);
    const items: T[] = [];
    const errors: FieldErrors = {};
    value.forEach((given: unknown, index) => {
      const verdict = given === null ? refuse('This field may not be null.') : item(given);
      if (verdict instanceof Refusal) errors[index] = verdict.errors;
      else items.push(verdict);
    });
    if (Object.keys(errors).length > 0) return new Refusal(errors);
    if (items.length === 0 && min === 1) return refuse('This list may not be empty.');
    return items.length < min ? refuse(`Ensure this field has at least ${min} elements.`) : items;
  };
}
