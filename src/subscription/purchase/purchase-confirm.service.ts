import { Injectable } from '@nestjs/common';
import { invalid, notAuthenticated } from '../../common/domain-error';
import { CheckoutService } from '../../payment/checkout/checkout.service';
import { GuestCallbackService } from '../guest/guest-callback.service';
import { PurchaseSettler } from './purchase.settler';
import { SubscriptionRepository } from './subscription.repository';

/** What a checkout page hands over when its payer is done. */
export interface Callback {
  /** The gateway's id of the subscription, or of the order. */
  readonly gatewayId: string;
  readonly paymentGatewayId: string;
  readonly signature: string;
  /** A hint: it has to be the tier of the checkout. */
  readonly tierId?: number;
}

/** The page's word that something was paid: checked, then asked for at the gateway. */
@Injectable()
export class PurchaseConfirmService {
  constructor(
    private readonly subscriptions: SubscriptionRepository,
    private readonly settler: PurchaseSettler,
    private readonly checkouts: CheckoutService,
    private readonly guests: GuestCallbackService,
  ) {}

  /**
   * Whether the purchase opens anything, or a guest's is paid, by what the gateway confirms. 400 for a forged signature,
   * somebody else's checkout, or another tier; 401 for a stranger with no guest's checkout. Repeatable.
   */
  async confirm(accountId: number | undefined, callback: Callback): Promise<boolean> {
    const { gatewayId, paymentGatewayId, signature, tierId } = callback;
    const row = accountId === undefined ? undefined : await this.subscriptions.byCheckout(gatewayId, accountId);
    if (row === undefined) return this.confirmGuest(accountId, callback);
    if (tierId !== undefined && tierId !== row.tierId)
      throw invalid({ tierID: ['This checkout is for another tier.'] });
    const { mandateId, orderId } = row;
    if (mandateId !== null) await this.checkouts.confirmMandate({ mandateId, paymentGatewayId, signature });
    else if (orderId !== null) await this.checkouts.confirmOrder({ orderId, paymentGatewayId, signature });
    return ((await this.settler.settle(row.id)) ?? row).accessUntil !== null;
  }

  /** Also of somebody who is signed in, and bought as a guest all the same. */
  private async confirmGuest(accountId: number | undefined, callback: Callback): Promise<boolean> {
    const isPaid = await this.guests.confirm(callback);
    if (isPaid !== undefined) return isPaid;
    if (accountId === undefined) throw notAuthenticated();
    throw invalid({ razorpay_subscription_id: ['This is no checkout of yours.'] });
  }
}
