import { types } from 'node:util';

/** Names whose values never reach a log, wherever in a logged object they stand; compared without case, `-` and `_`. */
const SECRET_NAME =
  /^(?:authorization|proxyauthorization|cookie|setcookie|pluginuserid|encrypteduserid|sefariaid|key|code|payload|accountnumber|accountholdername|ifsccode|bankname|.*(?:password|secret|token|signature)\d*|.*(?:api|secret|private|fernet|encryption)keys?)$/;
/** What looks like a credential inside a text: bearer values, JWTs, Fernet tokens, URL passwords, secret parameters. */
const SECRET_TEXT: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Token|Basic)\s+[\w.~+/=-]{8,}/gi, '$1 [redacted]'],
  [/\beyJ[\w-]{5,}(?:\.[\w-]*){1,4}/g, '[redacted]'],
  [/\bgAAAA[\w-]{20,}={0,2}/g, '[redacted]'],
  [/(\w+:\/\/[^\s:/@]*:)[^\s/@]+@/g, '$1[redacted]@'],
  [/((?:password|secret|token|signature)["']?\s*[=:]\s*["']?)[^\s"'&,;)]{4,}/gi, '$1[redacted]'],
  [/([?&](?:key|code|payload|uid)=)[^\s"'&]+/gi, '$1[redacted]'],
];
const REDACTED = '[redacted]';
const MAX_DEPTH = 6;

export function redactText(text: string): string {
  return SECRET_TEXT.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
}

/** A copy that may be logged. Bytes and deep or long things are only named. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? value.toString() : value;
  if (isError(value)) return errorForLog(value);
  if (value instanceof Date) return value;
  if (Buffer.isBuffer(value)) return `[${value.length} bytes]`;
  if (depth >= MAX_DEPTH) return '[…]';
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, isSecret(name) ? REDACTED : redact(member, depth + 1)]),
  );
}

export interface ErrorForLog {
  readonly type: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** A driver's or system's code, such as 23505 or ECONNREFUSED. */
  readonly code: string | undefined;
  readonly cause: ErrorForLog | undefined;
}

/** Only what is known to be harmless: drivers hang statements and their parameters, which are people's data, on errors. */
export function errorForLog(error: Error, depth = 0): ErrorForLog {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return {
    type: error.constructor.name,
    message: redactText(error.message),
    stack: error.stack === undefined ? undefined : redactText(error.stack),
    code: typeof code === 'string' ? code : undefined,
    cause: isError(cause) && depth < 3 ? errorForLog(cause, depth + 1) : undefined,
  };
}

/** Also of errors that were made elsewhere, as Node's own are in a test. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

function isSecret(name: string): boolean {
  return SECRET_NAME.test(name.toLowerCase().replaceAll(/[-_]/g, ''));
}
