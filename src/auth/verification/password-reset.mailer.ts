import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { MailService } from '../../infra/mail/mail.service';
import { AccountRepository } from '../account/account.repository';
import { PasswordLinkService } from './password-link.service';
import { PasswordResetRepository } from './password-reset.repository';
import { MOST_RESETS_PER_HOUR } from './password-reset.rules';
import { passwordResetMail } from './verification.mails';

const HOUR_MS = 3_600_000;

@Injectable()
export class PasswordResetMailer {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly resets: PasswordResetRepository,
    private readonly links: PasswordLinkService,
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
      if (lately >= MOST_RESETS_PER_HOUR) return;
      await this.mails.send(passwordResetMail(account.email, await this.links.issue(account)));
    });
  }
}
