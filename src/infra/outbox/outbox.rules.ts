/** After this many failed attempts, about eight hours after the first, a delivery is a dead letter. */
export const MAX_ATTEMPTS = 18;

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 3_600_000;

/**
 * Milliseconds until the attempt after `attempt` (1 = the first), doubling up to an hour. `chance` in [0, 1) spreads
 * the second half, so that deliveries which failed together don't come back together.
 */
export function retryDelay(attempt: number, chance: number): number {
  const full = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LONGEST_DELAY_MS);
  return Math.round(full / 2 + (full / 2) * chance);
}

export const isDead = (attempt: number): boolean => attempt >= MAX_ATTEMPTS;
