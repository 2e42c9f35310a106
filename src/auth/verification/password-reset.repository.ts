import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import type { PasswordReset } from './password-reset.entity';

const ADD = statement(
  'password-reset.add',
  `insert into password_reset (account_id, token_hash, password_mark, expires_at, created_at)
   values ($1, $2, $3, $4, $5)`,
);

const COUNT_SINCE = statement(
  'password-reset.count-since',
  'select count(*) as count from password_reset where account_id = $1 and created_at > $2',
);

const OPEN = statement(
  'password-reset.open',
  `select id, password_mark from password_reset
    where token_hash = $1 and account_id = $2 and expires_at > $3`,
);

const REMOVE = statement('password-reset.remove', 'delete from password_reset where id = $1');

const REMOVE_ALL_OF = statement('password-reset.remove-all-of', 'delete from password_reset where account_id = $1');

const REMOVE_EXPIRED = statement('password-reset.remove-expired', 'delete from password_reset where expires_at <= $1');

@Injectable()
export class PasswordResetRepository {
  constructor(private readonly database: Database) {}

  async add({ accountId, tokenHash, passwordMark, expiresAt, createdAt }: Omit<PasswordReset, 'id'>): Promise<void> {
    await this.database.execute(ADD, [accountId, tokenHash, passwordMark, expiresAt, createdAt]);
  }

  async countSince(accountId: number, since: Date): Promise<number> {
    return (await this.database.first<{ count: number }>(COUNT_SINCE, [accountId, since]))?.count ?? 0;
  }

  open(tokenHash: string, accountId: number, now: Date): Promise<{ id: number; password_mark: string } | undefined> {
    return this.database.first(OPEN, [tokenHash, accountId, now]);
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
