import { Injectable } from '@nestjs/common';
import { emailKey } from '../../common/normalise';
import { Database, statement } from '../../infra/database/database';
import type { EmailVerification } from './email-verification.entity';

const ADD = statement(
  'email-verification.add',
  `insert into email_verification
     (account_id, key_hash, code_hash, code_attempts, code_expires_at, expires_at, created_at)
   values ($1, $2, $3, 0, $4, $5, $6)`,
);

const SENT = statement(
  'email-verification.sent',
  'select created_at from email_verification where account_id = $1 order by id desc limit $2',
);

const BY_KEY = statement(
  'email-verification.by-key',
  'select id, account_id from email_verification where key_hash = $1 and expires_at > $2',
);

const NEWEST = statement(
  'email-verification.newest',
  `select v.id, v.account_id, v.key_hash, v.code_hash, v.code_expires_at
     from account a join email_verification v on v.account_id = a.id
    where a.email_key = $1 order by v.id desc limit 1`,
);

const COUNT_ATTEMPT = statement(
  'email-verification.count-attempt',
  'update email_verification set code_attempts = code_attempts + 1 where id = $1 and code_attempts < $2',
);

const REMOVE = statement('email-verification.remove', 'delete from email_verification where id = $1');

const REMOVE_ALL_OF = statement(
  'email-verification.remove-all-of',
  'delete from email_verification where account_id = $1',
);

const REMOVE_EXPIRED = statement(
  'email-verification.remove-expired',
  'delete from email_verification where expires_at <= $1',
);

export interface CodeRow {
  id: number;
  account_id: number;
  key_hash: string;
  code_hash: string;
  code_expires_at: Date;
}

@Injectable()
export class EmailVerificationRepository {
  constructor(private readonly database: Database) {}

  async add(row: Omit<EmailVerification, 'id' | 'codeAttempts'>): Promise<void> {
    const { accountId, keyHash, codeHash, codeExpiresAt, expiresAt, createdAt } = row;
    await this.database.execute(ADD, [accountId, keyHash, codeHash, codeExpiresAt, expiresAt, createdAt]);
  }

  /** When the latest mails to an account went out, of those whose link may still work. */
  async sentTo(accountId: number, limit: number): Promise<Date[]> {
    const rows = await this.database.rows<{ created_at: Date }>(SENT, [accountId, limit]);
    return rows.map((row) => row.created_at);
  }

  byKey(keyHash: string, now: Date): Promise<{ id: number; account_id: number } | undefined> {
    return this.database.first(BY_KEY, [keyHash, now]);
  }

  newestFor(email: string): Promise<CodeRow | undefined> {
    return this.database.first<CodeRow>(NEWEST, [emailKey(email)]);
  }

  /** False where no attempt is left. Atomic, so that guesses sent together are counted one by one. */
  async countAttempt(id: number, most: number): Promise<boolean> {
    return (await this.database.execute(COUNT_ATTEMPT, [id, most])).affected === 1;
  }

  /** False where another was faster. */
  async remove(id: number): Promise<boolean> {
    return (await this.database.execute(REMOVE, [id])).affected === 1;
  }

  async removeAllOf(accountId: number): Promise<void> {
    await this.database.execute(REMOVE_ALL_OF, [accountId]);
  }

  async removeExpired(now: Date): Promise<void> {
    await this.database.execute(REMOVE_EXPIRED, [now]);
  }
}
