import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { sha256Hex } from '../../infra/crypto/digest';
import type { Account } from '../account/account.entity';
import { AccountRepository } from '../account/account.repository';
import { type NewPassword, newPasswordError } from '../password/new-password.rules';
import { PasswordReplacementService } from '../password/password-replacement.service';
import type { Client } from '../session/client';
import { GuessLimiter } from '../sign-in/guess-limiter';
import { EmailVerificationService } from './email-verification.service';
import { PasswordResetRepository } from './password-reset.repository';
import { accountIdOf, passwordMark } from './password-reset.rules';
import { wrongResetToken, wrongUid } from './verification.errors';

export interface ResetLink {
  readonly uid: string;
  readonly token: string;
}

/** A forgotten password replaced through the mailbox, which proves the mailbox as well. */
@Injectable()
export class PasswordResetService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly resets: PasswordResetRepository,
    private readonly verifications: EmailVerificationService,
    private readonly replacements: PasswordReplacementService,
    private readonly guesses: GuessLimiter,
    private readonly clock: Clock,
  ) {}

  /** Whether a link would still work. Changes nothing: mail scanners follow links. */
  async isOpen({ uid, token }: ResetLink): Promise<boolean> {
    const account = await this.accountOf(uid);
    return account !== undefined && (await this.openReset(account, token)) !== undefined;
  }

  /** Ends every session and key, and lets the owner sign in from here even while others guess. */
  async confirm(link: ResetLink, password: NewPassword, client: Client): Promise<void> {
    const account = await this.accountOf(link.uid);
    if (!account) throw wrongUid();
    if ((await this.openReset(account, link.token)) === undefined) throw wrongResetToken();
    const error = newPasswordError(password, account);
    if (error) throw error;
    await this.replacements.replace(account, password.new_password1, { kind: 'password-reset', client }, () =>
      this.claim(account.id, link),
    );
    await this.guesses.trust(account.id, client.ip);
  }

  private async claim(accountId: number, link: ResetLink): Promise<void> {
    await this.accounts.lock(accountId);
    const account = await this.accountOf(link.uid);
    const reset = account && (await this.openReset(account, link.token));
    if (reset === undefined || !(await this.resets.remove(reset))) throw wrongResetToken();
    await this.resets.removeAllOf(accountId);
    await this.verifications.confirmed(accountId);
  }

  private async accountOf(uid: string): Promise<Account | undefined> {
    const id = accountIdOf(uid);
    const account = id === undefined ? undefined : await this.accounts.byId(id);
    return account?.isActive ? account : undefined;
  }

  /** The id of the row behind a token that still opens this account. */
  private async openReset({ id, passwordHash }: Account, token: string): Promise<number | undefined> {
    const row = await this.resets.open(sha256Hex(token), id, this.clock.now());
    return row?.password_mark === passwordMark(passwordHash) ? row.id : undefined;
  }
}
