import type { Fact } from '../../infra/outbox/fact';
import type { PaymentPayload } from './payment.event';

/** An attempt to pay came to nothing. Another may follow, and banks that answer late may still make this one good. */
export class PaymentFailed implements Fact {
  static readonly topic = 'payment-failed';
  readonly topic = PaymentFailed.topic;

  constructor(readonly payload: PaymentPayload) {}
}
