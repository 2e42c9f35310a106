import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { mergeOrder } from '../order/order.state';
import { PaymentOrderRepository } from '../order/payment-order.repository';
import type { PaymentRow } from '../payment/payment.repository';
import { RefundRepository, type RefundRow } from '../refund/refund.repository';
import { changesBetween, isEmpty } from './changes.rules';
import { cameToNothing, type Subject } from './match.rules';
import { PaymentBooks } from './payment.books';
import { PaymentFacts } from './payment.facts';

/** What follows when a payment comes to stand otherwise. Only in the unit of work that has locked and changed it. */
@Injectable()
export class PaymentEffects {
  constructor(
    private readonly orders: PaymentOrderRepository,
    private readonly refunds: RefundRepository,
    private readonly facts: PaymentFacts,
    private readonly books: PaymentBooks,
    private readonly clock: Clock,
  ) {}

  /** Refunds of it that went through while it was not told or booked, oldest first: they follow with it. */
  async refundsBefore(before: PaymentRow, after: Pick<PaymentRow, 'capturedAt' | 'payeeId'>): Promise<RefundRow[]> {
    if (!isFirst(before, after)) return [];
    return (await this.refunds.ofPayment(before.id)).filter(({ status }) => status === 'processed');
  }

  /**
   * `subject`: what the payment is for, as locked; undefined where it is for nothing of ours. `refunds`: those of
   * `refundsBefore`.
   */
  async follow(
    before: PaymentRow,
    after: PaymentRow,
    refunds: readonly RefundRow[],
    subject: Subject | undefined,
  ): Promise<void> {
    if (subject !== undefined) {
      await this.followOrder(before, after, subject);
      if (isFirst(before, after) && after.payeeId !== null) await this.tellCaptured(after, subject, refunds);
      if (cameToNothing(after) && !cameToNothing(before)) await this.facts.failed(after, subject);
    }
    await this.book(before, after, refunds);
  }

  /** A refund has gone through, of a payment that was captured. `total`: of all of them up to this one. */
  async followRefund(refund: RefundRow, total: number, payment: PaymentRow, subject?: Subject): Promise<void> {
    if (subject !== undefined && payment.payeeId !== null) await this.tellRefunded(refund, total, payment, subject);
    await this.books.refund(refund, payment);
  }

  private async book(before: PaymentRow, after: PaymentRow, refunds: readonly RefundRow[]): Promise<void> {
    if (after.capturedAt === null) return;
    if (before.capturedAt === null) {
      await this.books.capture(after);
      for (const refund of refunds) await this.books.refund(refund, after);
      return;
    }
    if (before.fee === null && after.fee !== null) await this.books.fee(after);
    if (before.payeeId === null && after.payeeId !== null) await this.books.assign(after, after.payeeId, refunds);
  }

  /** With what went back before its payee was known. */
  private async tellCaptured(payment: PaymentRow, subject: Subject, refunds: readonly RefundRow[]): Promise<void> {
    await this.facts.captured(payment, subject);
    let total = 0;
    for (const refund of refunds) {
      total += refund.amount;
      await this.tellRefunded(refund, total, payment, subject);
    }
  }

  private async tellRefunded(refund: RefundRow, total: number, payment: PaymentRow, subject: Subject): Promise<void> {
    if (payment.orderId !== null) await this.orders.addRefunded(payment.orderId, refund.amount, this.clock.now());
    await this.facts.refunded(refund, total, payment, subject);
  }

  /** The order as its payment shows it; the payee of a tip is bound by what paid it. */
  private async followOrder(before: PaymentRow, payment: PaymentRow, subject: Subject): Promise<void> {
    const { order } = subject;
    if (order === null || payment.status === 'created') return;
    const isPaid = payment.capturedAt !== null;
    const next = {
      ...mergeOrder(order, { status: isPaid ? 'paid' : 'attempted' }),
      payeeId: order.payeeId ?? (isPaid ? payment.payeeId : null),
    };
    if (!isEmpty(changesBetween(order, next))) await this.orders.store(next, this.clock.now());
    const isHeldNow = payment.status === 'authorized' && before.status !== 'authorized';
    if (isHeldNow && order.capture === 'manual') await this.facts.authorized(payment, subject);
  }
}

/** It is captured now, or its payee is found only now. */
function isFirst(before: PaymentRow, after: Pick<PaymentRow, 'capturedAt' | 'payeeId'>): boolean {
  if (after.capturedAt === null) return false;
  return before.capturedAt === null || (before.payeeId === null && after.payeeId !== null);
}
