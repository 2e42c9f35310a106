import { PythonFloat } from '../../../common/python-float';

/** How the old servers' language sees a JSON value: their texts and their limits follow it. */

/** Beyond ASCII. Of what Python's `str.strip` takes away JavaScript's `trim` differs in U+001C..U+001F, U+0085 and U+FEFF. */
const WIDE_BLANK = /[\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

export function strip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text, start)) start++;
  while (end > start && isBlank(text, end - 1)) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** The name of a parsed JSON value's type, as `type(value).__name__`. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (typeof value === 'bigint') return 'int';
  if (value instanceof PythonFloat) return 'float';
  return 'dict';
}

/** Python counts code points, JavaScript UTF-16 units: an emoji is one character here. */
export function codePoints(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i += (text.codePointAt(i) ?? 0) > 0xffff ? 2 : 1) count++;
  return count;
}

/** Half of a surrogate pair that stands alone; no UTF-8, and so no database, can hold it. */
export function loneSurrogate(text: string): number | undefined {
  return LONE_SURROGATE.exec(text)?.[0].charCodeAt(0);
}

function isBlank(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit <= 0x20 ? (unit >= 9 && unit <= 13) || unit >= 0x1c : unit >= 0x85 && WIDE_BLANK.test(text.charAt(index));
}
