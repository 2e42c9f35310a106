import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { randomToken, sha256Hex } from '../../infra/crypto/digest';
import type { Account } from '../account/account.entity';
import { AccountLinks } from './account-links';
import { PasswordResetRepository } from './password-reset.repository';
import { passwordMark, RESET_LIFE_MS, uidOf } from './password-reset.rules';

/** Links that choose a password, once and within the hour. */
@Injectable()
export class PasswordLinkService {
  constructor(
    private readonly resets: PasswordResetRepository,
    private readonly links: AccountLinks,
    private readonly clock: Clock,
  ) {}

  /** A URL, for nobody but who holds the account's mailbox. */
  async issue({ id, passwordHash }: Pick<Account, 'id' | 'passwordHash'>): Promise<string> {
    const now = this.clock.now();
    const token = randomToken();
    await this.resets.removeExpired(now);
    await this.resets.add({
      accountId: id,
      tokenHash: sha256Hex(token),
      passwordMark: passwordMark(passwordHash),
      expiresAt: new Date(now.getTime() + RESET_LIFE_MS),
      createdAt: now,
    });
    return this.links.resetPassword(uidOf(id), token);
  }
}
