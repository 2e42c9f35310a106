import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const SANE = /^[A-Za-z0-9-]{1,64}$/;
/** Tells processes apart, so that a counter is enough within one. */
const PROCESS = randomBytes(8).toString('hex');
let count = 0;

/** The caller's X-Request-Id where it is harmless in logs and headers, else one of our own. */
export function requestId(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  if (typeof given === 'string' && SANE.test(given)) return given;
  count += 1;
  return `${PROCESS}-${count.toString(36)}`;
}
