import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import type { SessionEnd, SessionKind } from './auth-session.entity';
import type { Client } from './client';

const ADD = statement(
  'auth-session.add',
  `insert into auth_session (account_id, kind, key_hash, token_hash, ip, user_agent, created_at, last_used_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7, $7, $8)
   returning id`,
);

const SEEN = statement(
  'auth-session.seen',
  `select exists(select 1 from auth_session where account_id = $1) as account_known,
          exists(select 1 from auth_session where account_id = $1 and ip = $2 and user_agent = $3) as device_known`,
);

const BY_KEY = statement(
  'auth-session.by-key',
  `select s.id, s.account_id, s.last_used_at, a.roles
     from auth_session s join account a on a.id = s.account_id
    where s.key_hash = $1 and s.ended_at is null and s.expires_at > $2 and a.is_active`,
);

const OWNER_OF_KEY = statement(
  'auth-session.owner-of-key',
  'select id, account_id from auth_session where key_hash = $1',
);

const USED = statement('auth-session.used', 'update auth_session set last_used_at = $2, expires_at = $3 where id = $1');

const END = statement(
  'auth-session.end',
  `update auth_session set ended_at = $3, end_reason = $4 where id = $1 and account_id = $2 and ended_at is null`,
);

const LIVE_IDS = statement(
  'auth-session.live-ids',
  'select id from auth_session where account_id = $1 and id <> $2 and ended_at is null order by id for update',
);

const END_MANY = statement(
  'auth-session.end-many',
  'update auth_session set ended_at = $2, end_reason = $3 where id = any($1::bigint[])',
);

const FORGET_DEVICES = statement(
  'auth-session.forget-devices',
  `update auth_session set ip = '', user_agent = '' where account_id = $1`,
);

const LIVE = 'from auth_session where account_id = $1 and ended_at is null and expires_at > $2';

const LIST = statement(
  'auth-session.list',
  `select id, kind, ip, user_agent, created_at, last_used_at, expires_at ${LIVE}
    order by last_used_at desc, id desc limit $3 offset $4`,
);

const COUNT = statement('auth-session.count', `select count(*) as count ${LIVE}`);

const ALIVE = statement(
  'auth-session.alive',
  `select s.id from auth_session s join account a on a.id = s.account_id
    where s.id = any($1::bigint[]) and s.ended_at is null and s.expires_at > $2 and a.is_active`,
);

const ENDED_SINCE = statement(
  'auth-session.ended-since',
  `select id, ended_at, end_reason from auth_session where ended_at > $1 and kind = 'jwt'`,
);

const SWEEP = statement(
  'auth-session.sweep',
  `delete from auth_session where id in
     (select id from auth_session where ended_at < $1 or expires_at < $1 order by id limit 1000)`,
  'delete from auth_session where ended_at < $1 or expires_at < $1 order by id limit 1000',
);

export interface NewSession extends Client {
  readonly accountId: number;
  readonly kind: SessionKind;
  readonly keyHash: string | null;
  readonly tokenHash: string | null;
  readonly now: Date;
  readonly expiresAt: Date;
}

export interface SessionRow {
  id: number;
  kind: SessionKind;
  ip: string;
  user_agent: string;
  created_at: Date;
  last_used_at: Date;
  expires_at: Date;
}

export interface EndedRow {
  id: number;
  ended_at: Date;
  end_reason: SessionEnd;
}

@Injectable()
export class AuthSessionRepository {
  constructor(private readonly database: Database) {}

  async add(session: NewSession): Promise<number> {
    const { accountId, kind, keyHash, tokenHash, ip, userAgent, now, expiresAt } = session;
    const values = [accountId, kind, keyHash, tokenHash, ip, userAgent, now, expiresAt];
    const { insertId } = await this.database.execute(ADD, values);
    if (insertId === undefined) throw new Error('The database gave no id for a session');
    return insertId;
  }

  /** True where the account signed in before, but never like this. */
  async isNewDevice(accountId: number, { ip, userAgent }: Client): Promise<boolean> {
    const seen = await this.database.first<Record<'account_known' | 'device_known', boolean | number>>(SEEN, [
      accountId,
      ip,
      userAgent,
    ]);
    return Boolean(seen?.account_known) && !seen?.device_known;
  }

  byKey(keyHash: string, now: Date) {
    return this.database.first<{ id: number; account_id: number; last_used_at: Date; roles: string }>(BY_KEY, [
      keyHash,
      now,
    ]);
  }

  /** Whether it is alive or not. */
  ownerOfKey(keyHash: string) {
    return this.database.first<{ id: number; account_id: number }>(OWNER_OF_KEY, [keyHash]);
  }

  async used(id: number, now: Date, expiresAt: Date): Promise<void> {
    await this.database.execute(USED, [id, now, expiresAt]);
  }

  async end(id: number, accountId: number, now: Date, why: SessionEnd): Promise<boolean> {
    return (await this.database.execute(END, [id, accountId, now, why])).affected === 1;
  }

  /** Gives the ids that were alive. */
  async endAll(accountId: number, now: Date, why: SessionEnd, keepId: number): Promise<number[]> {
    const rows = await this.database.rows<{ id: number }>(LIVE_IDS, [accountId, keepId]);
    const ids = rows.map((row) => row.id);
    if (ids.length > 0) await this.database.execute(END_MANY, [ids, now, why]);
    return ids;
  }

  async forgetDevices(accountId: number): Promise<void> {
    await this.database.execute(FORGET_DEVICES, [accountId]);
  }

  list(accountId: number, now: Date, limit: number, offset: number): Promise<SessionRow[]> {
    return this.database.rows<SessionRow>(LIST, [accountId, now, limit, offset]);
  }

  async count(accountId: number, now: Date): Promise<number> {
    return (await this.database.first<{ count: number }>(COUNT, [accountId, now]))?.count ?? 0;
  }

  /** Those of `ids` that have neither ended nor run out. */
  async alive(ids: readonly number[], now: Date): Promise<number[]> {
    return (await this.database.rows<{ id: number }>(ALIVE, [ids, now])).map(({ id }) => id);
  }

  endedSince(since: Date): Promise<EndedRow[]> {
    return this.database.rows<EndedRow>(ENDED_SINCE, [since]);
  }

  /** Deletes up to a thousand rows that ended or ran out before `limit`; gives how many. */
  async sweep(limit: Date): Promise<number> {
    return (await this.database.execute(SWEEP, [limit])).affected;
  }
}
