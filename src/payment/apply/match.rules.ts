import type { GatewayPayment, Notes } from '../gateway/payment-gateway';
import type { MandateRow } from '../mandate/mandate.repository';
import type { OrderRow } from '../order/payment-order.repository';
import type { ParkedReason } from '../payment/payment.entity';
import type { PaymentRow } from '../payment/payment.repository';
import type { Purpose } from '../purpose';

/** What a payment pays for: an order or a mandate of ours. */
export interface Subject {
  readonly orderId: number | null;
  /** As locked. */
  readonly order: OrderRow | null;
  readonly mandateId: number | null;
  readonly purpose: Purpose;
  readonly reference: string | null;
  readonly payerId: number | null;
  readonly payeeId: number | null;
  /** Minor units. Null for a mandate: the gateway charges the plan of the day, in parts where it was changed. */
  readonly amount: number | null;
  readonly currency: string;
}

/** Whose the money is: somebody's, or nobody's and why. */
export type Owner =
  { readonly payeeId: number; readonly parked: null } | { readonly payeeId: null; readonly parked: ParkedReason };

export function subjectOfOrder(order: OrderRow): Subject {
  const { id: orderId, purpose, reference, payerId, payeeId, amount, currency } = order;
  return { orderId, order, mandateId: null, purpose, reference, payerId, payeeId, amount, currency };
}

export function subjectOfMandate(mandate: MandateRow): Subject {
  const { id: mandateId, purpose, reference, payerId, payeeId, currency } = mandate;
  return { orderId: null, order: null, mandateId, purpose, reference, payerId, payeeId, amount: null, currency };
}

/** The payer chooses whom a tip goes to, as long as the order does not say it (R5). */
export function isOpenTip(subject: Subject): boolean {
  return subject.purpose === 'tip' && subject.orderId !== null && subject.payeeId === null;
}

/** Whom the notes of a payment name: an id that need not be anybody's. */
export function notedCreator({ creatorID: noted = '' }: Notes): number | null {
  const id = /^[1-9]\d{0,15}$/.test(noted.trim()) ? Number(noted) : NaN;
  return Number.isSafeInteger(id) ? id : null;
}

export interface Match {
  readonly subject: Subject | undefined;
  readonly payment: Pick<GatewayPayment, 'amount' | 'currency'>;
  /** Whom the payer chose, where that is a creator. */
  readonly chosen: number | null;
  /** Whether another payment has paid the order. */
  readonly isPaid: boolean;
}

export function ownerOf({ subject, payment, chosen, isPaid }: Match): Owner {
  if (subject === undefined) return { payeeId: null, parked: 'unmatched' };
  if (payment.currency !== subject.currency) return { payeeId: null, parked: 'amount' };
  if (subject.amount !== null && payment.amount !== subject.amount) return { payeeId: null, parked: 'amount' };
  if (isPaid) return { payeeId: null, parked: 'duplicate' };
  const payeeId = subject.payeeId ?? (isOpenTip(subject) ? chosen : null);
  return payeeId === null ? { payeeId: null, parked: 'no_payee' } : { payeeId, parked: null };
}

/** Whether the payment is for its order or mandate: only then facts tell of it. */
export function paysFor(reason: ParkedReason | null): boolean {
  return reason === null || reason === 'no_payee';
}

/** Whether there is money to be had: it is ours, or is held for us. */
export function hasMoney({ status, capturedAt }: Pick<PaymentRow, 'status' | 'capturedAt'>): boolean {
  return capturedAt !== null || status === 'authorized';
}

/**
 * An attempt to pay has come to nothing: it failed, or the gateway gave back what nobody captured. The small payment by
 * which a mandate is authorised, which is of no invoice, is meant to go back.
 */
export function cameToNothing(payment: Pick<PaymentRow, 'status' | 'capturedAt' | 'mandateId' | 'invoiceId'>): boolean {
  const { status, capturedAt, mandateId, invoiceId } = payment;
  if (capturedAt !== null) return false;
  return status === 'failed' || (status === 'refunded' && (mandateId === null || invoiceId !== null));
}
