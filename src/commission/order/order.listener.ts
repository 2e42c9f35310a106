import { Injectable } from '@nestjs/common';
import { OnFact } from '../../infra/outbox/on-fact';
import { PaymentAuthorized } from '../../payment/events/payment-authorized.event';
import { PaymentCaptured } from '../../payment/events/payment-captured.event';
import { PaymentFailed } from '../../payment/events/payment-failed.event';
import { isFor, type PaymentPayload } from '../../payment/events/payment.event';
import { RefundProcessed, type RefundProcessedPayload } from '../../payment/events/refund-processed.event';
import { OrderPurse } from './order.purse';
import { OrderTransitions } from './order.transitions';

/** What payments tell of commissions. */
@Injectable()
export class OrderListener {
  constructor(
    private readonly transitions: OrderTransitions,
    private readonly purse: OrderPurse,
  ) {}

  @OnFact(PaymentAuthorized.topic, 'commission.payment-authorized', isFor('commission'))
  authorize(payment: PaymentPayload): Promise<void> {
    return this.settle(payment);
  }

  @OnFact(PaymentCaptured.topic, 'commission.payment-captured', isFor('commission'))
  async capture(payment: PaymentPayload): Promise<void> {
    const order = await this.transitions.settle(Number(payment.reference));
    if (order === undefined || order.paymentOrderId === payment.order_id) return;
    await this.purse.returnStray(order.id, payment.payment_id);
  }

  /** Also told of what the bank gave back, since nobody had captured it. */
  @OnFact(PaymentFailed.topic, 'commission.payment-failed', isFor('commission'))
  fail(payment: PaymentPayload): Promise<void> {
    return this.settle(payment);
  }

  @OnFact(RefundProcessed.topic, 'commission.refund-processed', isFor('commission'))
  refund(refund: RefundProcessedPayload): Promise<void> {
    return this.settle(refund);
  }

  private async settle({ reference }: Pick<PaymentPayload, 'reference'>): Promise<void> {
    await this.transitions.settle(Number(reference));
  }
}
