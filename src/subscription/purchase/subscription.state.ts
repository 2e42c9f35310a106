import type { MandateStatus } from '../../payment/events/mandate-changed.event';

/** Stable: programs read them. */
export const ACCESS_REASONS = [
  'active',
  'payment_failed_grace',
  'halted',
  'cancelled_at_cycle_end',
  'changing_tier',
  'cancelled',
  'paused',
  'completed',
  'expired',
  'refunded',
  'not_paid',
] as const;
export type AccessReason = (typeof ACCESS_REASONS)[number];

/**
 * Where access ends:
 * - `none`: there is none.
 * - `paid_end`: with the last day that is paid.
 * - `grace_end`: GRACE_DAYS later, because the next payment is still to come.
 * - `ended_at`: when the subscription ended, and never after the last day that is paid.
 */
export const ACCESS_ENDS = ['none', 'paid_end', 'grace_end', 'ended_at'] as const;
export type AccessEnd = (typeof ACCESS_ENDS)[number];

export interface AccessRule {
  readonly until: AccessEnd;
  readonly reason: AccessReason;
}

/** What is known of a subscription that renews itself. */
export interface MandatePurchase {
  readonly kind: 'mandate';
  readonly status: MandateStatus;
  /** How many cycles were paid. */
  readonly paidCount: number;
  /** The end of the current cycle; null before the first. */
  readonly currentEnd: Date | null;
  readonly endedAt: Date | null;
  /** It was cancelled at the end of the cycle, and not at once. */
  readonly endsAtCycle: boolean;
  /** Since when a payment is due that failed; null when it is paid after all. */
  readonly pastDueSince: Date | null;
  /** When the last month that is paid went back in full; absent or null where it did not. */
  readonly refundedAt?: Date | null;
  /** Another one is authorised to take its place when the paid days are over. */
  readonly isReplaced?: boolean;
}

/** A period that was bought once. */
export interface OneTimePurchase {
  readonly kind: 'one_time';
  /** The end of the period; null while it is not paid. */
  readonly paidUntil: Date | null;
  /** When it was paid back in full. */
  readonly refundedAt: Date | null;
  /** Another one is authorised to take its place when the paid days are over. */
  readonly isReplaced?: boolean;
}

export interface SubscriptionAccess {
  readonly status: MandateStatus;
  /** Null where there never was any. */
  readonly access_until: Date | null;
  readonly has_access: boolean;
  readonly reason: AccessReason;
}

export interface AccessMoment {
  readonly now: Date;
  readonly graceDays: number;
}

/** A row of the published table. */
export interface AccessRow extends AccessRule {
  readonly status: MandateStatus;
  readonly cancelled_at_cycle_end: boolean;
  /** Another tier, authorised anew, is to take its place with the end of what is paid. */
  readonly changing_tier: boolean;
}

const DAY_MS = 86_400_000;
const NOT_PAID: AccessRule = { until: 'none', reason: 'not_paid' };
const ENDING: AccessRule = { until: 'paid_end', reason: 'cancelled_at_cycle_end' };
/** Until the first payment for what takes its place is heard of. */
const CHANGING: AccessRule = { until: 'grace_end', reason: 'changing_tier' };

/** Whatever the status: what is paid back is open no longer. What goes on opens again with its next payment. */
export const REFUNDED = { until: 'refunded_at', reason: 'refunded' } as const;

/**
 * One rule for subscriptions that go on, one for those that were cancelled at the end of their cycle. An active one has
 * the grace too: that the news of a renewal comes late must shut nobody out.
 */
const RULES: Readonly<Record<MandateStatus, { readonly renewing: AccessRule; readonly ending: AccessRule }>> = {
  created: { renewing: NOT_PAID, ending: NOT_PAID },
  authenticated: { renewing: NOT_PAID, ending: NOT_PAID },
  active: { renewing: { until: 'grace_end', reason: 'active' }, ending: ENDING },
  pending: { renewing: { until: 'grace_end', reason: 'payment_failed_grace' }, ending: ENDING },
  halted: { renewing: { until: 'ended_at', reason: 'halted' }, ending: { until: 'ended_at', reason: 'halted' } },
  paused: { renewing: { until: 'paid_end', reason: 'paused' }, ending: ENDING },
  cancelled: { renewing: { until: 'ended_at', reason: 'cancelled' }, ending: ENDING },
  completed: {
    renewing: { until: 'paid_end', reason: 'completed' },
    ending: { until: 'paid_end', reason: 'completed' },
  },
  expired: { renewing: { until: 'none', reason: 'expired' }, ending: { until: 'none', reason: 'expired' } },
};

