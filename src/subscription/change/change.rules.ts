import type { PurchaseKind } from '../purchase/subscription.entity';
import type { MandateStatus } from '../../payment/events/mandate-changed.event';

/** By the mandate that is there, or by one that the member authorises anew. */
export const HOWS = ['update', 'new_mandate'] as const;
export type How = (typeof HOWS)[number];

export const APPLIES = ['now', 'cycle_end'] as const;
export type Applies = (typeof APPLIES)[number];

/** Minor units. */
interface Price {
  readonly amount: number;
  readonly currency: string;
}

/** The purchase that is to change. */
export interface Present extends Price {
  readonly kind: PurchaseKind;
  readonly status: MandateStatus;
  readonly endsAtCycle: boolean;
  readonly paidUntil: Date | null;
}

export interface Wanted {
  readonly present: Present;
  readonly price: Price;
  /** Where the member has said when. */
  readonly when: Applies | undefined;
  /** Whether the gateway is expected to charge another price on the mandate. */
  readonly takesPlans: boolean;
  readonly now: Date;
}

/** What a member is told before they agree. */
export interface Quote {
  readonly how: How;
  readonly applies: Applies;
  /** When the new tier begins; null: at once. */
  readonly appliesAt: Date | null;
  /** What is charged to begin with: exactly that, or, where the gateway works it out, no more than that. */
  readonly chargeNow: number;
  readonly isExact: boolean;
  /** What may be paid back, at most. */
  readonly refundNow: number;
  /** When the new price is charged first, or next; null: a month after the checkout. */
  readonly nextChargeAt: Date | null;
  /** The same for people. */
  readonly note: string;
}

/** Above it each payment by UPI has to be agreed to by its payer (rupees, in paise). */
const MOST_BY_UPI = 1_500_000;
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/**
 * How a change is made and what it costs. Nothing here is worked out in proportion: where the gateway does that, it does
 * so by itself, and the difference of the two prices is the most that it can come to. Undefined where there are no paid
 * days at whose end it could begin.
 */
export function quoteOf({ present, price, when, takesPlans, now }: Wanted): Quote | undefined {
  const isSameCurrency = present.currency === price.currency;
  const isRunning = present.kind === 'recurring' && present.status === 'active' && !present.endsAtCycle;
  const how: How = takesPlans && isRunning && isSameCurrency ? 'update' : 'new_mandate';
  const paidUntil = paidDays(present, now);
  const difference = price.amount - present.amount;
  // Who pays more has more at once, unless that would mean to pay twice for the days that are paid.
  const applies = when ?? (paidUntil === null || (how === 'update' && difference > 0) ? 'now' : 'cycle_end');
  if (applies === 'cycle_end' && paidUntil === null) return undefined;
  const rest = { how, applies, note: noteOf({ how, applies, paidUntil, difference }) + limitsOf(price) };
  if (applies === 'cycle_end') {
    return { ...rest, appliesAt: paidUntil, chargeNow: 0, isExact: true, refundNow: 0, nextChargeAt: paidUntil };
  }
  if (how === 'new_mandate') {
    return { ...rest, appliesAt: null, chargeNow: price.amount, isExact: true, refundNow: 0, nextChargeAt: null };
  }
  const [chargeNow, refundNow] = [Math.max(difference, 0), Math.max(-difference, 0)];
  return { ...rest, appliesAt: null, chargeNow, isExact: difference === 0, refundNow, nextChargeAt: paidUntil };
}

/** The end of the days that are paid and still to come; null where there are none. */
function paidDays({ status, paidUntil }: Present, now: Date): Date | null {
  if (status === 'pending' || status === 'halted') return null;
  return paidUntil !== null && paidUntil > now ? paidUntil : null;
}

interface Noted extends Pick<Quote, 'how' | 'applies'> {
  readonly paidUntil: Date | null;
  readonly difference: number;
}

function noteOf({ how, applies, paidUntil, difference }: Noted): string {
  const day = paidUntil === null ? '' : DAY.format(paidUntil);
  const anew = 'It has to be authorised anew at the checkout.';
  if (how === 'new_mandate' && applies === 'cycle_end') {
    return (
      `${anew} Razorpay takes a token amount for that, and returns it. The new price is charged from ${day} on; until ` +
      'then you keep what you have, and the old authorisation ends only when the new one is there.'
    );
  }
  if (how === 'new_mandate') {
    const lost = paidUntil === null ? '' : ` The days that are paid until ${day} are not paid back.`;
    return `${anew} A whole month is charged there, and begins then.${lost}`;
  }
  if (applies === 'cycle_end') return `Nothing is charged now. The new price is charged from ${day} on.`;
  if (difference > 0) {
    return (
      'Razorpay charges the difference for the rest of the month at once. It works out how much: never more than the ' +
      'difference of the two prices. If that fails, nothing changes.'
    );
  }
  if (difference === 0) return 'Nothing is charged now: the price stays the same.';
  return (
    'Razorpay pays back the difference for the rest of the month. It works out how much: never more than the ' +
    'difference of the two prices.'
  );
}

function limitsOf({ amount, currency }: Price): string {
  if (currency !== 'INR' || amount <= MOST_BY_UPI) return '';
  return ' By UPI, payments of more than 15,000 rupees have to be approved every month.';
}
