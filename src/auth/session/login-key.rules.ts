/** A login key that nobody used for a year is dead; each use (at this resolution) starts the year anew. */
const IDLE_LIFE_MS = 365 * 86_400_000;
const RESOLUTION_MS = 15 * 60_000;

export function keyExpiry(usedAt: Date): Date {
  return new Date(usedAt.getTime() + IDLE_LIFE_MS);
}

/** Whether a use is worth a write: one per quarter of an hour is. */
export function isUseWorthNoting(lastUsedAt: Date, now: Date): boolean {
  return now.getTime() - lastUsedAt.getTime() >= RESOLUTION_MS;
}

export function looksLikeLoginKey(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}
