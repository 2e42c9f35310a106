import { Injectable } from '@nestjs/common';
import { unlessRefused } from '../gateway/gateway-questions';
import { type GatewayPayment, PaymentGateway } from '../gateway/payment-gateway';
import { MandateRepository } from '../mandate/mandate.repository';
import { PaymentOrderRepository } from '../order/payment-order.repository';

const MOST = 20;

/**
 * The small payment by which a mandate is authorised whose first charge is to come: it goes back at once, and names neither
 * an invoice nor the mandate. Both have the same customer. Outside of any unit of work; throws GatewayError.
 */
@Injectable()
export class TokenFinder {
  constructor(
    private readonly mandates: MandateRepository,
    private readonly orders: PaymentOrderRepository,
    private readonly gateway: PaymentGateway,
  ) {}

  /** The gateway's id of the mandate; undefined where it is none of ours. */
  async mandateOf({ customerId, invoiceId, captured, orderId }: GatewayPayment): Promise<string | undefined> {
    if (customerId === null || invoiceId !== null || captured) return undefined;
    if (orderId !== null && (await this.orders.byGatewayId(orderId)) !== undefined) return undefined;
    for (const gatewayId of await this.mandates.awaited(MOST)) {
      const mandate = await unlessRefused(() => this.gateway.subscription(gatewayId));
      if (mandate?.customerId === customerId) return gatewayId;
    }
    return undefined;
  }
}
