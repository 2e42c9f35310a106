/** Of one account. */
export const MOST_ENDPOINTS = 10;

/** The lowest from 1 that is free; undefined where all are taken. */
export function freeSlot(taken: readonly number[]): number | undefined {
  for (let slot = 1; slot <= MOST_ENDPOINTS; slot += 1) {
    if (!taken.includes(slot)) return slot;
  }
  return undefined;
}
