import { Injectable } from '@nestjs/common';
import { EmailVerified, type EmailVerifiedPayload } from '../../auth/events/email-verified.event';
import { OnFact } from '../../infra/outbox/on-fact';
import { PaymentCaptured } from '../../payment/events/payment-captured.event';
import type { PaymentPayload } from '../../payment/events/payment.event';
import { MandateService } from '../../payment/mandate/mandate.service';
import { PayerService } from '../../payment/payment/payer.service';
import { PayBack } from '../purchase/pay-back';
import { GuestCaptureService } from './guest-capture.service';
import { GuestCheckoutRepository } from './guest-checkout.repository';
import { GuestClaimService } from './guest-claim.service';
import {
  GuestLinkRequested,
  type GuestLinkRequestedPayload,
  GuestPurchaseReturned,
  type GuestPurchaseReturnedPayload,
} from './guest-facts';
import { GuestMailer } from './guest-mailer';

/** What is told of guests' purchases. */
@Injectable()
export class GuestListener {
  constructor(
    private readonly captures: GuestCaptureService,
    private readonly claims: GuestClaimService,
    private readonly mailer: GuestMailer,
    private readonly checkouts: GuestCheckoutRepository,
    private readonly payers: PayerService,
    private readonly payBack: PayBack,
    private readonly mandates: MandateService,
  ) {}

  @OnFact(PaymentCaptured.topic, 'guest.payment-captured')
  async capture(payment: PaymentPayload): Promise<void> {
    await this.captures.captured(payment);
  }

  @OnFact(EmailVerified.topic, 'guest.email-verified')
  async claim({ account_id, email }: EmailVerifiedPayload): Promise<void> {
    await this.claims.claimAll(account_id, email);
  }

  @OnFact(GuestLinkRequested.topic, 'guest.link-requested')
  async sendAgain({ email }: GuestLinkRequestedPayload): Promise<void> {
    await this.mailer.again(email);
  }

  @OnFact(GuestPurchaseReturned.topic, 'guest.purchase-returned')
  async giveBack({ checkout_id }: GuestPurchaseReturnedPayload): Promise<void> {
    const checkout = await this.checkouts.byId(checkout_id);
    if (checkout === undefined) return;
    for (const payment of await this.payers.captured(checkout)) {
      await this.payBack.all(payment, 'Bought as a guest, and ended before it opened anything.');
    }
    if (checkout.mandateId !== null) await this.mandates.carryOut(checkout.mandateId);
  }
}
