import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/domain-error';
import { OnFact } from '../../infra/outbox/on-fact';
import { MandateChanged, type MandateChangedPayload } from '../../payment/events/mandate-changed.event';
import { PaymentCaptured } from '../../payment/events/payment-captured.event';
import type { PaymentPayload } from '../../payment/events/payment.event';
import { RefundProcessed, type RefundProcessedPayload } from '../../payment/events/refund-processed.event';
import { RefundService } from '../../payment/refund/refund.service';
import { PurchaseSettler } from './purchase.settler';
import type { SubscriptionRow } from './subscription.repository';

type About = Pick<PaymentPayload, 'purpose' | 'reference'>;

/** What payments tell of purchases. */
@Injectable()
export class PurchaseListener {
  constructor(
    private readonly settler: PurchaseSettler,
    private readonly refunds: RefundService,
  ) {}

  @OnFact(PaymentCaptured.topic, 'subscription.payment-captured')
  async capture(payment: PaymentPayload): Promise<void> {
    const purchase = await this.settle(payment);
    if (purchase !== undefined && wasOver(purchase, new Date(payment.at))) await this.payBack(payment);
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

  /** Nobody is charged for what they have ended. */
  private async payBack({ payment_id }: PaymentPayload): Promise<void> {
    const key = `after-end-${payment_id}`;
    try {
      const refund = await this.refunds.request(payment_id, {
        reason: 'Charged after the subscription had ended.',
        key,
      });
      await this.refunds.carryOut(refund);
    } catch (error) {
      // Somebody has paid it back in the meantime.
      if (!(error instanceof DomainError) || error.code !== 'nothing_to_refund') throw error;
    }
  }
}

/** The gateway's clock has seconds. */
function wasOver({ endedAt }: SubscriptionRow, paidAt: Date): boolean {
  return endedAt !== null && Math.ceil(paidAt.getTime() / 1000) >= Math.floor(endedAt.getTime() / 1000);
}
