import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { randomToken, sha256Hex } from '../../infra/crypto/digest';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { MailService } from '../../infra/mail/mail.service';
import type { Account } from '../account/account.entity';
import { AccountRepository } from '../account/account.repository';
import { AccountLinks } from './account-links';
import { PasswordResetRepository } from './password-reset.repository';
import { MOST_RESETS_PER_HOUR, passwordMark, RESET_LIFE_MS, uidOf } from './password-reset.rules';
import { passwordResetMail } from './verification.mails';

const HOUR_MS = 3_600_000;

@Injectable()
export class PasswordResetMailer {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly resets: PasswordResetRepository,
    private readonly links: AccountLinks,
    private readonly mails: MailService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Mails a link to the owner of the address, also where the mailbox is unproven or no password was ever set: who reads
   * its mail is the owner (R2).
   */
  async send(accountId: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      const now = this.clock.now();
      // The lock makes of requests at once one after the other, so that their number is right.
      await this.accounts.lock(accountId);
      const account = await this.accounts.byId(accountId);
      if (!account?.isActive) return;
      const lately = await this.resets.countSince(accountId, new Date(now.getTime() - HOUR_MS));
      if (lately < MOST_RESETS_PER_HOUR) await this.write(account, now);
    });
  }

  private async write({ id, email, passwordHash }: Account, now: Date): Promise<void> {
    const token = randomToken();
    await this.resets.removeExpired(now);
    await this.resets.add({
      accountId: id,
      tokenHash: sha256Hex(token),
      passwordMark: passwordMark(passwordHash),
      expiresAt: new Date(now.getTime() + RESET_LIFE_MS),
      createdAt: now,
    });
    await this.mails.send(passwordResetMail(email, this.links.resetPassword(uidOf(id), token)));
  }
}