/** The rules as data. Without a paid cycle there is no access, whatever a row says. */
export const ACCESS_TABLE: readonly AccessRow[] = (Object.keys(RULES) as MandateStatus[]).flatMap((status) => [
  { status, cancelled_at_cycle_end: false, changing_tier: false, ...RULES[status].renewing },
  { status, cancelled_at_cycle_end: true, changing_tier: false, ...RULES[status].ending },
  ...(RULES[status].ending === ENDING
    ? [{ status, cancelled_at_cycle_end: true, changing_tier: true, ...CHANGING }]
    : []),
]);

/** What a purchase opens, and until when, as far as is known at `now`. */
export function subscriptionAccess(
  purchase: MandatePurchase | OneTimePurchase,
  moment: AccessMoment,
): SubscriptionAccess {
  return purchase.kind === 'mandate' ? mandateAccess(purchase, moment) : oneTimeAccess(purchase, moment);
}

function mandateAccess(purchase: MandatePurchase, moment: AccessMoment): SubscriptionAccess {
  const { status, endsAtCycle, refundedAt = null } = purchase;
  const rule = RULES[status][endsAtCycle ? 'ending' : 'renewing'];
  const { until, reason } = rule === ENDING && purchase.isReplaced === true ? CHANGING : rule;
  const paidEnd = paidEndOf(purchase);
  if (paidEnd === null) return { status, access_until: null, has_access: false, reason: unpaid(status, reason) };
  const end = endOf(until, paidEnd, purchase.endedAt, moment);
  if (refundedAt !== null && end !== null && refundedAt < end) return { status, ...refunded(refundedAt, moment) };
  const hasAccess = end !== null && moment.now < end;
  const hasRunOut = until === 'grace_end' && !hasAccess;
  return { status, access_until: end, has_access: hasAccess, reason: hasRunOut ? 'not_paid' : reason };
}

function oneTimeAccess(
  { paidUntil, refundedAt, isReplaced }: OneTimePurchase,
  moment: AccessMoment,
): SubscriptionAccess {
  const { now, graceDays } = moment;
  if (paidUntil === null) return { status: 'created', access_until: null, has_access: false, reason: 'not_paid' };
  if (refundedAt !== null && refundedAt < paidUntil) return { status: 'cancelled', ...refunded(refundedAt, moment) };
  if (isReplaced === true) {
    const until = new Date(paidUntil.getTime() + graceDays * DAY_MS);
    if (now < until) return { status: 'active', access_until: until, has_access: true, reason: CHANGING.reason };
  }
  if (now < paidUntil) return { status: 'active', access_until: paidUntil, has_access: true, reason: 'active' };
  return { status: 'expired', access_until: paidUntil, has_access: false, reason: 'expired' };
}

function refunded(at: Date, { now }: AccessMoment): Omit<SubscriptionAccess, 'status'> {
  return { access_until: at, has_access: now < at, reason: REFUNDED.reason };
}

/** The gateway may already name the end of the cycle whose payment failed: that one is not paid. */
function paidEndOf({ paidCount, currentEnd, pastDueSince }: MandatePurchase): Date | null {
  if (paidCount === 0 || currentEnd === null) return null;
  return pastDueSince === null ? currentEnd : earlier(pastDueSince, currentEnd);
}

function endOf(until: AccessEnd, paidEnd: Date, endedAt: Date | null, { now, graceDays }: AccessMoment): Date | null {
  switch (until) {
    case 'none':
      return null;
    case 'paid_end':
      return paidEnd;
    case 'grace_end':
      return new Date(paidEnd.getTime() + graceDays * DAY_MS);
    case 'ended_at':
      return earlier(earlier(endedAt ?? now, now), paidEnd);
  }
}

/** Why there is no access where nothing was ever paid: what goes on may still be paid, the rest is over. */
function unpaid(status: MandateStatus, reason: AccessReason): AccessReason {
  if (status === 'cancelled') return 'cancelled';
  const goesOn = ['active', 'payment_failed_grace', 'cancelled_at_cycle_end', 'changing_tier'].includes(reason);
  return goesOn ? 'not_paid' : reason;
}

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}
