import { loneSurrogate } from './python';
import { refuse, type Check } from './refusal';

export interface JsonOptions {
  /** Of the value as compact JSON in UTF-8: 16 KiB unless told. */
  readonly maxBytes?: number;
  readonly maxDepth?: number;
  /** Only an object (`{...}`) is taken. */
  readonly object?: boolean;
}

const TOO_LARGE = 'Number is too large to be kept as it is.';

/** Any JSON that a database can hold. */
export function jsonCheck(options: JsonOptions = {}): Check {
  const { maxBytes = 16_384, maxDepth = 20, object = false } = options;
  return (value) => {
    if (object && (typeof value !== 'object' || value === null || Array.isArray(value))) {
      return refuse('Value must be a JSON object.');
    }
    const fault = jsonFault(value, maxDepth);
    if (fault !== undefined) return refuse(fault);
    const bytes = Buffer.byteLength(JSON.stringify(value) ?? '');
    return bytes > maxBytes ? refuse(`Ensure this field has no more than ${maxBytes} bytes.`) : value;
  };
}

/**
 * The first thing in a parsed JSON value that PostgreSQL's text can't hold, that JSON can't carry back (`1e999` would
 * become null), or that is nested too deep.
 */
export function jsonFault(value: unknown, depthLeft: number): string | undefined {
  if (typeof value === 'string') return textFault(value);
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : TOO_LARGE;
  if (typeof value !== 'object' || value === null) return undefined;
  if (depthLeft === 0) return 'Value is nested too deeply.';
  for (const [key, member] of Object.entries(value)) {
    const fault = textFault(key) ?? jsonFault(member, depthLeft - 1);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function textFault(text: string): string | undefined {
  if (text.includes('\0')) return 'Null characters are not allowed.';
  return loneSurrogate(text) === undefined ? undefined : 'Surrogate characters are not allowed.';
}
