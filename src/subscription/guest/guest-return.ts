import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { MailService } from '../../infra/mail/mail.service';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { MandateService } from '../../payment/mandate/mandate.service';
import { PurchaseSettler } from '../purchase/purchase.settler';
import type { SubscriptionRow } from '../purchase/subscription.repository';
import { GuestCheckoutRepository, type GuestCheckoutRow } from './guest-checkout.repository';
import { GuestPurchaseReturned } from './guest-facts';
import { guestReturnedMail, type ReturnReason } from './guest.mails';

/** What its owner will not come for is ended and paid back: all of it, since it never opened anything. */
@Injectable()
export class GuestReturn {
  constructor(
    private readonly checkouts: GuestCheckoutRepository,
    private readonly settler: PurchaseSettler,
    private readonly mandates: MandateService,
    private readonly mails: MailService,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  /** Inside a unit of work that holds the tier, the purchase and the checkout. */
  async give(checkout: GuestCheckoutRow, purchase: SubscriptionRow, why: ReturnReason): Promise<void> {
    const now = this.clock.now();
    if (purchase.mandateId !== null) await this.mandates.wantCancel(purchase.mandateId, { atCycleEnd: false });
    await this.settler.bring({
      ...purchase,
      status: 'cancelled',
      reason: 'cancelled',
      endedAt: now,
      accessUntil: null,
    });
    const forgotten = { email: null, emailKey: null, phone: null, slot: null };
    const paidAt = checkout.paidAt ?? now;
    await this.checkouts.change(checkout.id, { ...forgotten, paidAt, returnedAt: now, updatedAt: now });
    await this.outbox.publish(new GuestPurchaseReturned({ checkout_id: checkout.id }));
    if (checkout.email !== null) await this.mails.send(guestReturnedMail(checkout.email, why));
  }
}
