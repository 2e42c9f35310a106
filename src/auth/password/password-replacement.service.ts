import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { MailService } from '../../infra/mail/mail.service';
import { OutboxService } from '../../infra/outbox/outbox.service';
import type { Account } from '../account/account.entity';
import { AccountService } from '../account/account.service';
import { SecurityEvent } from '../events/security-event.event';
import type { Client } from '../session/client';
import { passwordChangedMail } from '../verification/verification.mails';
import { PasswordHasher } from './password-hasher';

export interface Replacement {
  readonly kind: 'password-changed' | 'password-reset';
  readonly client: Client;
  /** The one session that goes on; left out, none does. */
  readonly keepSessionId?: number;
}

@Injectable()
export class PasswordReplacementService {
  constructor(
    private readonly accounts: AccountService,
    private readonly passwords: PasswordHasher,
    private readonly outbox: OutboxService,
    private readonly mails: MailService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Sets a password that was found good, ends the sessions, and tells the owner: all of it or nothing. Never inside a
   * unit of work, because it hashes.
   * @param claim runs first in the same transaction and throws where the change must not be made (any more)
   */
  async replace(
    account: Pick<Account, 'id' | 'email' | 'emailVerifiedAt'>,
    plain: string,
    replacement: Replacement,
    claim: () => Promise<void>,
  ): Promise<void> {
    this.unitOfWork.refuseInside('replace');
    const passwordHash = await this.passwords.hash(plain);
    const now = this.clock.now();
    await this.unitOfWork.run(async () => {
      await claim();
      await this.accounts.replacePassword(account.id, passwordHash, replacement.keepSessionId);
      await this.outbox.publish(securityEvent(account.id, replacement, now));
      if (mayBeTold(account, replacement)) await this.mails.send(passwordChangedMail(account.email, now));
    });
  }
}

/** A mailbox that nobody has proven may be a stranger's, who must not be flooded; a reset came from the mailbox itself. */
function mayBeTold({ emailVerifiedAt }: Pick<Account, 'emailVerifiedAt'>, { kind }: Replacement): boolean {
  return emailVerifiedAt !== null || kind === 'password-reset';
}

function securityEvent(accountId: number, { kind, client, keepSessionId }: Replacement, now: Date): SecurityEvent {
  return new SecurityEvent({
    kind,
    account_id: accountId,
    session_id: keepSessionId ?? null,
    ip: client.ip,
    user_agent: client.userAgent,
    at: now.toISOString(),
  });
}
