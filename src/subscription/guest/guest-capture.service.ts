import { Injectable } from '@nestjs/common';
import { AccountService } from '../../auth/account/account.service';
import type { PaymentPayload } from '../../payment/events/payment.event';
import { GuestClaimService } from './guest-claim.service';
import { GuestCheckoutRepository, type GuestCheckoutRow } from './guest-checkout.repository';
import { GuestMailer } from './guest-mailer';
import { GuestPaid } from './guest-paid';

/** What follows when a guest has paid. Repeatable. */
@Injectable()
export class GuestCaptureService {
  constructor(
    private readonly checkouts: GuestCheckoutRepository,
    private readonly paid: GuestPaid,
    private readonly accounts: AccountService,
    private readonly claims: GuestClaimService,
    private readonly mailer: GuestMailer,
  ) {}

  async captured({ order_id, mandate_id, payment_id }: PaymentPayload): Promise<void> {
    const found = await this.checkouts.paidBy(order_id, mandate_id);
    if (found === undefined) return;
    const checkout = await this.paid.book(found.id);
    if (checkout === undefined) return;
    // After the commit: who proves the mailbox at this moment sees what waits, or is seen here.
    await this.claimProven(checkout);
    await this.mailer.paid(checkout.id, payment_id);
  }

  /**
   * Whoever proves the mailbox while the payment is under way has it all the same, whichever comes first. Accounts that
   * were there before are not given it: the seller would see who is behind the address.
   */
  private async claimProven({ email, createdAt }: GuestCheckoutRow): Promise<void> {
    const summary = email === null ? undefined : await this.accounts.findByEmail(email);
    const account = summary && (await this.accounts.findById(summary.id));
    const provenAt = account?.emailVerifiedAt ?? null;
    if (account === undefined || provenAt === null || provenAt < createdAt) return;
    await this.claims.claimAll(account.id, account.email);
  }
}
