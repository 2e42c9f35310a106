import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import type { Counts } from './bell.repository';

const NEXT = statement(
  'box-check.next',
  'select account_id as "accountId" from notification_box where account_id > $1 order by account_id limit $2',
);

const HOLD = statement('box-check.hold', 'select unread, total from notification_box where account_id = $1 for update');

const COUNTED = statement(
  'box-check.counted',
  `select (select count(*) from notification n where n.account_id = $1 and n.shown = true and n.unread = true) as unread,
      (select count(*) from notification n where n.account_id = $1 and n.shown = true) as total`,
);

const SET = statement(
  'box-check.set',
  'update notification_box set unread = $2, total = $3, version = version + 1 where account_id = $1',
);

/** Counters, and what they should be. But for `next` only inside a unit of work. */
@Injectable()
export class BoxCheckRepository {
  constructor(private readonly database: Database) {}

  async next(after: number, limit: number): Promise<number[]> {
    const rows = await this.database.rows<{ accountId: number }>(NEXT, [after, limit]);
    return rows.map(({ accountId }) => accountId);
  }

  /** Held until the unit of work ends: nobody writes to the box meanwhile. */
  hold(accountId: number): Promise<Counts | undefined> {
    return this.database.first<Counts>(HOLD, [accountId]);
  }

  async counted(accountId: number): Promise<Counts> {
    return (await this.database.first<Counts>(COUNTED, [accountId])) ?? { unread: 0, total: 0 };
  }

  async set(accountId: number, { unread, total }: Counts): Promise<void> {
    await this.database.execute(SET, [accountId, unread, total]);
  }
}
