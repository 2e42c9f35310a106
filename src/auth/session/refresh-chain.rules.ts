import { createHmac, type KeyObject } from 'node:crypto';
import { sha256Hex } from '../../infra/crypto/digest';

/** A superseded refresh token still gets its successor this long: ten tabs that refresh at once all stay in (C3). */
export const GRACE_MS = 30_000;

/** How many replacements a session remembers, and how wide one is in `AuthSession.rotations`. */
const REMEMBERED = 8;
const WIDTH = 8;
export const ROTATIONS_LENGTH = REMEMBERED * WIDTH;

/** A client that refreshes more often than this within the grace has lost its way, and ends its own session. */
const FARTHEST = 64;

/**
 * The successor of a refresh token follows from the token and a server key, so that everyone who refreshes with the
 * same token gets the same successor, although only hashes are stored.
 */
export function successorOf(jti: string, chainKey: KeyObject): string {
  return createHmac('sha256', chainKey).update(jti).digest('hex').slice(0, 32);
}

export function hashOf(jti: string): string {
  return sha256Hex(jti);
}

/** One entry of `AuthSession.rotations`: milliseconds in base 36, eight characters wide until the year 2059. */
export function rotationEntry(at: Date): string {
  return at.getTime().toString(36).padStart(WIDTH, '0');
}

/** When the token `steps` before the current one was replaced; undefined beyond what is remembered. */
export function replacedAt(rotations: string, steps: number): Date | undefined {
  const entry = rotations.slice((steps - 1) * WIDTH, steps * WIDTH);
  return entry.length === WIDTH ? new Date(Number.parseInt(entry, 36)) : undefined;
}

export interface ChainKey {
  readonly id: string;
  readonly chain: KeyObject;
}

export interface CurrentToken {
  readonly jti: string;
  readonly keyId: string;
  /** How many times the presented token was replaced: at least once. */
  readonly steps: number;
}

/** Walks from an older token of the family to the current one. */
export function findCurrent(jti: string, currentHash: string, keys: readonly ChainKey[]): CurrentToken | undefined {
  for (const key of keys) {
    let next = jti;
    for (let steps = 1; steps <= FARTHEST; steps++) {
      next = successorOf(next, key.chain);
      if (hashOf(next) === currentHash) return { jti: next, keyId: key.id, steps };
    }
  }
  return undefined;
}

export interface PresentedToken {
  readonly jti: string;
  readonly accountId: number;
  readonly issuedAt: Date;
}

/** The session as it is found when the presented token turned out not to be its current one. */
export interface FoundSession {
  readonly accountId: number;
  readonly accountIsActive: boolean;
  readonly tokenHash: string | null;
  readonly rotations: string;
  readonly expiresAt: Date;
  readonly ended: boolean;
}

export type Verdict =
  | { readonly kind: 'unknown' | 'ended' | 'reused' | 'current' }
  | { readonly kind: 'superseded'; readonly current: CurrentToken; readonly issuedAt: Date };

/**
 * What a refresh token is that the fast path refused. `superseded`: replaced within the grace, the answer is the current
 * token. `reused`: replaced longer ago, so two parties hold the family. `current`: the session changed in between.
 * `unknown`: nothing to be said.
 */
export function judge(
  presented: PresentedToken,
  session: FoundSession | undefined,
  now: Date,
  keys: readonly ChainKey[],
): Verdict {
  if (!session?.tokenHash || session.accountId !== presented.accountId) return { kind: 'unknown' };
  if (session.ended || !session.accountIsActive) return { kind: 'ended' };
  if (session.expiresAt <= now) return { kind: 'unknown' };
  if (hashOf(presented.jti) === session.tokenHash) return { kind: 'current' };
  const issuedAt = replacedAt(session.rotations, 1);
  if (!issuedAt) return { kind: 'reused' };
  const current = findCurrent(presented.jti, session.tokenHash, keys);
  // Another instance may just have rotated with a key that this one was not given yet: no reason to end anything.
  if (!current) return { kind: isGraceOver(issuedAt, now) ? 'reused' : 'unknown' };
  // Beyond what is remembered: it was replaced after it was issued, whenever that was.
  const replaced = replacedAt(session.rotations, current.steps) ?? presented.issuedAt;
  return isGraceOver(replaced, now) ? { kind: 'reused' } : { kind: 'superseded', current, issuedAt };
}

function isGraceOver(replaced: Date, now: Date): boolean {
  return now.getTime() - replaced.getTime() > GRACE_MS;
}
