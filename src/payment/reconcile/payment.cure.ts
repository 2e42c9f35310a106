import { Injectable } from '@nestjs/common';
import { ApplyService, type PaymentLink } from '../apply/apply.service';
import { CaptureService } from '../checkout/capture.service';
import { linkOf } from '../gateway/gateway-questions';
import { type GatewayPayment, PaymentGateway } from '../gateway/payment-gateway';
import { PaymentOrderRepository } from '../order/payment-order.repository';
import { PaymentRepository } from '../payment/payment.repository';
import type { RunBook } from './run-book';

export interface Compared {
  readonly differed: boolean;
  readonly link: PaymentLink;
}

/** Brings a payment to where its webhooks would have brought it. Outside of any unit of work; throws GatewayError. */
@Injectable()
export class PaymentCure {
  constructor(
    private readonly gateway: PaymentGateway,
    private readonly applying: ApplyService,
    private readonly captures: CaptureService,
    private readonly payments: PaymentRepository,
    private readonly orders: PaymentOrderRepository,
  ) {}

  /** `link`: which mandate it is for, where the caller knows. */
  async compare(book: RunBook, payment: GatewayPayment, link?: PaymentLink): Promise<Compared> {
    for (const earlier of await this.before(payment)) await this.one(book, earlier, link);
    return this.one(book, payment, link);
  }

  private async one(book: RunBook, payment: GatewayPayment, given?: PaymentLink): Promise<Compared> {
    const link = given ?? (await this.linkOf(payment));
    // No event tells of it before its payer's bank has answered.
    if (payment.status === 'created') return { differed: false, link };
    const isDue = await this.captures.isDue(payment);
    if (isDue && book.dryRun) {
      book.note('payment_uncaptured', payment.id);
      return { differed: true, link };
    }
    const now = isDue ? await this.captures.capture(payment) : payment;
    const isTaken = isDue && now.status !== 'authorized';
    if (isDue && !isTaken) book.note('payment_uncaptured', payment.id);
    const differed = await book.cure(payment.id, async () => {
      const known = await this.payments.byGatewayId(payment.id);
      const { changed } = await this.applying.payment(now, link);
      if (!changed) return undefined;
      if (isTaken) return 'payment_uncaptured';
      return known === undefined ? 'payment_missing' : 'payment_behind';
    });
    return { differed, link };
  }

  /** Of several payments of one order the first pays for it, and a list begins with the last. */
  private async before({ id, orderId, createdAt }: GatewayPayment): Promise<GatewayPayment[]> {
    if (orderId === null || (await this.payments.byGatewayId(id)) !== undefined) return [];
    if ((await this.orders.byGatewayId(orderId)) === undefined) return [];
    return (await this.gateway.orderPayments(orderId))
      .filter((other) => other.id !== id && other.createdAt <= createdAt)
      .sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
  }

  private async linkOf(payment: GatewayPayment): Promise<PaymentLink> {
    const known = await this.payments.byGatewayId(payment.id);
    const isLinked = known !== undefined && (known.mandateId !== null || known.orderId !== null);
    return isLinked ? {} : linkOf(this.gateway, payment);
  }
}
