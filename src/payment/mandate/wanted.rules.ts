import type { Wanted } from './mandate.entity';

/** What the gateway is to hear when this is asked for on top of that: an end is not taken back. */
export function wantedAfter(known: Wanted | null, asked: Wanted): Wanted {
  if (known === null || asked === 'cancelled' || !isEnd(known)) return asked;
  return known;
}

export function isEnd(wanted: Wanted | null): boolean {
  return wanted === 'cancelled' || wanted === 'cancelled_at_end';
}

/** Whether another price is to be charged. */
export function isPlan(wanted: Wanted | null): boolean {
  return wanted === 'plan_now' || wanted === 'plan_at_end';
}

/** What the gateway made of what was wanted. */
export interface Heard {
  readonly status: string;
  readonly planId: string;
  readonly hasScheduledChanges: boolean;
}

/**
 * Whether that is done. `planId`: of the price that is to be charged. `refused`: the gateway has said no, and what it
 * shows may be of something else.
 */
export function hasHeard(
  told: Heard,
  wanted: Wanted,
  { planId, refused }: { planId?: string; refused: boolean },
): boolean {
  const isOver = ['cancelled', 'completed', 'expired'].includes(told.status);
  switch (wanted) {
    case 'cancelled':
      return isOver;
    case 'cancelled_at_end':
    case 'plan_kept':
      return true;
    case 'paused':
    case 'resumed':
      return isOver || (wanted === 'paused') === (told.status === 'paused');
    case 'plan_now':
      return told.planId === planId;
    case 'plan_at_end':
      return told.planId === planId || (told.hasScheduledChanges && !refused);
  }
}
