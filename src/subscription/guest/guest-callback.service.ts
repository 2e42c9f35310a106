import { Injectable } from '@nestjs/common';
import { invalid } from '../../common/domain-error';
import { CheckoutService } from '../../payment/checkout/checkout.service';
import { PayerService } from '../../payment/payment/payer.service';
import { PurchaseSettler } from '../purchase/purchase.settler';
import { GuestCheckoutRepository } from './guest-checkout.repository';

/** What a guest's checkout page hands over. */
export interface GuestCallback {
  readonly gatewayId: string;
  readonly paymentGatewayId: string;
  readonly signature: string;
  readonly tierId?: number;
}

/**
 * The word of a page that nobody is signed in on. The signature proves who has paid, and is all it proves: what follows
 * is told to the mailbox, and nothing opens here.
 */
@Injectable()
export class GuestCallbackService {
  constructor(
    private readonly checkouts: GuestCheckoutRepository,
    private readonly payments: CheckoutService,
    private readonly payers: PayerService,
    private readonly settler: PurchaseSettler,
  ) {}

  /**
   * Whether it is paid, by what the gateway confirms; undefined where it is no guest's checkout. 400 for a forgery or
   * another tier. Repeatable, also when somebody has come for it.
   */
  async confirm({ gatewayId, paymentGatewayId, signature, tierId }: GuestCallback): Promise<boolean | undefined> {
    const checkout = await this.checkouts.byCheckout(gatewayId);
    if (checkout === undefined) return undefined;
    if (tierId !== undefined && tierId !== checkout.tierId) {
      throw invalid({ tierID: ['This checkout is for another tier.'] });
    }
    const { mandateId, orderId, subscriptionId } = checkout;
    if (mandateId !== null) await this.payments.confirmMandate({ mandateId, paymentGatewayId, signature });
    else if (orderId !== null) await this.payments.confirmOrder({ orderId, paymentGatewayId, signature });
    if (subscriptionId !== null) await this.settler.settle(subscriptionId);
    return (await this.payers.captured(checkout)).length > 0;
  }
}
