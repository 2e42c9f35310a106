import type { MandateStatus } from '../../payment/events/mandate-changed.event';
import { type AccessMoment, type AccessReason, type MandatePurchase, subscriptionAccess } from './subscription.state';

/** What our own row knows beside the gateway's truth. */
export interface PurchaseRecord {
  readonly status: MandateStatus;
  readonly reason: AccessReason;
  /** It was cancelled at the end of the cycle. */
  readonly endsAtCycle: boolean;
  /** The end of what is paid. */
  readonly paidUntil: Date | null;
  readonly accessUntil: Date | null;
  /** Since when a payment is due that failed. */
  readonly pastDueAt: Date | null;
  /** When it was ended on our side, at once. The gateway may hear of it later, and what it says opens nothing again. */
  readonly endedAt: Date | null;
}

/** What the gateway said of the mandate. */
export type MandateTruth = Pick<MandatePurchase, 'status' | 'paidCount' | 'currentEnd' | 'endedAt' | 'endsAtCycle'> & {
  /** The beginning of the first cycle. */
  readonly startAt: Date | null;
  /** The end of the last cycle that was paid; null where the payments don't say. */
  readonly paidThrough?: Date | null;
  /** When that cycle was paid back in full. */
  readonly refundedAt?: Date | null;
  readonly isReplaced?: boolean;
};

/** What the gateway said of the order's payment. */
export interface OrderTruth {
  /** When it was paid; null = not yet. */
  readonly paidAt: Date | null;
  /** When all of it was paid back. */
  readonly refundedAt: Date | null;
  /** When it became somebody's who was a guest: the month runs from then. */
  readonly openedAt?: Date | null;
  readonly isReplaced?: boolean;
}

export interface Standing extends PurchaseRecord {
  readonly hasAccess: boolean;
}

/**
 * For so long a checkout may be paid: longer than banks take to say yes to a payment, and than the gateway holds what
 * nobody captures.
 */
export const UNPAID_LIFE_MS = 7 * 86_400_000;

const OVER: ReadonlySet<MandateStatus> = new Set(['cancelled', 'completed', 'expired']);

/** Whether nothing is charged for it any more, and another may take its place. */
export function isOver({ status }: Pick<PurchaseRecord, 'status'>): boolean {
  return OVER.has(status);
}

/** Whether a new checkout takes its place: nobody has paid or authorised it yet, or it is charged no longer. */
export function isReplaceable({ status }: Pick<PurchaseRecord, 'status'>): boolean {
  return status === 'created' || status === 'halted';
}

/** Calendar months later (UTC), at the end of a shorter month. */
export function monthsAfter(instant: Date, months: number): Date {
  const after = new Date(instant);
  after.setUTCMonth(after.getUTCMonth() + months);
  if (after.getUTCDate() !== instant.getUTCDate()) after.setUTCDate(0);
  return after;
}

export function standingOfMandate(known: PurchaseRecord, truth: MandateTruth, moment: AccessMoment): Standing {
  if (known.endedAt !== null) {
    const { startAt, currentEnd, paidCount } = truth;
    return ended(withPaid(known, startAt, paidCount > 0 ? currentEnd : null), moment);
  }
  const pastDueAt = truth.status === 'pending' || truth.status === 'halted' ? pastDueSince(known, truth) : null;
  const endsAtCycle = known.endsAtCycle || truth.endsAtCycle;
  const paidEnd = pastDueAt ?? lastPaidEnd(truth);
  const purchase = { ...truth, kind: 'mandate', endsAtCycle, pastDueSince: paidEnd } as const;
  const { status, reason, has_access: hasAccess, access_until: accessUntil } = subscriptionAccess(purchase, moment);
  // Past due from its first day, it was never paid: what it is to replace goes on.
  const paidUntil = truth.paidCount === 0 ? null : paidEnd;
  return { status, reason, hasAccess, accessUntil, endsAtCycle, paidUntil, pastDueAt, endedAt: null };
}

export function standingOfOrder(known: PurchaseRecord, truth: OrderTruth, moment: AccessMoment): Standing {
  const { paidAt, refundedAt, openedAt = null, isReplaced } = truth;
  const begins = paidAt && openedAt !== null && openedAt > paidAt ? openedAt : paidAt;
  const paidUntil = begins && monthsAfter(begins, 1);
  if (known.endedAt !== null) return ended(withPaid(known, paidAt, paidUntil), moment);
  const access = subscriptionAccess({ kind: 'one_time', paidUntil, refundedAt, isReplaced }, moment);
  const { status, reason, has_access: hasAccess, access_until: accessUntil } = access;
  return { ...known, status, reason, hasAccess, accessUntil, paidUntil };
}

/** Ended on our side, at once. */
export function overAt<R extends PurchaseRecord>(known: R, now: Date): R {
  const endedAt = known.endedAt ?? now;
  return { ...known, status: 'cancelled', reason: 'cancelled', endedAt, accessUntil: endedAt };
}

/** What a guest has bought and nobody has come for: it opens nothing yet. */
export function waiting(standing: Standing): Standing {
  return { ...standing, hasAccess: false, accessUntil: null };
}

export function standingOfFree(known: PurchaseRecord, moment: AccessMoment): Standing {
  if (known.endedAt !== null) return ended(known, moment);
  return { ...known, status: 'active', reason: 'active', hasAccess: true, accessUntil: null };
}

/**
 * Of what was ended before the news of its payment came: it was paid all the same. Later payments are paid back, and so is
 * any for what made room for another before a payment was known.
 */
function withPaid(known: PurchaseRecord, paidAt: Date | null, paidUntil: Date | null): PurchaseRecord {
  if (known.status === 'expired') return known;
  const wasPaid = paidAt !== null && known.endedAt !== null && paidAt < known.endedAt;
  return wasPaid ? { ...known, paidUntil: known.paidUntil ?? paidUntil } : known;
}

function ended(known: PurchaseRecord, { now }: AccessMoment): Standing {
  return { ...known, hasAccess: known.accessUntil !== null && now < known.accessUntil };
}

/**
 * The cycle that the gateway names need not be paid: a good card brings what was halted back without charging for what was
 * missed, and what is over may have ended while its last payment was failing.
 */
function lastPaidEnd(truth: MandateTruth): Date | null {
  const { startAt, paidCount, paidThrough = null, currentEnd } = truth;
  if (paidCount === 0 || currentEnd === null) return null;
  const counted = isOver(truth) && startAt !== null ? monthsAfter(startAt, paidCount) : currentEnd;
  const last = paidThrough ?? counted;
  return last < currentEnd ? last : currentEnd;
}

/**
 * The gateway may name the end of the cycle whose payment failed. What is paid is so many months from the beginning, or
 * up to where we knew it paid: cycles that were missed are never charged.
 */
function pastDueSince({ paidUntil, pastDueAt }: PurchaseRecord, truth: MandateTruth): Date | null {
  const { startAt, paidCount, currentEnd } = truth;
  const counted = startAt && monthsAfter(startAt, paidCount);
  const latest = Math.max(...[counted, paidUntil, pastDueAt].map((date) => date?.getTime() ?? 0));
  return latest === 0 ? currentEnd : new Date(Math.min(latest, currentEnd?.getTime() ?? latest));
}
