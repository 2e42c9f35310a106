/** What is to be made at the gateway, once. */
export interface Attempted {
  readonly createdAt: Date;
  /** Later than `createdAt` as soon as the gateway may have been asked. */
  readonly updatedAt: Date;
}

/** Longer than a call to the gateway takes with all its repeats: until then nobody else makes the same call. */
export const ATTEMPT_MS = 90_000;

/** Nobody has asked the gateway; somebody is at it; somebody was, and may have got it made. */
export type Attempt = 'first' | 'underway' | 'again';

export function attemptAt({ createdAt, updatedAt }: Attempted, now: Date): Attempt {
  if (updatedAt.getTime() <= createdAt.getTime()) return 'first';
  return now.getTime() - updatedAt.getTime() < ATTEMPT_MS ? 'underway' : 'again';
}

/** What `updatedAt` becomes before the gateway is asked. */
export function markAt({ createdAt }: Attempted, now: Date): Date {
  return new Date(Math.max(now.getTime(), createdAt.getTime() + 1));
}
