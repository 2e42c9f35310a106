import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import type { GatewayRefund } from '../gateway/payment-gateway';
import { paymentUnknown } from '../payment.errors';
import { type PaymentRow, PaymentRepository } from '../payment/payment.repository';
import { RefundRepository, type RefundRow } from '../refund/refund.repository';
import { refundedBy, refundKeyOf, totalOf } from '../refund/refund.rules';
import { mergeRefund } from '../refund/refund.state';
import type { Applied } from './applied';
import { changesBetween, isEmpty } from './changes.rules';
import { PaymentEffects } from './payment.effects';
import { SubjectFinder } from './subject.finder';

/** Refunds as the gateway tells them, whoever made them. Only inside a unit of work. */
@Injectable()
export class RefundApplier {
  constructor(
    private readonly subjects: SubjectFinder,
    private readonly payments: PaymentRepository,
    private readonly refunds: RefundRepository,
    private readonly effects: PaymentEffects,
    private readonly clock: Clock,
  ) {}

  /** Throws `payment_unknown` where its payment was not applied before. */
  async apply(told: GatewayRefund): Promise<Applied> {
    const found = await this.payments.byGatewayId(told.paymentId);
    if (found === undefined) throw paymentUnknown();
    const subject = await this.subjects.known(found);
    const payment = await this.payments.lock(found.id);
    if (payment === undefined) throw paymentUnknown();
    const refunds = await this.refunds.ofPayment(payment.id);
    const before = sameAs(told, refunds);
    const after = await this.store(before, told, payment.id);
    if (after === before) return { changed: false, paymentId: payment.id };
    if (after.status === 'processed' && before?.status !== 'processed' && payment.capturedAt !== null) {
      const total = after.amount + totalOf(refunds.filter(({ status }) => status === 'processed'));
      const refunded = await this.count(payment, total);
      await this.effects.followRefund(after, total, refunded, payment.purpose === null ? undefined : subject);
    }
    return { changed: true, paymentId: payment.id };
  }

  /** The refund as it is known now; `before` itself where that is nothing new. */
  private async store(before: RefundRow | undefined, told: GatewayRefund, paymentId: number): Promise<RefundRow> {
    const now = this.clock.now();
    if (before === undefined) {
      const { id: gatewayId, amount, currency, status, createdAt } = told;
      const origin = { refundKey: null, reason: null };
      const added = { gatewayId, paymentId, amount, currency, status, ...origin, createdAt, updatedAt: now };
      return { ...added, id: await this.refunds.add(added) };
    }
    const after = { ...mergeRefund(before, told), gatewayId: told.id };
    const changes = changesBetween(before, after);
    if (isEmpty(changes)) return before;
    await this.refunds.change(before.id, { ...changes, updatedAt: now });
    return after;
  }

  /** The payment with what has gone back of it. */
  private async count(payment: PaymentRow, total: number): Promise<PaymentRow> {
    const refunded = refundedBy(payment, total);
    if (isEmpty(changesBetween(payment, refunded))) return payment;
    await this.payments.store(refunded, this.clock.now());
    return refunded;
  }
}

/** By the gateway's id, else by our key where the gateway's id is not known yet. */
function sameAs(told: GatewayRefund, refunds: readonly RefundRow[]): RefundRow | undefined {
  const key = refundKeyOf(told);
  return (
    refunds.find(({ gatewayId }) => gatewayId === told.id) ??
    refunds.find(({ gatewayId, refundKey }) => gatewayId === null && refundKey !== null && refundKey === key)
  );
}
