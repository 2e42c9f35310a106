import { Injectable } from '@nestjs/common';
import { OnFact } from '../../infra/outbox/on-fact';
import { PaymentCaptured } from '../../payment/events/payment-captured.event';
import type { PaymentPayload } from '../../payment/events/payment.event';
import { RefundProcessed, type RefundProcessedPayload } from '../../payment/events/refund-processed.event';
import { TipSettler } from './tip.settler';

/** What payments tell of tips. */
@Injectable()
export class TipListener {
  constructor(private readonly settler: TipSettler) {}

  @OnFact(PaymentCaptured.topic, 'tip.payment-captured')
  capture(payment: PaymentPayload): Promise<void> {
    return this.settle(payment);
  }

  @OnFact(RefundProcessed.topic, 'tip.refund-processed')
  refund(refund: RefundProcessedPayload): Promise<void> {
    return this.settle(refund);
  }

  private async settle({ purpose, reference }: Pick<PaymentPayload, 'purpose' | 'reference'>): Promise<void> {
    if (purpose === 'tip') await this.settler.settle(Number(reference));
  }
}
