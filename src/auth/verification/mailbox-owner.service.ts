import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import type { Account } from '../account/account.entity';
import { AccountRepository } from '../account/account.repository';
import { AccountService } from '../account/account.service';
import { EmailVerificationService } from './email-verification.service';
import { PasswordLinkService } from './password-link.service';

/** The account of somebody who has just proven a mailbox. */
export interface MailboxOwner {
  readonly accountId: number;
  readonly username: string;
  /** False where an administrator has disabled the account. */
  readonly isActive: boolean;
}

const ATTEMPTS = 3;

/** Turns the proof of a mailbox that was given elsewhere, as by a link that we mailed, into its owner's account. */
@Injectable()
export class MailboxOwnerService {
  constructor(
    private readonly accounts: AccountService,
    private readonly repository: AccountRepository,
    private readonly verifications: EmailVerificationService,
    private readonly links: PasswordLinkService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Repeatable. Never inside a unit of work. Where there is no account it is made, without a password, under a name that
   * `fresh` gives. One whose mailbox nobody had proven is its owner's from now on: whoever made it chose its password, so
   * that goes, and every session and key.
   */
  async ownerOf(email: string, fresh: () => string): Promise<MailboxOwner> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const known = await this.repository.byEmail(email);
      const proven = known && (await this.proven(known));
      if (proven !== undefined) return proven;
      const person = { username: fresh(), email, password: null, emailVerified: true };
      const { account } = await this.accounts.register(person);
      if (account !== undefined) return ownerOf(account);
    }
    throw new Error('An account for a proven mailbox could not be made');
  }

  /** Where its owner chooses a password; undefined where there is one. */
  async passwordLink(accountId: number): Promise<string | undefined> {
    return this.unitOfWork.run(async () => {
      const account = await this.repository.byId(accountId);
      return account?.passwordHash === null ? this.links.issue(account) : undefined;
    });
  }

  /** Undefined where the account is closed at this moment. */
  private async proven({ id }: Account): Promise<MailboxOwner | undefined> {
    return this.unitOfWork.run(async () => {
      await this.repository.lock(id);
      const account = await this.repository.byId(id);
      if (account === undefined) return undefined;
      if (account.isActive && account.emailVerifiedAt === null) {
        await this.accounts.dropPassword(id);
        await this.verifications.confirmed(id);
      }
      return ownerOf(account);
    });
  }
}

function ownerOf({ id: accountId, username, isActive }: Account): MailboxOwner {
  return { accountId, username, isActive };
}
