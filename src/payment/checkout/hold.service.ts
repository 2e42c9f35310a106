import { Injectable } from '@nestjs/common';
import { ApplyService } from '../apply/apply.service';
import { isRefused, toldOf } from '../gateway-faults';
import { type GatewayPayment, PaymentGateway } from '../gateway/payment-gateway';
import { OrderService } from '../order/order.service';
import { PaymentRepository } from '../payment/payment.repository';

/** Neither side need fear: what is held stays so, or has been taken already. */
const CAPTURED_LATER = "Payments can't be reached right now. The payment is held, and is taken as soon as they can.";

/**
 * Money that a payer's bank holds for an order of capture `manual`. What nobody captures the gateway gives back by itself:
 * there is no call to let go of it. Outside of any unit of work; repeatable.
 */
@Injectable()
export class HoldService {
  constructor(
    private readonly orders: OrderService,
    private readonly payments: PaymentRepository,
    private readonly gateway: PaymentGateway,
    private readonly applier: ApplyService,
  ) {}

  /**
   * Takes what is held, where something is: the order is paid afterwards, or nothing is held any more. Each payment is
   * fetched first, so that a capture whose answer was lost is found. 404 for an unknown order; DomainError `unavailable`
   * while the gateway can't be reached, `unprocessable` where it refuses to capture what it says it holds.
   */
  async capture(orderId: number): Promise<void> {
    const { amount, currency } = await this.orders.get(orderId);
    const held = (await this.payments.ofOrder(orderId)).find(
      ({ status, purpose }) => status === 'authorized' && purpose !== null,
    );
    if (held === undefined) return;
    try {
      const payment = await this.gateway.payment(held.gatewayId);
      const isDue = payment.status === 'authorized' && payment.amount === amount && payment.currency === currency;
      await this.applier.payment(isDue ? await this.captured(payment) : payment);
    } catch (error) {
      throw toldOf(error, CAPTURED_LATER);
    }
  }

  /** Applies what the gateway knows of the order's payments, told by a webhook or not. Errors as `capture`. */
  async refresh(orderId: number): Promise<void> {
    const { gatewayId } = await this.orders.get(orderId);
    if (gatewayId === null) return;
    try {
      for (const payment of await this.gateway.orderPayments(gatewayId)) await this.applier.payment(payment);
    } catch (error) {
      throw toldOf(error, CAPTURED_LATER);
    }
  }

  /** The payment after the capture; refused, it may have gone back meanwhile. */
  private async captured(payment: GatewayPayment): Promise<GatewayPayment> {
    try {
      return await this.gateway.capture(payment.id, { amount: payment.amount, currency: payment.currency });
    } catch (error) {
      const now = isRefused(error) ? await this.gateway.payment(payment.id) : payment;
      if (now.status === 'authorized') throw error;
      return now;
    }
  }
}
