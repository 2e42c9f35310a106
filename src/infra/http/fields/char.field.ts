import { PythonFloat } from '../../../common/python-float';
import { refuse, type Check, type Refusal } from './refusal';
import { codePoints, loneSurrogate, strip } from './python';

export interface CharOptions {
  /** In characters as people count them (code points). 255 unless told, because every input has a limit. */
  readonly max?: number;
  readonly min?: number;
  /** Blanks at both ends are taken away before anything is checked. On unless told. */
  readonly trim?: boolean;
  /** Whether '' is an answer. */
  readonly blank?: boolean;
}

export const DEFAULT_MAX_LENGTH = 255;

type TextRule = (text: string) => string | undefined;

/** DRF's CharField, and by `rules` the fields it is made into: all messages of a text come in one list. */
export function charCheck(options: CharOptions = {}, rules: readonly TextRule[] = []): Check<string> {
  const { max = DEFAULT_MAX_LENGTH, min = 0, trim = true, blank = false } = options;
  return (value) => {
    const given = textOf(value);
    if (given === undefined) return refuse('Not a valid string.');
    const stripped = trim ? strip(given) : given;
    if (stripped === '') return blank ? '' : refuse('This field may not be blank.');
    // No code point is longer than two units, so a longer text need not be looked at any closer.
    if (stripped.length > 2 * max) return refuse(tooLong(max));
    return judge(stripped, max, min, rules) ?? stripped;
  };
}

function judge(text: string, max: number, min: number, rules: readonly TextRule[]): Refusal | undefined {
  const messages: string[] = [];
  if (text.length > max && codePoints(text) > max) messages.push(tooLong(max));
  if (min > 0 && codePoints(text) < min) messages.push(`Ensure this field has at least ${min} characters.`);
  if (text.includes('\0')) messages.push('Null characters are not allowed.');
  const surrogate = loneSurrogate(text);
  if (surrogate !== undefined) {
    messages.push(`Surrogate characters are not allowed: U+${surrogate.toString(16).toUpperCase()}.`);
  }
  for (const rule of rules) {
    const message = rule(text);
    if (message !== undefined) messages.push(message);
  }
  return messages.length === 0 ? undefined : refuse(...messages);
}

function tooLong(max: number): string {
  return `Ensure this field has no more than ${max} characters.`;
}

/** Numbers are taken as their digits, anything else but a text is none. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const isNumber = typeof value === 'number' || typeof value === 'bigint' || value instanceof PythonFloat;
  return isNumber ? String(value) : undefined;
}
