import { Injectable } from '@nestjs/common';
import { Settings } from '../../infra/config/settings';
import { ApplyService } from '../apply/apply.service';
import { isOrderSignature, isSubscriptionSignature } from '../gateway/checkout-signature.rules';
import { PaymentGateway } from '../gateway/payment-gateway';
import { CONFIRMED_LATER, gatewayUnavailable, toldOf } from '../gateway-faults';
import { MandateService } from '../mandate/mandate.service';
import type { MandateStatus } from '../events/mandate-changed.event';
import { MandateSync } from '../mandate/mandate-sync';
import { OrderService } from '../order/order.service';
import type { PaymentStatus } from '../payment/payment.state';
import { CaptureService } from './capture.service';
import { badSignature } from './checkout.errors';

/** What a checkout page was given by the gateway. */
export interface CheckoutProof {
  readonly paymentGatewayId: string;
  /** Hexadecimal. */
  readonly signature: string;
}

/**
 * The page's word that something was paid. It is believed as far as asking the gateway, which decides. Outside of any
 * unit of work; repeatable. 400 `bad_signature` for a forgery, DomainError `unavailable` while nobody can be asked.
 */
@Injectable()
export class CheckoutService {
  constructor(
    private readonly orders: OrderService,
    private readonly mandates: MandateService,
    private readonly syncs: MandateSync,
    private readonly captures: CaptureService,
    private readonly gateway: PaymentGateway,
    private readonly applier: ApplyService,
    private readonly settings: Settings,
  ) {}

  /** Gives the payment's status: `authorized` where the money is held and captured later. */
  async confirmOrder(proof: CheckoutProof & { readonly orderId: number }): Promise<{ status: PaymentStatus }> {
    const { paymentGatewayId: paymentId, signature } = proof;
    const { gatewayId: orderId } = await this.orders.get(proof.orderId);
    const isTrue = orderId !== null && isOrderSignature(signature, { orderId, paymentId }, this.secret());
    if (!isTrue) throw badSignature();
    return this.asked(async () => {
      const payment = await this.captures.captureDue(await this.gateway.payment(paymentId));
      await this.applier.payment(payment, {});
      return { status: payment.status };
    });
  }

  async confirmMandate(proof: CheckoutProof & { readonly mandateId: number }): Promise<{ status: MandateStatus }> {
    const { paymentGatewayId: paymentId, signature, mandateId } = proof;
    const mandate = await this.mandates.get(mandateId);
    const { gatewayId: subscriptionId } = mandate;
    const isTrue =
      subscriptionId !== null && isSubscriptionSignature(signature, { subscriptionId, paymentId }, this.secret());
    if (!isTrue) throw badSignature();
    await this.asked(() => this.syncs.confirm(mandate, paymentId));
    const { status } = await this.mandates.get(mandateId);
    return { status };
  }

  private secret(): string {
    const secret = this.settings.razorpay?.keySecret;
    if (secret === undefined || secret === '')
      throw gatewayUnavailable(CONFIRMED_LATER, new Error('The key secret is empty'));
    return secret;
  }

  private async asked<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      throw toldOf(error, CONFIRMED_LATER);
    }
  }
}
