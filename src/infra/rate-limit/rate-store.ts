export interface Counter {
  readonly count: number;
  /** Milliseconds until the counter is gone. */
  readonly resetMs: number;
}

/** Counters that end by themselves; each call is atomic, also across instances where they share a Redis. */
export abstract class RateStore {
  /** Adds one. The first hit starts the counter's life of `ttlMs`; later ones don't prolong it. */
  abstract increment(key: string, ttlMs: number): Promise<Counter>;
  abstract get(key: string): Promise<Counter | undefined>;
  /** Replaces the counter and its life: also how something is blocked for a while. */
  abstract set(key: string, count: number, ttlMs: number): Promise<void>;
  abstract delete(key: string): Promise<void>;
}
