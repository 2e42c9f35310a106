import { Injectable, Logger } from '@nestjs/common';
import { isRefused } from '../gateway-faults';
import { GatewayError } from '../gateway/gateway-error';
import { type GatewayPayment, PaymentGateway } from '../gateway/payment-gateway';
import { PaymentOrderRepository } from '../order/payment-order.repository';

/** Takes what a payer's bank has authorised: what nobody takes goes back after some days. */
@Injectable()
export class CaptureService {
  private readonly logger = new Logger(CaptureService.name);

  constructor(
    private readonly orders: PaymentOrderRepository,
    private readonly gateway: PaymentGateway,
  ) {}

  /**
   * The payment as it stands after it was captured, where that is due: it is authorised, for an order of ours that is
   * captured by itself, of its whole amount, and nothing else has paid it. Otherwise, and where the gateway refuses, the
   * payment as given. Outside of any unit of work; repeatable. Throws GatewayError where it can't be done at the moment.
   */
  async capture(payment: GatewayPayment): Promise<GatewayPayment> {
    if (!(await this.isDue(payment))) return payment;
    try {
      return await this.gateway.capture(payment.id, { amount: payment.amount, currency: payment.currency });
    } catch (error) {
      if (!isRefused(error)) throw error;
      this.logger.warn(`Payment ${payment.id} is not captured: ${String(error)}`);
      return payment;
    }
  }

  /** For whoever won't come again: what can't be captured at the moment is given as it is. */
  async captureDue(payment: GatewayPayment): Promise<GatewayPayment> {
    try {
      return await this.capture(payment);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      this.logger.warn(`Payment ${payment.id} is not captured yet: ${error.message}`);
      return payment;
    }
  }

  /** Whether `capture` would take it. */
  async isDue({ status, orderId, amount, currency }: GatewayPayment): Promise<boolean> {
    if (status !== 'authorized' || orderId === null) return false;
    const order = await this.orders.byGatewayId(orderId);
    if (order === undefined || order.capture !== 'automatic' || order.status === 'paid') return false;
    return order.amount === amount && order.currency === currency;
  }
}
