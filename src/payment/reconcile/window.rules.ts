const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Of what was made at the gateway, both ends inclusive. */
export interface Window {
  readonly from: Date;
  readonly to: Date;
}

export const LONGEST_DAYS = 400;
/** More than a payment may wait for its capture, and a webhook for its repeats. */
export const USUAL_DAYS = 8;

/** A run at least that long compares live mandates and open disputes of any age. */
export const WHOLE_MS = DAY_MS;

/** What is younger may still be told by itself. */
const LATE_MS = 5 * 60_000;

/** `to` is not later than now: what comes while the lists are read would move their pages. */
export function windowOf(asked: Partial<Window>, now: Date): Window {
  const to = asked.to === undefined || asked.to > now ? now : asked.to;
  return { from: asked.from ?? new Date(to.getTime() - USUAL_DAYS * DAY_MS), to };
}

/** The gateway lists nothing from before. */
export const EARLIEST = new Date('2000-01-01T00:00:00Z');

export type WindowFault = 'ends_first' | 'too_long' | 'too_early' | 'ahead';

export function faultOf({ from, to }: Window, now: Date): WindowFault | undefined {
  if (from > now) return 'ahead';
  if (to <= from) return 'ends_first';
  if (from < EARLIEST) return 'too_early';
  return to.getTime() - from.getTime() > LONGEST_DAYS * DAY_MS ? 'too_long' : undefined;
}

export function isWhole({ from, to }: Window): boolean {
  return to.getTime() - from.getTime() >= WHOLE_MS;
}

/** What the schedule compares, and how often. */
export interface Round {
  readonly name: string;
  readonly everyMs: number;
  readonly lengthMs: number;
}

export const ROUNDS: readonly Round[] = [
  { name: 'day', everyMs: DAY_MS, lengthMs: USUAL_DAYS * DAY_MS },
  { name: 'recent', everyMs: 15 * 60_000, lengthMs: 6 * HOUR_MS },
];

/** Names the turn of a round, on whichever instance. */
export function turnOf({ name, everyMs }: Round, now: Date): string {
  return `schedule:${name}:${Math.floor(now.getTime() / everyMs)}`;
}

export function windowOfRound({ lengthMs }: Round, now: Date): Window {
  const to = new Date(now.getTime() - LATE_MS);
  return { from: new Date(to.getTime() - lengthMs), to };
}
