import { isFailing, MOST_FAILED, paceOf, type Streak, streakAfter } from './failing.rules';

const START = new Date('2026-03-01T00:00:00.000Z').getTime();
const hours = (count: number): Date => new Date(START + count * 3_600_000);

/** Attempts at these hours, the first of a delivery unless it is a retry. */
function streak(...attempts: readonly (readonly [hour: number, isRetry?: boolean])[]): Streak {
  let found: Streak | undefined;
  for (const [hour, isRetry = false] of attempts) found = streakAfter(found, hours(hour), !isRetry);
  if (found === undefined) throw new Error('no attempts');
  return found;
}

const daily = (days: number): [number][] => Array.from({ length: days + 1 }, (_, day) => [day * 24]);

it('is not failing before five days, and is then', () => {
  expect(isFailing(streak([0]))).toBe(false);
  expect(isFailing(streak(...daily(4), [119.9]))).toBe(false);
  expect(isFailing(streak(...daily(5)))).toBe(true);
});

it('needs more than one delivery', () => {
  const one = [0, 24, 48, 72, 96, 120].map((hour, index) => [hour, index > 0] as const);
  expect(isFailing(streak(...one))).toBe(false);
  expect(isFailing(streak(...one, [121]))).toBe(true);
});

it('begins anew after a silence: two failures a month apart are no failing endpoint', () => {
  expect(isFailing(streak([0], [1], [30 * 24]))).toBe(false);
  expect(streak([0], [1], [30 * 24])).toEqual({ since: hours(720), failedAt: hours(720), deliveries: 1 });
  // The longest wait of the schedule with its jitter is no silence.
  expect(streak([0], [26.4, true]).since).toEqual(hours(0));
});

it('is called one by one, with a pause, once fifty deliveries in a row have failed', () => {
  expect([0, 1, MOST_FAILED - 1].map(paceOf)).toEqual(Array(3).fill({ calls: 5, pauseMs: 0 }));
  expect([MOST_FAILED, 10_000].map(paceOf)).toEqual(Array(2).fill({ calls: 1, pauseMs: 1_000 }));
});

it('takes attempts in any order', () => {
  expect(streak([2], [1])).toEqual({ since: hours(2), failedAt: hours(2), deliveries: 2 });
});
