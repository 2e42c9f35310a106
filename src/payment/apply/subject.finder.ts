import { Injectable } from '@nestjs/common';
import type { GatewayPayment } from '../gateway/payment-gateway';
import { MandateRepository } from '../mandate/mandate.repository';
import { PaymentOrderRepository } from '../order/payment-order.repository';
import type { PaymentRow } from '../payment/payment.repository';
import type { PaymentLink } from './applied';
import { type Subject, subjectOfMandate, subjectOfOrder } from './match.rules';

/**
 * What payments pay for. An order is locked until the transaction ends, and so always before its payments; so is a
 * mandate to which a payment may be linked, since linking it waits for whoever changes the mandate.
 */
@Injectable()
export class SubjectFinder {
  constructor(
    private readonly orders: PaymentOrderRepository,
    private readonly mandates: MandateRepository,
  ) {}

  /** By what the gateway says. */
  async named({ orderId }: Pick<GatewayPayment, 'orderId'>, link: PaymentLink): Promise<Subject | undefined> {
    const mandateGatewayId = link.mandateGatewayId ?? link.invoice?.subscriptionId ?? undefined;
    const mandate = mandateGatewayId === undefined ? undefined : await this.mandates.lockByGatewayId(mandateGatewayId);
    if (mandate !== undefined) return subjectOfMandate(mandate);
    const order = orderId === null ? undefined : await this.orders.lockByGatewayId(orderId);
    return order && subjectOfOrder(order);
  }

  /** By what we know. */
  async known({ orderId, mandateId }: Pick<PaymentRow, 'orderId' | 'mandateId'>): Promise<Subject | undefined> {
    const mandate = mandateId === null ? undefined : await this.mandates.byId(mandateId);
    if (mandate !== undefined) return subjectOfMandate(mandate);
    const order = orderId === null ? undefined : await this.orders.lock(orderId);
    return order && subjectOfOrder(order);
  }
}
