import { Injectable } from '@nestjs/common';
import { OnFact } from '../../infra/outbox/on-fact';
import { MandateChanged, type MandateChangedPayload } from '../../payment/events/mandate-changed.event';
import { PaymentCaptured } from '../../payment/events/payment-captured.event';
import { isFor, type PaymentPayload } from '../../payment/events/payment.event';
import { RefundProcessed, type RefundProcessedPayload } from '../../payment/events/refund-processed.event';
import { PayBack } from './pay-back';
import { PurchaseSettler } from './purchase.settler';
import type { SubscriptionRow } from './subscription.repository';

/** What payments tell of purchases. */
@Injectable()
export class PurchaseListener {
  constructor(
    private readonly settler: PurchaseSettler,
    private readonly payBack: PayBack,
  ) {}

  @OnFact(PaymentCaptured.topic, 'subscription.payment-captured', isFor('tier'))
  async capture({ reference, payment_id, at }: PaymentPayload): Promise<void> {
    const purchase = await this.settler.settle(Number(reference));
    if (purchase === undefined) return;
    // Nobody is charged for what they have ended, nor for what made room before its payment was heard of.
    if (!wasOver(purchase, new Date(at)) && !neverOpened(purchase)) return;
    await this.payBack.all(payment_id, 'Charged after the subscription had ended.');
  }

  @OnFact(MandateChanged.topic, 'subscription.mandate-changed', isFor('tier'))
  async change({ reference }: MandateChangedPayload): Promise<void> {
    await this.settler.settle(Number(reference));
  }

  @OnFact(RefundProcessed.topic, 'subscription.refund-processed', isFor('tier'))
  async refund({ reference }: RefundProcessedPayload): Promise<void> {
    await this.settler.settle(Number(reference));
  }
}

/** It was retired while nothing was known to be paid on it. */
function neverOpened({ status, endedAt, paidUntil }: SubscriptionRow): boolean {
  return status === 'expired' && endedAt !== null && paidUntil === null;
}

/** The gateway's clock has seconds. */
function wasOver({ endedAt }: SubscriptionRow, paidAt: Date): boolean {
  return endedAt !== null && Math.ceil(paidAt.getTime() / 1000) >= Math.floor(endedAt.getTime() / 1000);
}
