import { refuse, type Check } from './refusal';

const TRUE = new Set<unknown>(['t', 'y', 'yes', 'true', 'on', '1', 1, true]);
const FALSE = new Set<unknown>(['f', 'n', 'no', 'false', 'off', '0', 0, false]);
/** Python writes its words in lower case, as a title or in capitals, and DRF takes those three. */
const WRITTEN = /^(?:[a-z]+|[A-Z][a-z]*|[A-Z]+|[01])$/;

export function booleanCheck(): Check<boolean> {
  return (value) => {
    const word = typeof value === 'string' && WRITTEN.test(value) ? value.toLowerCase() : value;
    if (TRUE.has(word)) return true;
    return FALSE.has(word) ? false : refuse('Must be a valid boolean.');
  };
}
