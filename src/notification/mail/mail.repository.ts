import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import type { BellRow } from '../bell/bell-item.rules';
import { BELL_COLUMNS, bellJoins } from '../bell/bell.statements';

export interface MailRow extends BellRow {
  readonly email: string;
}

export interface DueDigest {
  readonly accountId: number;
  readonly from: number;
  readonly timeZone: string;
}

/** Not mailed yet, and nothing that its reader has muted meanwhile. */
const IS_WISHED = `n.emailed = false and (n.kind = 'security' or not exists (select 1 from notification_preference wish
  where wish.account_id = n.account_id and wish.kind = n.kind and wish.mail = 'off'))`;

const COLUMNS = `${BELL_COLUMNS}, a.email`;

/** Whom it is for, where that mailbox is proven, and what the reader may see of it now. */
const JOINS = `join account a on a.id = n.account_id and a.is_active and a.email_verified_at is not null
  ${bellJoins('n.account_id')}`;

// The access policy asks for $2 and $3 besides.
const DUE = statement(
  'notification-mail.due',
  `select ${COLUMNS} from notification n ${JOINS}
    where n.id = any($1::bigint[]) and n.mail = 'immediate' and ${IS_WISHED} order by n.id`,
);

// As the bell's list: what is unread, and what is in no bell, each from the end of its own part of the index.
const newest = (shown: boolean): string => `select n.id from notification n
  where n.account_id between $1 and $1 and n.shown = ${shown} and n.unread = ${shown} and n.id >= $4
    and n.mail = 'daily' and ${IS_WISHED}
  order by n.account_id desc, n.shown desc, n.unread desc, n.id desc limit $5`;

const OF_DAY = statement(
  'notification-mail.of-day',
  `select ${COLUMNS} from ((${newest(true)}) union all (${newest(false)})) chosen
      join notification n on n.id = chosen.id ${JOINS}
    order by n.id desc limit $5`,
);

const SENT = statement(
  'notification-mail.sent',
  'update notification set emailed = true where id = $1 and emailed = false',
);

const SENT_ALL = statement(
  'notification-mail.sent-all',
  'update notification set emailed = true where id = any($1::bigint[])',
);

const NEXT_DIGEST = statement(
  'notification-mail.next-digest',
  `select b.account_id as "accountId", b.digest_from as "from" from notification_box b
    where b.digest_due_at <= $1 order by b.digest_due_at limit 1 for update skip locked`,
);

const ZONE = statement('notification-mail.zone', 'select time_zone as "timeZone" from account where id = $1');

const DIGEST_DONE = statement(
  'notification-mail.digest-done',
  `update notification_box set digest_due_at = null, digest_from = null, digest_day = coalesce($2, digest_day)
    where account_id = $1`,
);

const PLAN = statement(
  'notification-mail.plan',
  `select b.digest_due_at as "dueAt", b.digest_day as "day" from notification_box b
    where b.account_id = $1 and b.digest_due_at > $2 for update`,
);

const MOVE = statement(
  'notification-mail.move',
  'update notification_box set digest_due_at = $2 where account_id = $1 and digest_due_at is not null',
);

/** What is to be mailed. */
@Injectable()
export class NotificationMailRepository {
  constructor(private readonly database: Database) {}

  /** Those of `ids` that are to be mailed at once, and were not. */
  due(ids: readonly number[], now: Date): Promise<MailRow[]> {
    return this.database.rows<MailRow>(DUE, [ids, now, false]);
  }

  /** What waits for a reader's digest and was not read meanwhile, newest first. */
  ofDay(accountId: number, from: number, now: Date, limit: number): Promise<MailRow[]> {
    return this.database.rows<MailRow>(OF_DAY, [accountId, now, false, from, limit]);
  }

  /** False where somebody has sent it already. */
  async sent(id: number): Promise<boolean> {
    return (await this.database.execute(SENT, [id])).affected > 0;
  }

  async sentAll(ids: readonly number[]): Promise<void> {
    if (ids.length > 0) await this.database.execute(SENT_ALL, [ids]);
  }

  /** The box of somebody whose digest is due, held; those that others have in hand are passed over. */
  async nextDigest(now: Date): Promise<DueDigest | undefined> {
    const row = await this.database.first<{ accountId: number; from: number | null }>(NEXT_DIGEST, [now]);
    return row && { ...row, from: row.from ?? 0, timeZone: (await this.zoneOf(row.accountId)) ?? 'UTC' };
  }

  /** `day` is null where there was nothing to send: the day of the last one stays. */
  async digestDone(accountId: number, day: string | null): Promise<void> {
    await this.database.execute(DIGEST_DONE, [accountId, day]);
  }

  /** A digest that is planned for later than `now`; holds its box. */
  planned(accountId: number, now: Date): Promise<{ dueAt: Date; day: string | null } | undefined> {
    return this.database.first(PLAN, [accountId, now]);
  }

  async move(accountId: number, dueAt: Date): Promise<void> {
    await this.database.execute(MOVE, [accountId, dueAt]);
  }

  async zoneOf(accountId: number): Promise<string | undefined> {
    return (await this.database.first<{ timeZone: string }>(ZONE, [accountId]))?.timeZone;
  }
}
