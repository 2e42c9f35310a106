/** Razorpay counts its days in India, which is ahead and has no summer time. */
const INDIA_MS = 5.5 * 3_600_000;
const DAY_MS = 86_400_000;

export interface IndianDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/** The day of a moment. */
export function indianDayOf(moment: Date): IndianDay {
  const day = new Date(moment.getTime() + INDIA_MS);
  return { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() };
}

/** When the day of a moment begins. */
export function startOfIndianDay(moment: Date): Date {
  const local = moment.getTime() + INDIA_MS;
  return new Date(local - (((local % DAY_MS) + DAY_MS) % DAY_MS) - INDIA_MS);
}
