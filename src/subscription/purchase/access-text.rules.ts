import type { AccessReason } from './subscription.state';

/** What a member is told of a purchase. */
export interface ToldAccess {
  /** Null: none, or one without an end. */
  readonly until: Date | null;
  readonly has: boolean;
  /** A sentence for people. */
  readonly text: string;
}

interface Known {
  readonly kind: 'recurring' | 'one_time' | 'free';
  readonly status: string;
  readonly reason: AccessReason;
  readonly accessUntil: Date | null;
  readonly paidUntil: Date | null;
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/**
 * Until when there is access as its member reads it. One that is paid for lasts as long as it is paid: the grace behind
 * that is for renewals that are late, and is told of when one is.
 */
export function toldAccess(known: Known, now: Date): ToldAccess {
  const { kind, status, reason, accessUntil, paidUntil } = known;
  if (kind === 'free' && status === 'active') return { until: null, has: true, text: 'This tier is free.' };
  const has = accessUntil !== null && accessUntil > now;
  const isPaid = has && reason === 'active' && paidUntil !== null && paidUntil > now;
  const until = isPaid ? paidUntil : accessUntil;
  return { until, has, text: textOf(known, has ? until : null, isPaid) };
}

/** `until` null: there is no access now. */
function textOf({ kind, reason }: Known, until: Date | null, isPaid: boolean): string {
  const end = until === null ? '' : ` Access until ${DAY.format(until)}.`;
  switch (reason) {
    case 'active':
      if (until === null) return 'It is not paid.';
      if (!isPaid) return `The renewal has not been confirmed yet.${end}`;
      return kind === 'recurring' ? `Paid until ${DAY.format(until)}, and renewed then.` : `Paid.${end}`;
    case 'payment_failed_grace':
      return `The last payment failed, and is tried again.${end} Put it right at payment_url.`;
    case 'halted':
      return 'Payments failed and are not tried again. Put it right at payment_url.';
    case 'cancelled_at_cycle_end':
      return `Cancelled: nothing more is charged.${end}`;
    case 'changing_tier':
      return `Another tier takes its place when the paid days are over.${end}`;
    case 'cancelled':
      return 'Cancelled: nothing more is charged.';
    case 'paused':
      return `Paused: nothing is charged.${end}`;
    case 'completed':
      return `Every payment is made.${end}`;
    case 'expired':
      return 'It has run out.';
    case 'refunded':
      return 'It was paid back.';
    case 'not_paid':
      return 'It is not paid.';
  }
}
