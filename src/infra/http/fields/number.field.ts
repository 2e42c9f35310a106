import { refuse, type Check } from './refusal';

export interface IntegerOptions {
  readonly min?: number;
  readonly max?: number;
}

const DIGITS = /^\s*[+-]?\d+(?:_\d+)*(?:\.0*)?\s*$/;
const MAX_DIGITS = 1000;

/** DRF's IntegerField: whole numbers, also as text. Without `max` up to 2^53-1, the largest that JSON carries safely. */
export function integerCheck(options: IntegerOptions = {}): Check<number> {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = options;
  return (value) => {
    if (typeof value === 'string' && value.length > MAX_DIGITS) return refuse('String value too large.');
    const number = wholeNumber(value);
    if (number === undefined) return refuse('A valid integer is required.');
    if (number > max) return refuse(`Ensure this value is less than or equal to ${max}.`);
    if (number < min) return refuse(`Ensure this value is greater than or equal to ${min}.`);
    return number;
  };
}

function wholeNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  return typeof value === 'string' && DIGITS.test(value) ? Number(value.replaceAll('_', '')) : undefined;
}
