import { Injectable } from '@nestjs/common';
import { OnFact } from '../../infra/outbox/on-fact';
import { MandateChanged, type MandateChangedPayload } from '../../payment/events/mandate-changed.event';
import { PaymentCaptured } from '../../payment/events/payment-captured.event';
import { isFor, type PaymentPayload } from '../../payment/events/payment.event';
import { PayBack } from '../purchase/pay-back';
import { ChangeSettler } from './change.settler';
import { SubscriptionChangeRepository } from './subscription-change.repository';

/** What payments tell of changes. */
@Injectable()
export class ChangeListener {
  constructor(
    private readonly settler: ChangeSettler,
    private readonly changes: SubscriptionChangeRepository,
    private readonly payBack: PayBack,
  ) {}

  @OnFact(MandateChanged.topic, 'subscription.change.mandate-changed', isFor('tier'))
  async change({ reference }: MandateChangedPayload): Promise<void> {
    await this.settler.settle(Number(reference));
  }

  @OnFact(PaymentCaptured.topic, 'subscription.change.payment-captured', isFor('tier'))
  async capture({ reference, payment_id, at }: PaymentPayload): Promise<void> {
    const id = Number(reference);
    await this.settler.settle(id);
    const change = await this.changes.succeeded(id);
    if (change === undefined || new Date(at) < seconds(change.appliesAt ?? change.createdAt)) return;
    await this.payBack.all(payment_id, 'Charged after another tier had taken the place of this one.');
  }
}

/** The gateway's clock has seconds. */
function seconds(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / 1000) * 1000);
}
