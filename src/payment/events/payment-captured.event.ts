import type { Fact } from '../../infra/outbox/fact';
import type { PaymentPayload } from './payment.event';

/** Money has come in for something of ours, and its payee is known: once for each payment. */
export class PaymentCaptured implements Fact {
  static readonly topic = 'payment-captured';
  readonly topic = PaymentCaptured.topic;

  constructor(readonly payload: PaymentPayload) {}
}
