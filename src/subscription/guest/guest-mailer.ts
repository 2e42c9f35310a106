import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { emailKey } from '../../common/normalise';
import { Settings } from '../../infra/config/settings';
import { randomToken, sha256Hex } from '../../infra/crypto/digest';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { MailService } from '../../infra/mail/mail.service';
import { maySendAgain, MOST_MAILS_PER_DAY } from '../../infra/mail/resend.rules';
import { GuestCheckoutRepository, type GuestCheckoutRow } from './guest-checkout.repository';
import { GuestClaimRepository } from './guest-claim.repository';
import { guestClaimMail } from './guest.mails';
import { LINK_LIFE_MS } from './guest.rules';

/** Mails links with which mailboxes' owners come for what waits. */
@Injectable()
export class GuestMailer {
  private readonly base: string;

  constructor(
    private readonly checkouts: GuestCheckoutRepository,
    private readonly claims: GuestClaimRepository,
    private readonly mails: MailService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    settings: Settings,
  ) {
    this.base = `${settings.publicUrl.href.replace(/\/$/, '')}/subscriptions/guest/claim`;
  }

  /** Once for each payment of what waits. */
  async paid(checkoutId: number, paymentId: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      const checkout = await this.checkouts.lock(checkoutId);
      if (checkout === undefined || checkout.claimedBy !== null || checkout.returnedAt !== null) return;
      if (checkout.mailedFor !== null && checkout.mailedFor >= paymentId) return;
      await this.checkouts.change(checkoutId, { mailedFor: paymentId });
      await this.write(checkout);
    });
  }

  /** On demand, where anything waits and none was sent too lately. */
  async again(email: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      const [first] = await this.checkouts.waiting(emailKey(email), 1);
      // The lock makes of two requests at once the first and the one that came too soon.
      const held = first && (await this.checkouts.lock(first.id));
      if (held === undefined || held.emailKey === null) return;
      const sent = await this.claims.sentTo(held.emailKey, MOST_MAILS_PER_DAY);
      if (maySendAgain(sent, this.clock.now())) await this.write(held);
    });
  }

  private async write({ email, emailKey: key }: GuestCheckoutRow): Promise<void> {
    if (email === null || key === null) return;
    const now = this.clock.now();
    const token = randomToken();
    await this.claims.removeExpired(now);
    const expiresAt = new Date(now.getTime() + LINK_LIFE_MS);
    await this.claims.add({ emailKey: key, keyHash: sha256Hex(token), expiresAt, createdAt: now });
    await this.mails.send(guestClaimMail(email, `${this.base}/${token}/`));
  }
}
