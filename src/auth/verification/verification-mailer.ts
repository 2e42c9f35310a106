import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { randomToken, sha256Hex } from '../../infra/crypto/digest';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { MailService } from '../../infra/mail/mail.service';
import { maySendAgain, MOST_MAILS_PER_DAY } from '../../infra/mail/resend.rules';
import { AccountRepository } from '../account/account.repository';
import { AccountLinks } from './account-links';
import { EmailVerificationRepository } from './email-verification.repository';
import { verificationMail } from './verification.mails';
import { CODE_LIFE_MS, LINK_LIFE_MS } from './verification.rules';
import { VerificationCodes } from './verification-codes';

@Injectable()
export class VerificationMailer {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly verifications: EmailVerificationRepository,
    private readonly codes: VerificationCodes,
    private readonly links: AccountLinks,
    private readonly mails: MailService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Mails a link and a code, unless the mailbox is proven already or was written to too lately. */
  async send(accountId: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      // The lock makes of two requests at once the first and the one that came too soon.
      const account = await this.accounts.lock(accountId);
      if (!account || (await this.isProven(accountId))) return;
      const now = this.clock.now();
      if (!maySendAgain(await this.verifications.sentTo(accountId, MOST_MAILS_PER_DAY), now)) return;
      await this.write(accountId, account.email, now);
    });
  }

  private async isProven(accountId: number): Promise<boolean> {
    return (await this.accounts.byId(accountId))?.emailVerifiedAt !== null;
  }

  private async write(accountId: number, email: string, now: Date): Promise<void> {
    const key = randomToken();
    const keyHash = sha256Hex(key);
    const code = this.codes.create();
    await this.verifications.removeExpired(now);
    await this.verifications.add({
      accountId,
      keyHash,
      codeHash: this.codes.digest(code, { accountId, keyHash }),
      codeExpiresAt: new Date(now.getTime() + CODE_LIFE_MS),
      expiresAt: new Date(now.getTime() + LINK_LIFE_MS),
      createdAt: now,
    });
    await this.mails.send(verificationMail(email, code, this.links.confirmEmail(key)));
  }
}
