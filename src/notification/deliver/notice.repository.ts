import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import type { MailMode } from '../kind/notification-kind.rules';
import type { Notice } from './notice';

export interface Recipient {
  readonly accountId: number;
  readonly shown: boolean;
  readonly mail: MailMode;
}

export interface Told extends Recipient {
  readonly id: number;
}

interface ToldRow {
  readonly id: number;
  readonly accountId: number;
  /** On MySQL 0 or 1. */
  readonly shown: boolean | number;
  readonly mail: MailMode;
}

const COLUMNS = `account_id, fact_key, kind, actor_id, target_type, target_id, object_type, object_id, data, created_at,
  shown, unread, mail, emailed`;

const ADD = statement(
  'notice.add',
  `insert into notification (${COLUMNS})
   select r.account_id, $2::varchar, $3::varchar, $4::bigint, $5::varchar, $6::bigint, $7::varchar, $8::bigint, $9::text,
      $10::timestamptz, r.shown, r.shown, r.mail, false
     from jsonb_to_recordset($1::jsonb) as r(account_id bigint, shown boolean, mail varchar) order by r.account_id
   on conflict (account_id, fact_key) do nothing returning id, account_id as "accountId", shown, mail`,
  `insert ignore into notification (${COLUMNS})
   select r.account_id, $2, $3, $4, $5, $6, $7, $8, $9, $10, r.shown, r.shown, r.mail, false
     from json_table($1, '$[*]' columns (account_id bigint path '$.account_id', shown tinyint path '$.shown',
       mail varchar(9) path '$.mail')) r order by r.account_id`,
);

// MySQL doesn't say which rows it added: what was there before has lower ids than the first of them.
const ADDED = statement(
  'notice.added',
  `select id, account_id as "accountId", shown, mail from notification
    where account_id = any($1::bigint[]) and fact_key = $2 and id >= $3 order by id`,
);

const COUNT = statement(
  'notice.count',
  `update notification_box set unread = unread + 1, total = total + 1, version = version + 1
    where account_id = any($1::bigint[])`,
);

const AWAIT_DIGEST = statement(
  'notice.await-digest',
  `update notification_box set digest_due_at = $2, digest_from = $3
    where account_id = any($1::bigint[]) and digest_due_at is null`,
);

/** Notifications as they are written. Only inside a unit of work that holds the boxes of their readers. */
@Injectable()
export class NoticeRepository {
  constructor(private readonly database: Database) {}

  /** Those who had not been told of it before, in one statement for all of them (two on MySQL). */
  async add(notice: Notice, recipients: readonly Recipient[], now: Date): Promise<Told[]> {
    const { kind, factKey, actorId, target, object, data = {} } = notice;
    const rows = recipients.map(({ accountId, shown, mail }) => ({
      account_id: accountId,
      shown: Number(shown),
      mail,
    }));
    const values = [
      JSON.stringify(rows),
      factKey,
      kind,
      actorId,
      target?.type ?? null,
      target?.id ?? null,
      object?.type ?? null,
      object?.id ?? null,
      JSON.stringify(data),
      now,
    ];
    return (await this.addRows(recipients, factKey, values)).map((row) => ({ ...row, shown: Boolean(row.shown) }));
  }

  /** Counts one more for each of these readers. */
  async count(accountIds: readonly number[]): Promise<void> {
    if (accountIds.length > 0) await this.database.execute(COUNT, [accountIds]);
  }

  /** They are written to at `dueAt`, of what has come since `from`; who waits already, goes on waiting. */
  async awaitDigest(accountIds: readonly number[], dueAt: Date, from: number): Promise<void> {
    await this.database.execute(AWAIT_DIGEST, [accountIds, dueAt, from]);
  }

  private async addRows(recipients: readonly Recipient[], factKey: string, values: unknown[]): Promise<ToldRow[]> {
    if (this.database.dialect === 'postgres') return this.database.rows<ToldRow>(ADD, values);
    const { insertId } = await this.database.execute(ADD, values);
    if (insertId === undefined) return [];
    return this.database.rows<ToldRow>(ADDED, [recipients.map(({ accountId }) => accountId), factKey, insertId]);
  }
}
