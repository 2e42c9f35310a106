import { Injectable } from '@nestjs/common';
import { OnFact } from '../../infra/outbox/on-fact';
import { PayeeService } from '../../payment/apply/payee.service';
import { PaymentCaptured } from '../../payment/events/payment-captured.event';
import { isFor, type PaymentPayload } from '../../payment/events/payment.event';
import { RefundProcessed, type RefundProcessedPayload } from '../../payment/events/refund-processed.event';
import { PayBack } from '../purchase/pay-back';
import { TipSettler } from './tip.settler';

/** What payments tell of tips. */
@Injectable()
export class TipListener {
  constructor(
    private readonly settler: TipSettler,
    private readonly payees: PayeeService,
    private readonly payBack: PayBack,
  ) {}

  @OnFact(PaymentCaptured.topic, 'tip.payment-captured', isFor('tip'))
  async capture({ reference, payment_id }: PaymentPayload): Promise<void> {
    const tip = await this.settler.settle(Number(reference));
    if (tip?.status === 'lapsed') await this.payBack.all(payment_id, 'Paid after its checkout had lapsed.');
    const creatorId = tip?.creatorId ?? null;
    // The order was made before the creator left: nobody could ever be paid.
    const isGone = creatorId !== null && (await this.payees.holdCreator(creatorId)) === undefined;
    if (isGone) await this.payBack.all(payment_id, 'Its creator has closed the account.');
  }

  @OnFact(RefundProcessed.topic, 'tip.refund-processed', isFor('tip'))
  async refund({ reference }: RefundProcessedPayload): Promise<void> {
    await this.settler.settle(Number(reference));
  }
}
