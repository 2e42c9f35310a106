import { Injectable } from '@nestjs/common';
import { OnFact } from '../../infra/outbox/on-fact';
import { MandateChanged, type MandateChangedPayload } from '../../payment/events/mandate-changed.event';
import { PaymentCaptured } from '../../payment/events/payment-captured.event';
import type { PaymentPayload } from '../../payment/events/payment.event';
import { RefundProcessed, type RefundProcessedPayload } from '../../payment/events/refund-processed.event';
import { PayBack } from './pay-back';
import { PurchaseSettler } from './purchase.settler';
import type { SubscriptionRow } from './subscription.repository';

type About = Pick<PaymentPayload, 'purpose' | 'reference'>;

/** What payments tell of purchases. */
@Injectable()
export class PurchaseListener {
  constructor(
    private readonly settler: PurchaseSettler,
    private readonly payBack: PayBack,
  ) {}

  @OnFact(PaymentCaptured.topic, 'subscription.payment-captured')
  async capture(payment: PaymentPayload): Promise<void> {
    const purchase = await this.settle(payment);
    if (purchase === undefined) return;
    // Nobody is charged for what they have ended, nor for what made room before its payment was heard of.
    if (!wasOver(purchase, new Date(payment.at)) && !neverOpened(purchase)) return;
    await this.payBack.all(payment.payment_id, 'Charged after the subscription had ended.');
  }

  @OnFact(MandateChanged.topic, 'subscription.mandate-changed')
  async change(mandate: MandateChangedPayload): Promise<void> {
    await this.settle(mandate);
  }

  @OnFact(RefundProcessed.topic, 'subscription.refund-processed')
  async refund(refund: RefundProcessedPayload): Promise<void> {
    await this.settle(refund);
  }

  private async settle({ purpose, reference }: About): Promise<SubscriptionRow | undefined> {
    return purpose === 'tier' ? this.settler.settle(Number(reference)) : undefined;
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
