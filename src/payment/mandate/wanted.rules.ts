import type { Wanted } from './mandate.entity';

/** What the gateway is to hear when this is asked for on top of that: an end is not taken back. */
export function wantedAfter(known: Wanted | null, asked: Wanted): Wanted {
  if (known === null || asked === 'cancelled' || !isEnd(known)) return asked;
  return known;
}

export function isEnd(wanted: Wanted | null): boolean {
  return wanted === 'cancelled' || wanted === 'cancelled_at_end';
}
