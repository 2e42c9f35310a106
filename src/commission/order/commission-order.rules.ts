import { type CommissionStatus, isBuyersMoney, type Step } from './commission-order.state';

/**
 * `unpaid`: nothing is held. `authorized`: the buyer's bank holds it for us. `released`: we let go of it, and the bank
 * gives it back within days. `captured`: it is the creator's. `refunded`: it has gone back.
 */
export const MONEY_STANDINGS = ['unpaid', 'authorized', 'captured', 'released', 'refunded'] as const;
export type MoneyStanding = (typeof MONEY_STANDINGS)[number];

/** What the gateway has told of an order's money. */
export interface Money {
  /** When the payment was made that is held now. */
  readonly heldAt: Date | null;
  readonly paidAt: Date | null;
  readonly refundedAt: Date | null;
}

export interface Life {
  readonly status: CommissionStatus;
  readonly payment: MoneyStanding;
  readonly heldAt: Date | null;
  /** When its creator said yes; the money is still to be taken. */
  readonly acceptingAt: Date | null;
  readonly warnedAt: Date | null;
  /** For what is unpaid: until when it may be paid. */
  readonly dueAt: Date | null;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long a slot is kept for somebody at the checkout, and for somebody who has waited for it. */
export const CHECKOUT_MS = 30 * MINUTE_MS;
export const ADMISSION_MS = DAY_MS;
/** Razorpay gives back after three days what nobody captured; we answer before it does. */
export const HOLD_MS = 70 * HOUR_MS;
export const WARNING_MS = 48 * HOUR_MS;
/** A buyer who says nothing to the work has taken it. */
export const SILENCE_MS = 14 * DAY_MS;
/** Between two looks at what is paid back. */
export const OWED_MS = DAY_MS;
/** Longer than it takes to ask the gateway. */
export const ACCEPTING_MS = 2 * MINUTE_MS;

/** How its money stands for an order of this status. What was let go of may still be held for some days. */
export function standingOf(status: CommissionStatus, before: MoneyStanding, money: Money): MoneyStanding {
  if (money.refundedAt !== null) return 'refunded';
  if (money.paidAt !== null) return 'captured';
  if (money.heldAt !== null) return letGo(status, 'authorized');
  return before === 'unpaid' ? 'unpaid' : 'released';
}

/** What was held for an order that came to nothing is let go of with it. */
export function letGo(status: CommissionStatus, payment: MoneyStanding): MoneyStanding {
  return payment === 'authorized' && isBuyersMoney(status) ? 'released' : payment;
}

/** What the house has to do, as the money stands and time goes by; undefined = nothing. */
export function houseStep(life: Life, now: Date): Step | undefined {
  switch (life.status) {
    case 'ordered':
      return stepOfOrdered(life, now);
    case 'accepted':
    case 'in_revision':
      return life.payment === 'refunded' ? 'refund' : undefined;
    case 'delivered':
      if (life.payment === 'refunded') return 'refund';
      return isPast(life.dueAt, now) ? 'abandon' : undefined;
    case 'waitlisted':
    case 'declined':
    case 'closed':
    case 'cancelled':
    case 'refunded':
    case 'expired':
      return undefined;
  }
}

function stepOfOrdered({ payment, heldAt, acceptingAt, dueAt }: Life, now: Date): Step | undefined {
  switch (payment) {
    case 'unpaid':
      return isPast(dueAt, now) ? 'expire' : undefined;
    case 'captured':
      if (acceptingAt !== null) return 'accept';
      return isPast(after(heldAt, HOLD_MS), now) ? 'expire' : undefined;
    case 'authorized':
      return isPast(after(heldAt, HOLD_MS), now) ? 'expire' : undefined;
    case 'released':
    case 'refunded':
      return 'expire';
  }
}

/** Whether its creator is to be told that the money won't be there for long. */
export function isToBeWarned({ status, payment, heldAt, acceptingAt, warnedAt }: Life, now: Date): boolean {
  if (status !== 'ordered' || payment !== 'authorized' || acceptingAt !== null || warnedAt !== null) return false;
  return isPast(after(heldAt, WARNING_MS), now) && !isPast(after(heldAt, HOLD_MS), now);
}

/** When the house has to look at an order again that came to be so just now; null = never. */
export function dueAt(before: Pick<Life, 'status'>, life: Life, now: Date): Date | null {
  switch (life.status) {
    case 'ordered':
      if (life.payment === 'unpaid' || life.acceptingAt !== null) return life.dueAt;
      return after(life.heldAt ?? now, life.payment === 'authorized' && life.warnedAt === null ? WARNING_MS : HOLD_MS);
    case 'delivered':
      return before.status === 'delivered' ? life.dueAt : after(now, SILENCE_MS);
    case 'declined':
    case 'cancelled':
    case 'refunded':
    case 'expired':
      // Refunds fail at the bank: what is owed is looked at until it has gone back.
      return life.payment === 'captured' ? after(now, OWED_MS) : null;
    case 'waitlisted':
    case 'accepted':
    case 'in_revision':
    case 'closed':
      return null;
  }
}

/** Whether what a buyer is owed has not gone back though it should have by now. */
export function isOwedStill({ status, payment, dueAt: due }: Life, now: Date): boolean {
  return isBuyersMoney(status) && payment === 'captured' && isPast(due, now);
}

/** Whether somebody has paid, or let money be held, for what came to nothing. It stays so. */
export function isPaidForNothing({ status, payment }: Pick<Life, 'status' | 'payment'>): boolean {
  return isBuyersMoney(status) && payment !== 'unpaid';
}

/** When it ends by itself, as its people are told; null = it does not. */
export function endsAt({ status, payment, heldAt, dueAt: due }: Life): Date | null {
  if (status === 'delivered') return due;
  if (status !== 'ordered') return null;
  return payment === 'unpaid' ? due : after(heldAt, HOLD_MS);
}

/** Whether somebody is at taking the money this moment. */
export function isBeingAccepted({ acceptingAt, dueAt: due }: Pick<Life, 'acceptingAt' | 'dueAt'>, now: Date): boolean {
  return acceptingAt !== null && due !== null && due > now;
}

/** Whether somebody asks for it whom its creator need not answer yet: of those a buyer has one of an offer. */
export function isOpen({ status, payment }: Pick<Life, 'status' | 'payment'>): boolean {
  return status === 'waitlisted' || (status === 'ordered' && payment === 'unpaid');
}

export function after(moment: Date, ms: number): Date;
export function after(moment: Date | null, ms: number): Date | null;
export function after(moment: Date | null, ms: number): Date | null {
  return moment && new Date(moment.getTime() + ms);
}

function isPast(moment: Date | null, now: Date): boolean {
  return moment !== null && moment <= now;
}
