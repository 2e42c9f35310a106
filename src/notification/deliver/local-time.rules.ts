/** Hours and days as a reader's clock and calendar have them. */

export const DIGEST_HOUR = 9;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface LocalTime {
  /** `YYYY-MM-DD` */
  readonly day: string;
  /** 0 to 23 */
  readonly hour: number;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** A zone that is none counts as UTC. */
export function localTime(at: Date, timeZone: string): LocalTime {
  const text = clockOf(timeZone).format(at);
  return { day: text.slice(0, 10), hour: Number(text.slice(12, 14)) };
}

/**
 * The next 09:00 of the reader's after `now`, on a later day than `lastDay`: however the zone changes, no calendar day has
 * two.
 */
export function nextDigest(now: Date, timeZone: string, lastDay: string | null): Date {
  const today = Date.parse(`${localTime(now, timeZone).day}T00:00:00Z`);
  for (let days = 0; ; days += 1) {
    const midnight = today + days * DAY_MS;
    const at = instantOf(midnight + DIGEST_HOUR * HOUR_MS, timeZone);
    const day = new Date(midnight).toISOString().slice(0, 10);
    if (at > now && (lastDay === null || day > lastDay)) return at;
  }
}

/** Whether an hour lies in the quiet ones, which may go past midnight: from 22 to 7. Null: there are none. */
export function isQuiet(hour: number, from: number | null, until: number | null): boolean {
  if (from === null || until === null || from === until) return false;
  return from < until ? hour >= from && hour < until : hour >= from || hour < until;
}

/** The instant at which the reader's clock shows what UTC's shows at `wall`. Twice, for the hour in which clocks change. */
function instantOf(wall: number, timeZone: string): Date {
  let guess = wall;
  for (let turn = 0; turn < 2; turn += 1) guess = wall - offsetAt(guess, timeZone);
  return new Date(guess);
}

function offsetAt(at: number, timeZone: string): number {
  const [date, time] = clockOf(timeZone).format(at).split(', ');
  return Date.parse(`${date}T${time}Z`) - Math.floor(at / 1000) * 1000;
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const clock = newClock(timeZone);
  clocks.set(timeZone, clock);
  return clock;
}

function newClock(timeZone: string): Intl.DateTimeFormat {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  const format = { ...parts, second: '2-digit', hourCycle: 'h23', calendar: 'iso8601' } as const;
  try {
    return new Intl.DateTimeFormat('en-CA', { ...format, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-CA', { ...format, timeZone: 'UTC' });
  }
}
