/** Razorpay tries a webhook for a day, then switches it off. */
export const GIVE_UP_AFTER = 86_400;
const FIRST_PAUSE = 60;
const LONGEST_PAUSE = 4 * 3600;

/** Seconds until the next try after so many failed ones: a minute, doubled each time, four hours at most. */
export function pauseAfter(failures: number): number {
  return Math.min(FIRST_PAUSE * 2 ** Math.min(failures - 1, 20), LONGEST_PAUSE);
}
