import { sha256Hex } from '../crypto/digest';
import { pathOf } from '../http/route-table';

/** A request that carries a key. */
export interface KeyedCall {
  /** Undefined for a stranger. */
  readonly accountId: number | undefined;
  /** Method and path template. */
  readonly route: string;
  readonly key: string;
  readonly fingerprint: string;
}

const KEY = /^[\x20-\x7e]{1,255}$/;

/**
 * What is refused in these ways was not begun, or may go well at another time: the key stays free, so that the
 * corrected request, or the same one later, is worked on.
 */
const FREEING: ReadonlySet<number> = new Set([400, 408, 425, 429]);

export function isIdempotencyKey(text: string): boolean {
  return KEY.test(text);
}

/** The same for the same method, path, query and body. A slash at the end of the path is no difference. */
export function fingerprintOf(method: string, url: string, body: unknown): string {
  const path = pathOf(url);
  const bare = path.endsWith('/') ? path.slice(0, -1) : path;
  return sha256Hex(JSON.stringify([method, bare, url.slice(path.length), body ?? null]));
}

/**
 * What a key is unique in. Nothing tells strangers apart, not even their address, so to them another body is another
 * scope: who can't repeat the whole request can't read its answer.
 */
export function scopeOf({ accountId, route, key, fingerprint }: KeyedCall): string {
  const caller = accountId === undefined ? ['stranger', fingerprint] : ['account', accountId];
  return sha256Hex(JSON.stringify([...caller, route, key]));
}

/** Whether an answer is the one to be repeated. What failed on our side never is. */
export function isFinal(status: number): boolean {
  return status < 500 && !FREEING.has(status);
}
