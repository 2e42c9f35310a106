import { idOfSlug } from './slug.rules';

/** As the library has it, whatever its comment says. */
const DEFAULT_MAX = 10;
const MOST = 100;
/** Above every id. */
export const NEWEST = Number.MAX_SAFE_INTEGER;

/** `?max=`: 1 to 100, and 10 for everything else, also for what is no number. */
export function maxOf(value: unknown): number {
  const number = typeof value === 'string' && /^\s*\+?\d{1,9}\s*$/.test(value) ? Number(value) : DEFAULT_MAX;
  return number >= 1 && number <= MOST ? number : DEFAULT_MAX;
}

/** `?mark_as_read=`: any text but none. */
export function isAsked(value: unknown): boolean {
  return [value].flat().some((one) => typeof one === 'string' && one !== '');
}

/** `?before=<slug>`: the id that everything is below. Undefined: a slug of nothing. */
export function beforeOf(value: unknown): number | undefined {
  if (value === undefined || value === '') return NEWEST;
  return typeof value === 'string' ? idOfSlug(value) : undefined;
}
