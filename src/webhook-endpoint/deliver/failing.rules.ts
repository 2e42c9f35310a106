const HOUR_MS = 3_600_000;
/** As Svix: an endpoint at which nothing has arrived for five days is switched off. */
export const FAILING_MS = 5 * 24 * HOUR_MS;
/** One delivery alone says too little of an endpoint. */
export const LEAST_DELIVERIES = 2;
/** Longer than the longest wait between two attempts: who was not called did not fail. */
export const SILENCE_MS = 36 * HOUR_MS;

/** Failed attempts without one in between that arrived. */
export interface Streak {
  readonly since: Date;
  /** The last one. */
  readonly failedAt: Date;
  readonly deliveries: number;
}

/** With one more failed attempt; `isFirst`: the first of its delivery. */
export function streakAfter(streak: Streak | undefined, at: Date, isFirst: boolean): Streak {
  if (streak === undefined || at.getTime() - streak.failedAt.getTime() > SILENCE_MS) {
    return { since: at, failedAt: at, deliveries: 1 };
  }
  // Two attempts at once may be written in either order.
  const failedAt = at > streak.failedAt ? at : streak.failedAt;
  return { since: streak.since, failedAt, deliveries: streak.deliveries + (isFirst ? 1 : 0) };
}

export function isFailing({ since, failedAt, deliveries }: Streak): boolean {
  return deliveries >= LEAST_DELIVERIES && failedAt.getTime() - since.getTime() >= FAILING_MS;
}

/** So many deliveries and none that arrived: its server is down, or belongs to somebody who never asked to be called. */
export const MOST_FAILED = 50;
/** Between calls of such an endpoint, one at a time, until one of them arrives. */
export const PROBE_PAUSE_MS = 1_000;
/** Of one endpoint at once, whatever the number of our instances. */
const MOST_CALLS_AT_ONCE = 5;

/** How an endpoint is called: how often at once, and what it is waited for then. */
export function paceOf(failedDeliveries: number): { readonly calls: number; readonly pauseMs: number } {
  if (failedDeliveries < MOST_FAILED) return { calls: MOST_CALLS_AT_ONCE, pauseMs: 0 };
  return { calls: 1, pauseMs: PROBE_PAUSE_MS };
}
