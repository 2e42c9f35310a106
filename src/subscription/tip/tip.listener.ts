import { Injectable } from '@nestjs/common';
import { OnFact } from '../../infra/outbox/on-fact';
import { PayeeService } from '../../payment/apply/payee.service';
import { PaymentCaptured } from '../../payment/events/payment-captured.event';
import type { PaymentPayload } from '../../payment/events/payment.event';
import { RefundProcessed, type RefundProcessedPayload } from '../../payment/events/refund-processed.event';
import { PayBack } from '../purchase/pay-back';
import type { TipRow } from './tip.repository';
import { TipSettler } from './tip.settler';

/** What payments tell of tips. */
@Injectable()
export class TipListener {
  constructor(
    private readonly settler: TipSettler,
    private readonly payees: PayeeService,
    private readonly payBack: PayBack,
  ) {}

  @OnFact(PaymentCaptured.topic, 'tip.payment-captured')
  async capture(payment: PaymentPayload): Promise<void> {
    const creatorId = (await this.settle(payment))?.creatorId ?? null;
    // The order was made before the creator left: nobody could ever be paid.
    const isGone = creatorId !== null && (await this.payees.holdCreator(creatorId)) === undefined;
    if (isGone) await this.payBack.all(payment.payment_id, 'Its creator has closed the account.');
  }

  @OnFact(RefundProcessed.topic, 'tip.refund-processed')
  async refund(refund: RefundProcessedPayload): Promise<void> {
    await this.settle(refund);
  }

  private async settle({
    purpose,
    reference,
  }: Pick<PaymentPayload, 'purpose' | 'reference'>): Promise<TipRow | undefined> {
    return purpose === 'tip' ? this.settler.settle(Number(reference)) : undefined;
  }
}
