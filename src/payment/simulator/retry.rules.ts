const FIRST_PAUSE = 60;
const LONGEST_PAUSE = 4 * 3600;
const GIVE_UP_AFTER = 86_400;
/** A day that the simulated clock leaps over is no day of tries. */
const FEWEST_TRIES = 10;

/** Seconds until the next try after so many failed ones: a minute, doubled each time, four hours at most. */
export function pauseAfter(failures: number): number {
  return Math.min(FIRST_PAUSE * 2 ** Math.min(failures - 1, 20), LONGEST_PAUSE);
}

/** Whether the next try, at that age of the event in seconds, would come too late: Razorpay tries for a day. */
export function givesUp(failures: number, age: number): boolean {
  return age > GIVE_UP_AFTER && failures >= FEWEST_TRIES;
}
