import { forbidden } from '../../common/domain-error';
import { outOfOrder } from '../commission.errors';

/**
 * `waitlisted`: all slots are taken. `ordered`: it has a slot, and is to be paid, or its money is held and its creator
 * has to answer.
 */
export const COMMISSION_STATUSES = [
  'waitlisted',
  'ordered',
  'accepted',
  'declined',
  'delivered',
  'in_revision',
  'closed',
  'cancelled',
  'refunded',
  'expired',
] as const;
export type CommissionStatus = (typeof COMMISSION_STATUSES)[number];

/** `house`: what time, the gateway or a closed account bring about. */
export const ACTORS = ['creator', 'buyer', 'house'] as const;
export type Actor = (typeof ACTORS)[number];

export const STEPS = [
  'admit',
  'accept',
  'decline',
  'deliver',
  'revise',
  'close',
  'abandon',
  'cancel',
  'refund',
  'expire',
] as const;
export type Step = (typeof STEPS)[number];

interface Move {
  readonly from: readonly CommissionStatus[];
  readonly to: CommissionStatus;
  readonly by: readonly Actor[];
}

const UNANSWERED = ['waitlisted', 'ordered'] as const;

/**
 * Who may do what, and when. Its creator's yes is carried out by the house, once the money is there. Abandoned is what
 * was delivered, and whose buyer says no more.
 */
export const MOVES: Readonly<Record<Step, Move>> = {
  admit: { from: ['waitlisted'], to: 'ordered', by: ['house'] },
  accept: { from: ['ordered'], to: 'accepted', by: ['creator', 'house'] },
  decline: { from: UNANSWERED, to: 'declined', by: ['creator', 'house'] },
  deliver: { from: ['accepted', 'in_revision'], to: 'delivered', by: ['creator'] },
  revise: { from: ['delivered'], to: 'in_revision', by: ['buyer'] },
  close: { from: ['delivered'], to: 'closed', by: ['buyer'] },
  abandon: { from: ['delivered', 'in_revision'], to: 'closed', by: ['house'] },
  cancel: { from: UNANSWERED, to: 'cancelled', by: ['buyer', 'house'] },
  refund: { from: ['accepted', 'delivered', 'in_revision'], to: 'refunded', by: ['creator', 'house'] },
  expire: { from: UNANSWERED, to: 'expired', by: ['house'] },
};

const OVER: ReadonlySet<CommissionStatus> = new Set(['declined', 'closed', 'cancelled', 'refunded', 'expired']);

/** Nothing leads out of it. */
export function isOver(status: CommissionStatus): boolean {
  return OVER.has(status);
}

export function holdsSlot(status: CommissionStatus): boolean {
  return status !== 'waitlisted' && !isOver(status);
}

/** Over, and its money, where there is any, is its buyer's. */
export function isBuyersMoney(status: CommissionStatus): boolean {
  return isOver(status) && status !== 'closed';
}

export function canStep(status: CommissionStatus, step: Step): boolean {
  return MOVES[step].from.includes(status);
}

/** The status after it. 403 where this is not the actor's to do, 409 where it is not the time. */
export function stepped(status: CommissionStatus, step: Step, actor: Actor): CommissionStatus {
  if (!MOVES[step].by.includes(actor)) throw forbidden();
  if (!canStep(status, step)) throw outOfOrder(status);
  return MOVES[step].to;
}
