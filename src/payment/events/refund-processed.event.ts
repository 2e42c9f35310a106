import type { Fact } from '../../infra/outbox/fact';
import type { Purpose } from '../purpose';

/** Ids are ours, amounts in minor units. */
export type RefundProcessedPayload = {
  refund_id: number;
  payment_id: number;
  order_id: number | null;
  mandate_id: number | null;
  purpose: Purpose;
  /** The consumer's own id of what was paid for. */
  reference: string | null;
  payee_id: number | null;
  /** Of this refund. */
  amount: number;
  currency: string;
  /** Of all refunds of the payment that went through up to now. */
  refunded_amount: number;
  payment_amount: number;
};

/** Money of a captured payment has gone back to its payer. */
export class RefundProcessed implements Fact {
  static readonly topic = 'refund-processed';
  readonly topic = RefundProcessed.topic;

  constructor(readonly payload: RefundProcessedPayload) {}
}
