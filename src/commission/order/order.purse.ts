import { Injectable } from '@nestjs/common';
import { PaymentService } from '../../payment/payment/payment.service';
import { RefundService } from '../../payment/refund/refund.service';
import type { Money } from './commission-order.rules';
import { isBuyersMoney } from './commission-order.state';
import type { OrderRow } from './order.repository';

export interface OrderMoney extends Money {
  /** Ours, of what was captured. */
  readonly paymentId: number | null;
}

const NONE: OrderMoney = { paymentId: null, heldAt: null, paidAt: null, refundedAt: null };

/** An order's money, as payment knows it. */
@Injectable()
export class OrderPurse {
  constructor(
    private readonly payments: PaymentService,
    private readonly refunds: RefundService,
  ) {}

  async of({ paymentOrderId }: OrderRow): Promise<OrderMoney> {
    if (paymentOrderId === null) return NONE;
    const { paymentId, paidAt, refundedAt } = await this.payments.ofOrder(paymentOrderId);
    const heldAt = paidAt === null ? await this.payments.heldSince(paymentOrderId) : null;
    return { paymentId, heldAt, paidAt, refundedAt };
  }

  /**
   * The refund of what was captured for an order that came to nothing, written down; undefined where nothing is owed.
   * What is only held goes back by itself. Inside the order's unit of work; repeatable.
   */
  async owed({ id, status }: OrderRow, { paymentId, refundedAt }: OrderMoney): Promise<number | undefined> {
    if (!isBuyersMoney(status) || paymentId === null || refundedAt !== null) return undefined;
    return this.refunds.requestRest(paymentId, { reason: `Commission ${id} is ${status}.`, key: `commission-${id}` });
  }

  /**
   * Pays back what came in at a checkout that an order has left behind for another price: it pays for nothing. Outside of
   * any unit of work; repeatable.
   */
  async returnStray(orderId: number, paymentId: number): Promise<void> {
    const reason = `Commission ${orderId} is paid elsewhere.`;
    const refund = await this.refunds.requestRest(paymentId, { reason, key: `commission-${orderId}-${paymentId}` });
    if (refund !== undefined) await this.payBack(refund);
  }

  /** Outside of any unit of work. What the gateway can't be asked for now is asked for later, by payment's own job. */
  async payBack(refundId: number): Promise<void> {
    await this.refunds.carryOut(refundId);
  }
}
