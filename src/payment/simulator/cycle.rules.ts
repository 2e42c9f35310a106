export type Period = 'daily' | 'weekly' | 'monthly' | 'yearly';

export interface Rhythm {
  readonly period: Period;
  readonly interval: number;
}

/** Seconds by which India's clocks are ahead of UTC. */
const INDIA = 19_800;
export const DAY = 86_400;

/**
 * When the cycle with this number begins, in unix seconds: number 0 at `start` itself, each later one at midnight in
 * India. A month that lacks the day (the 31st) begins its cycle on its last one; later months have it back.
 */
export function cycleStart(start: number, { period, interval }: Rhythm, cycle: number): number {
  if (cycle === 0) return start;
  const steps = cycle * interval;
  switch (period) {
    case 'daily':
      return midnightInIndia(start + steps * DAY);
    case 'weekly':
      return midnightInIndia(start + steps * 7 * DAY);
    case 'monthly':
      return monthsLater(start, steps);
    case 'yearly':
      return monthsLater(start, steps * 12);
  }
}

/** The midnight in India with which the day of this moment began. */
export function midnightInIndia(moment: number): number {
  return Math.floor((moment + INDIA) / DAY) * DAY - INDIA;
}

/** `{year, month, day}` as India's calendar has it; months from 1. */
export function dateInIndia(moment: number): { year: number; month: number; day: number } {
  const date = new Date((moment + INDIA) * 1000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function monthsLater(start: number, months: number): number {
  const { year, month, day } = dateInIndia(start);
  const target = month - 1 + months;
  const lastDay = new Date(Date.UTC(year, target + 1, 0)).getUTCDate();
  return Date.UTC(year, target, Math.min(day, lastDay)) / 1000 - INDIA;
}
