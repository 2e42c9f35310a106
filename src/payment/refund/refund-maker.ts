import { Injectable } from '@nestjs/common';
import { notFound } from '../../common/domain-error';
import { sha256Hex } from '../../infra/crypto/digest';
import { ApplyService } from '../apply/apply.service';
import { GatewayAttempts } from '../checkout/gateway-attempts';
import { type GatewayRefund, PaymentGateway } from '../gateway/payment-gateway';
import { PaymentOrderRepository } from '../order/payment-order.repository';
import { PaymentRepository, type PaymentRow } from '../payment/payment.repository';
import { RefundRepository, type RefundRow } from './refund.repository';
import { refundKeyOf, refundNotes } from './refund.rules';

/** Makes refunds at the gateway. */
@Injectable()
export class RefundMaker {
  constructor(
    private readonly refunds: RefundRepository,
    private readonly payments: PaymentRepository,
    private readonly orders: PaymentOrderRepository,
    private readonly gateway: PaymentGateway,
    private readonly attempts: GatewayAttempts,
    private readonly applier: ApplyService,
  ) {}

  /** Outside of any unit of work. Throws DomainError where it can't be made now, or is refused. */
  async make(refundId: number): Promise<void> {
    await this.attempts.once<RefundRow, GatewayRefund>(
      {
        rows: {
          byId: (id) => this.refunds.byId(id),
          lock: (id) => this.lock(id),
          change: (id, changes) => this.refunds.change(id, changes),
        },
        find: (refund) => this.find(refund),
        make: (refund) => this.ask(refund),
        keep: async (_, made) => {
          await this.applier.refund(made);
        },
      },
      refundId,
    );
  }

  /** Whoever writes a refund locks its payment first, and before that what the payment is for. */
  async lockPayment(paymentId: number): Promise<PaymentRow | undefined> {
    const payment = await this.payments.byId(paymentId);
    if (payment === undefined) return undefined;
    if (payment.orderId !== null) await this.orders.lock(payment.orderId);
    return this.payments.lock(paymentId);
  }

  /** With its payment. */
  async lock(refundId: number): Promise<RefundRow | undefined> {
    const refund = await this.refunds.byId(refundId);
    if (refund === undefined) return undefined;
    await this.lockPayment(refund.paymentId);
    return this.refunds.lock(refundId);
  }

  private async find({ id, refundKey }: RefundRow): Promise<GatewayRefund | undefined> {
    const { gatewayId } = await this.known(id);
    return (await this.gateway.refundsOf(gatewayId)).find((refund) => refundKeyOf(refund) === refundKey);
  }

  private async ask({ id, amount, refundKey }: RefundRow): Promise<GatewayRefund> {
    const { gatewayId } = await this.known(id);
    // Another payment's refund never has this key, also where a consumer began to count anew.
    const key = sha256Hex(`${refundKey} ${gatewayId}`);
    return this.gateway.refund(gatewayId, { amount, key, notes: refundNotes(refundKey ?? '') });
  }

  /** The payment of a refund. 404 where there is none. */
  async known(refundId: number): Promise<{ paymentId: number; gatewayId: string }> {
    const refund = await this.refunds.byId(refundId);
    const payment = refund && (await this.payments.byId(refund.paymentId));
    if (payment === undefined) throw notFound();
    return { paymentId: payment.id, gatewayId: payment.gatewayId };
  }
}
