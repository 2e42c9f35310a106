import { Injectable } from '@nestjs/common';
import type { Principal } from '../../common/current-user';
import { AccountRepository } from '../account/account.repository';
import { userNotFound } from '../auth.errors';
import type { Client } from '../session/client';
import { SignInService } from '../sign-in/sign-in.service';
import { type NewPassword, newPasswordError } from './new-password.rules';
import { wrongOldPassword } from './password.errors';
import { PasswordReplacementService } from './password-replacement.service';

export interface PasswordChange extends NewPassword {
  readonly old_password: string;
}

/** By somebody who is signed in and knows the old password: a borrowed session can't take the account over. */
@Injectable()
export class PasswordChangeService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly signIns: SignInService,
    private readonly replacements: PasswordReplacementService,
  ) {}

  /** Ends the other sessions and keeps the caller's (C6). */
  async change({ accountId, sessionId }: Principal, change: PasswordChange, client: Client): Promise<void> {
    const account = await this.accounts.byId(accountId);
    if (!account) throw userNotFound();
    if (!(await this.signIns.confirm(account, change.old_password, client.ip))) throw wrongOldPassword();
    const error = newPasswordError(change, account);
    if (error) throw error;
    const replacement = { kind: 'password-changed', client, keepSessionId: sessionId } as const;
    await this.replacements.replace(account, change.new_password1, replacement, async () => {
      await this.accounts.lock(accountId);
      const now = await this.accounts.byId(accountId);
      if (now?.passwordHash !== account.passwordHash) throw wrongOldPassword();
    });
  }
}
