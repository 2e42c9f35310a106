import type { Fact } from '../../infra/outbox/fact';
import type { PaymentPayload } from './payment.event';

/** A payer's bank holds money for an order that is captured when its seller says so, and for three days at most. */
export class PaymentAuthorized implements Fact {
  static readonly topic = 'payment-authorized';
  readonly topic = PaymentAuthorized.topic;

  constructor(readonly payload: PaymentPayload) {}
}
