import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import type { Cutoffs, Loss, RemovedRow } from './retention.rules';

export interface OldRow {
  readonly id: number;
  readonly accountId: number;
  readonly createdAt: Date;
  /** On MySQL 0 or 1. */
  readonly due: boolean | number;
}

// $1 = the cutoff of what was read, $2 = that of anything.
const IS_DUE = `(n.created_at < $2 or (n.created_at < $1 and n.unread = false and n.kind <> 'security'))`;

// Ids grow with time, so that the oldest are at the end of the primary key.
const NEXT = statement(
  'notification-retention.next',
  `select n.id, n.account_id as "accountId", n.created_at as "createdAt", ${IS_DUE} as due
    from notification n where n.id > $3 order by n.id limit $4`,
);

// Whose box others have in hand, has its turn another time.
const HOLD = statement(
  'notification-retention.hold',
  `select account_id as "accountId" from notification_box where account_id = any($1::bigint[])
    order by account_id for update skip locked`,
);

const DUE = statement(
  'notification-retention.due',
  `select n.id, n.account_id as "accountId", n.shown, n.unread from notification n
    where n.id = any($3::bigint[]) and n.account_id = any($4::bigint[]) and ${IS_DUE}`,
);

const REMOVE = statement('notification-retention.remove', 'delete from notification where id = any($1::bigint[])');

const COUNT = statement(
  'notification-retention.count',
  `update notification_box set unread = unread - $2, total = total - $3, version = version + 1
    where account_id = any($1::bigint[])`,
);

/** Notifications that have had their time. */
@Injectable()
export class RetentionRepository {
  constructor(private readonly database: Database) {}

  /** The oldest after an id, due or not. */
  next({ read, any }: Cutoffs, after: number, limit: number): Promise<OldRow[]> {
    return this.database.rows<OldRow>(NEXT, [read, any, after, limit]);
  }

  /** Those of these readers whose boxes are held from now on, until the unit of work ends. */
  async hold(accountIds: readonly number[]): Promise<number[]> {
    const rows = await this.database.rows<{ accountId: number }>(HOLD, [accountIds]);
    return rows.map(({ accountId }) => accountId);
  }

  /** Removes those of `ids` that are due and of these readers, whose boxes are held; gives what they were. */
  async remove({ read, any }: Cutoffs, ids: readonly number[], accountIds: readonly number[]): Promise<RemovedRow[]> {
    if (accountIds.length === 0) return [];
    const rows = await this.database.rows<RemovedRow & { id: number }>(DUE, [read, any, ids, accountIds]);
    if (rows.length > 0) await this.database.execute(REMOVE, [rows.map(({ id }) => id)]);
    return rows;
  }

  async count({ accountIds, unread, total }: Loss): Promise<void> {
    await this.database.execute(COUNT, [accountIds, unread, total]);
  }
}
