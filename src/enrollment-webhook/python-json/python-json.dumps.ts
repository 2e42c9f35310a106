import { PythonFloat } from '../../common/python-float';
import type { PythonJson, PythonJsonObject } from './python-json.value';

/** Python's `separators`: between items, and between key and value. */
export interface DumpStyle {
  readonly separators: readonly [item: string, key: string];
  readonly sortKeys: boolean;
  readonly ensureAscii: boolean;
}

/** `json.dumps(value, sort_keys=True, separators=(",", ":"))` */
export const COMPACT: DumpStyle = { separators: [',', ':'], sortKeys: true, ensureAscii: true };
/** `json.dumps(value, sort_keys=True)` */
export const SPACED: DumpStyle = { separators: [', ', ': '], sortKeys: true, ensureAscii: true };

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** Python's `json.dumps`. */
export function dumps(value: PythonJson, style: DumpStyle): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quote(value, style);
  if (value instanceof PythonFloat) return dumpFloat(value);
  if (typeof value !== 'object') return String(value);
  return isArray(value) ? dumpArray(value, style) : dumpObject(value, style);
}

function dumpArray(items: readonly PythonJson[], style: DumpStyle): string {
  return `[${items.map((item) => dumps(item, style)).join(style.separators[0])}]`;
}

function dumpObject(members: PythonJsonObject, style: DumpStyle): string {
  const entries = Object.entries(members);
  if (style.sortKeys) entries.sort(([a], [b]) => compareCodePoints(a, b));
  const [itemSeparator, keySeparator] = style.separators;
  const dumped = entries.map(([key, value]) => quote(key, style) + keySeparator + dumps(value, style));
  return `{${dumped.join(itemSeparator)}}`;
}

function dumpFloat(float: PythonFloat): string {
  return Number.isFinite(float.value) ? float.toString() : `${float.value < 0 ? '-' : ''}Infinity`;
}

function quote(text: string, style: DumpStyle): string {
  const escaped = style.ensureAscii ? /[^ !#-[\]-~]/g : /[^ !#-[\]-\uffff]/g;
  return `"${text.replace(escaped, (unit) => SHORT_ESCAPES[unit] ?? escapeUnit(unit))}"`;
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Python orders text by code point; JavaScript by UTF-16 unit, where a surrogate pair comes before U+E000. */
function compareCodePoints(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  let at = 0;
  while (at < end && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  if (at === end) return a.length - b.length;
  const start = at > 0 && (isTrail(a, at) || isTrail(b, at)) ? at - 1 : at;
  return (a.codePointAt(start) ?? 0) - (b.codePointAt(start) ?? 0);
}

/** Whether the unit is the second half of a surrogate pair. */
function isTrail(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff;
}

/** Array.isArray does not narrow a readonly array. */
function isArray(value: readonly PythonJson[] | PythonJsonObject): value is readonly PythonJson[] {
  return Array.isArray(value);
}
