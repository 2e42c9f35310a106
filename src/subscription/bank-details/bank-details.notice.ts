import { Injectable } from '@nestjs/common';
import { AccountService } from '../../auth/account/account.service';
import { MailService } from '../../infra/mail/mail.service';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { type BankDetailsChange, BankDetailsChanged } from '../events/bank-details-changed.event';
import { bankDetailsMail } from './bank-details.mail';

/** Who hears that bank details changed: the owner, so that a thief is found out, and whoever pays. */
@Injectable()
export class BankDetailsNotice {
  constructor(
    private readonly accounts: AccountService,
    private readonly outbox: OutboxService,
    private readonly mails: MailService,
  ) {}

  /** Inside the unit of work of the change. */
  async tell(accountId: number, change: BankDetailsChange, at: Date): Promise<void> {
    await this.outbox.publish(new BankDetailsChanged({ account_id: accountId, change, at: at.toISOString() }));
    const owner = await this.accounts.findById(accountId);
    // A mailbox that nobody has proven may be a stranger's.
    if (owner && owner.emailVerifiedAt !== null) await this.mails.send(bankDetailsMail(owner.email, change, at));
  }
}
