import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { notFound } from '../../common/domain-error';
import { randomToken, sha256Hex } from '../../infra/crypto/digest';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { AccountService } from '../account/account.service';
import { EmailVerificationRepository } from './email-verification.repository';
import { MOST_CODE_ATTEMPTS } from './verification.rules';
import { VerificationCodes } from './verification-codes';

/** Proves mailboxes. Every refusal is the same 404, whether key, code or address is wrong, used up or too late. */
@Injectable()
export class EmailVerificationService {
  constructor(
    private readonly verifications: EmailVerificationRepository,
    private readonly codes: VerificationCodes,
    private readonly accounts: AccountService,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  /** Whether a link would still work. Changes nothing: mail scanners follow links. */
  async isOpen(key: string): Promise<boolean> {
    return (await this.verifications.byKey(sha256Hex(key), this.clock.now())) !== undefined;
  }

  async confirmByKey(key: string): Promise<void> {
    const row = await this.verifications.byKey(sha256Hex(key), this.clock.now());
    if (!row) throw notFound();
    await this.confirm(row.id, row.account_id);
  }

  async confirmByCode(email: string, code: string): Promise<void> {
    const row = await this.verifications.newestFor(email);
    const isCounted = await this.verifications.countAttempt(row?.id ?? 0, MOST_CODE_ATTEMPTS);
    const owner = { accountId: row?.account_id ?? 0, keyHash: row?.key_hash ?? '' };
    const isRight = this.codes.matches(code, row?.code_hash ?? randomToken(), owner);
    if (!row || !isCounted || !isRight || row.code_expires_at <= this.clock.now()) throw notFound();
    await this.confirm(row.id, row.account_id);
  }

  /** Called where the mailbox was proven in another way: what was mailed before is void. Gives what `markEmailVerified` gives. */
  confirmed(accountId: number): Promise<readonly number[]> {
    return this.unitOfWork.run(async () => {
      const told = await this.accounts.markEmailVerified(accountId);
      await this.verifications.removeAllOf(accountId);
      return told;
    });
  }

  /** What waited for the proof, such as a course, is there when this is answered. */
  private async confirm(id: number, accountId: number): Promise<void> {
    const told = await this.unitOfWork.run(async () => {
      if (!(await this.verifications.remove(id))) throw notFound();
      return this.confirmed(accountId);
    });
    await this.outbox.settled(told);
  }
}
