import { Injectable } from '@nestjs/common';
import type { JsonObject } from '../../infra/outbox/fact';
import { OnFact } from '../../infra/outbox/on-fact';
import { AccountService } from '../account/account.service';
import { AccountRegistered } from '../events/account-registered.event';
import { PasswordResetRequested, VerificationRequested } from './mail-requested.fact';
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
  async onRegistered({ account_id }: JsonObject): Promise<void> {
    await this.verifications.send(Number(account_id));
  }

  @OnFact(VerificationRequested.topic, 'verification.requested')
  async onVerificationRequested({ email }: JsonObject): Promise<void> {
    const account = await this.accounts.findByEmail(String(email));
    if (account) await this.verifications.send(account.id);
  }

  @OnFact(PasswordResetRequested.topic, 'password-reset.requested')
  async onPasswordResetRequested({ email }: JsonObject): Promise<void> {
    const account = await this.accounts.findByEmail(String(email));
    if (account) await this.resets.send(account.id);
  }
}
