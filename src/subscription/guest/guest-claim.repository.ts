import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import type { GuestClaim } from './guest-claim.entity';

const ADD = statement(
  'guest-claim.add',
  'insert into guest_claim (email_key, key_hash, expires_at, created_at) values ($1, $2, $3, $4)',
);
const BY_KEY = statement(
  'guest-claim.by-key',
  'select id, email_key as "emailKey" from guest_claim where key_hash = $1 and expires_at > $2',
);
const SENT = statement(
  'guest-claim.sent',
  'select created_at as "createdAt" from guest_claim where email_key = $1 order by id desc limit $2',
);
const REMOVE = statement('guest-claim.remove', 'delete from guest_claim where id = $1');
const REMOVE_ALL_OF = statement('guest-claim.remove-all-of', 'delete from guest_claim where email_key = $1');
const REMOVE_EXPIRED = statement('guest-claim.remove-expired', 'delete from guest_claim where expires_at <= $1');

@Injectable()
export class GuestClaimRepository {
  constructor(private readonly database: Database) {}

  async add({ emailKey, keyHash, expiresAt, createdAt }: Omit<GuestClaim, 'id'>): Promise<void> {
    await this.database.execute(ADD, [emailKey, keyHash, expiresAt, createdAt]);
  }

  byKey(keyHash: string, now: Date): Promise<{ id: number; emailKey: string } | undefined> {
    return this.database.first(BY_KEY, [keyHash, now]);
  }

  /** When the latest links went to a mailbox, of those that may still work. */
  async sentTo(emailKey: string, limit: number): Promise<Date[]> {
    const rows = await this.database.rows<{ createdAt: Date }>(SENT, [emailKey, limit]);
    return rows.map(({ createdAt }) => createdAt);
  }

  /** False where another was faster. */
  async remove(id: number): Promise<boolean> {
    return (await this.database.execute(REMOVE, [id])).affected === 1;
  }

  async removeAllOf(emailKey: string): Promise<void> {
    await this.database.execute(REMOVE_ALL_OF, [emailKey]);
  }

  async removeExpired(now: Date): Promise<void> {
    await this.database.execute(REMOVE_EXPIRED, [now]);
  }
}
