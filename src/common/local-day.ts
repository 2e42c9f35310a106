/** Days as a creator's calendar has them. Every time zone of today is a whole number of quarter hours from UTC. */

export const BUCKET_SECONDS = 900;
const BUCKET_MS = BUCKET_SECONDS * 1000;
const DAY_MS = 86_400_000;

export interface LocalDay {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** The first quarter hour of it, counted from 1970 in UTC. */
  readonly firstBucket: number;
}

/** The last `days` days up to the one that it is now, oldest first. */
export function localDays(timeZone: string, now: Date, days: number): LocalDay[] {
  const dateOf = localDate(timeZone);
  const today = Date.parse(`${dateOf(now.getTime())}T00:00:00Z`);
  return Array.from({ length: days }, (_, index) => {
    const midnight = today - (days - 1 - index) * DAY_MS;
    const date = new Date(midnight).toISOString().slice(0, 10);
    return { date, firstBucket: firstBucketOf(date, midnight, dateOf) };
  });
}

/** When the first of them begins. */
export function startOf(days: readonly LocalDay[]): Date {
  return new Date((days[0]?.firstBucket ?? 0) * BUCKET_MS);
}

/** How many of each day: of counts by bucket, whatever lies outside of the days left out. */
export function countsByDay(days: readonly LocalDay[], buckets: ReadonlyMap<number, number>): number[] {
  const counts = days.map(() => 0);
  for (const [bucket, count] of buckets) {
    const index = dayOf(days, bucket);
    if (index >= 0) counts[index] = (counts[index] ?? 0) + count;
  }
  return counts;
}

/** Which of the days a quarter hour is in; -1 before the first. The last one does not end. */
export function dayOf(days: readonly LocalDay[], bucket: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle]?.firstBucket ?? 0) <= bucket) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Of all quarter hours from 15 hours before that midnight in UTC the first one of the date: halving finds it. */
function firstBucketOf(date: string, midnight: number, dateOf: (at: number) => string): number {
  let low = (midnight - 15 * 3_600_000) / BUCKET_MS;
  let high = (midnight + 15 * 3_600_000) / BUCKET_MS;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (dateOf(middle * BUCKET_MS) >= date) high = middle;
    else low = middle + 1;
  }
  return low;
}

function localDate(timeZone: string): (at: number) => string {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, calendar: 'iso8601', ...parts });
  return (at) => format.format(at);
}
