import { Injectable } from '@nestjs/common';
import { OnFact } from '../../infra/outbox/on-fact';
import { AccountService } from '../account/account.service';
import { AccountRegistered, type AccountRegisteredPayload } from '../events/account-registered.event';
import { type MailRequestedPayload, PasswordResetRequested, VerificationRequested } from './mail-requested.fact';
import { PasswordResetMailer } from './password-reset.mailer';
import { VerificationMailer } from './verification-mailer';

/** A repeated delivery sends nothing twice: the mailers bound how often they write to one account. */
@Injectable()
export class AccountMailListener {
  constructor(
    private readonly accounts: AccountService,
    private readonly verifications: VerificationMailer,
    private readonly resets: PasswordResetMailer,
  ) {}

  @OnFact(AccountRegistered.topic, 'verification.account-registered')
  async onRegistered({ account_id }: AccountRegisteredPayload): Promise<void> {
    await this.verifications.send(account_id);
  }

  @OnFact(VerificationRequested.topic, 'verification.requested')
  async onVerificationRequested({ email }: MailRequestedPayload): Promise<void> {
    const account = await this.accounts.findByEmail(email);
    if (account) await this.verifications.send(account.id);
  }

  @OnFact(PasswordResetRequested.topic, 'password-reset.requested')
  async onPasswordResetRequested({ email }: MailRequestedPayload): Promise<void> {
    const account = await this.accounts.findByEmail(email);
    if (account) await this.resets.send(account.id);
  }
}
