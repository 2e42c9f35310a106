export interface SlowDownPolicy {
  /** So many failures cost nothing. */
  readonly free: number;
  /** After the next one this long, doubled by each that follows. */
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  /** Failures are forgotten so long after the first of them. */
  readonly memoryMs: number;
}

const MINUTE_MS = 60_000;

/** Of one identifier from one address: about a hundred guesses a day. */
export const PAIR_POLICY: SlowDownPolicy = {
  free: 4,
  firstDelayMs: 5_000,
  longestDelayMs: 15 * MINUTE_MS,
  memoryMs: 24 * 60 * MINUTE_MS,
};

/** Of one identifier from all addresses together, for guessers who have many. */
export const CEILING_POLICY: SlowDownPolicy = {
  free: 30,
  firstDelayMs: 5_000,
  longestDelayMs: 15 * MINUTE_MS,
  memoryMs: 60 * MINUTE_MS,
};

/** Milliseconds without a further attempt after so many failures. */
export function delayAfter(failures: number, { free, firstDelayMs, longestDelayMs }: SlowDownPolicy): number {
  if (failures <= free) return 0;
  return Math.min(firstDelayMs * 2 ** (failures - free - 1), longestDelayMs);
}
