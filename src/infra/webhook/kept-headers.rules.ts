import type { IncomingHttpHeaders } from 'node:http';

const MAX_HEADERS = 40;
const MAX_NAME = 64;
const MAX_VALUE = 500;
/** Signatures, credentials and cookies: what could be used again. */
const SECRET = /signature|auth|cookie|token|secret|password|api-?key/;
/** `t=1700000000,v1=<hmac>`: the time is kept, the signature beside it is not. */
const SIGNED_PART = /\b(v\d+)=[^,;\s]*/g;

/** The headers of a call that the inbox keeps. */
export function keptHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = {};
  let count = 0;
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || SECRET.test(name) || count === MAX_HEADERS) continue;
    const text = typeof value === 'string' ? value : value.join(', ');
    kept[name.slice(0, MAX_NAME)] = withoutSignature(text).slice(0, MAX_VALUE);
    count++;
  }
  return kept;
}

function withoutSignature(text: string): string {
  return text.includes('=') ? text.replace(SIGNED_PART, '$1=…') : text;
}
