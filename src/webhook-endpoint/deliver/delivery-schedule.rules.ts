const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The specification's: what an attempt is waited for after the one before it. The first comes at once. */
export const RETRY_DELAYS_MS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
const JITTER = 0.1;
const GONE = 410;

/** What came of a call. */
export interface CallOutcome {
  /** Of the answer; null where there was none. */
  readonly status: number | null;
  /** Why there was none, in words for the owner. */
  readonly error: string | null;
  /** Whether the same call would never come to anything. */
  readonly isFinal: boolean;
}

/** What becomes of a delivery: milliseconds until the next attempt where there is one. */
export type NextStep =
  { readonly status: 'delivered' | 'dead' } | { readonly status: 'pending'; readonly delayMs: number };

export const hasArrived = ({ status }: CallOutcome): boolean => status !== null && status >= 200 && status < 300;

/** The server wants no more calls, ever. */
export const isGone = ({ status }: CallOutcome): boolean => status === GONE;

/** After attempt number `tries` (1 = the first). `chance` in [0, 1) spreads what failed together. */
export function nextStep(tries: number, outcome: CallOutcome, chance: number): NextStep {
  if (hasArrived(outcome)) return { status: 'delivered' };
  const delay = RETRY_DELAYS_MS[tries - 1];
  if (outcome.isFinal || isGone(outcome) || delay === undefined) return { status: 'dead' };
  return { status: 'pending', delayMs: Math.round(delay * (1 + JITTER * chance)) };
}
