import { Injectable } from '@nestjs/common';
import { type Viewer, viewing } from '../../content/access/post-access.service';
import { Database, statement } from '../../infra/database/database';
import type { BellRow } from './bell-item.rules';
import { BELL_COLUMNS, bellJoins } from './bell.statements';

export interface Counts {
  readonly unread: number;
  readonly total: number;
}

export interface BellPage extends Counts {
  /** Of the list: the newest that are unread and the newest that are read, each at most as many as asked for. */
  readonly rows: readonly BellRow[];
}

type CountedRow = Partial<BellRow> & { readonly unreadCount: number; readonly allCount: number };

// The order is that of the index alone: by the id only, PostgreSQL might walk the primary key through everybody's. What is
// read and what is not come apart, so that no row comes twice.
const newest = (unread: boolean): string => `select n.id from notification n
  where n.account_id between $1 and $1 and n.shown = true and n.unread = ${unread} and n.id < $4
  order by n.account_id desc, n.shown desc, n.unread desc, n.id desc limit $5`;

const LIST = statement(
  'bell.list',
  `select b.unread as "unreadCount", b.total as "allCount", i.* from notification_box b
     left join (select ${BELL_COLUMNS}
         from ((${newest(true)}) union all (${newest(false)})) chosen join notification n on n.id = chosen.id
         ${bellJoins()}) i on 1 = 1
    where b.account_id = $1 order by i.id desc`,
);

const SINCE = statement(
  'bell.since',
  `select b.unread as "unreadCount", b.total as "allCount", i.* from notification_box b
     left join (select ${BELL_COLUMNS} from notification n ${bellJoins()}
       where n.account_id between $1 and $1 and n.shown = true and n.id > $4
       order by n.account_id, n.shown, n.id limit $5) i on 1 = 1
    where b.account_id = $1 order by i.id`,
);

const NEWEST_ID = statement(
  'bell.newest-id',
  `select n.id from notification n where n.account_id between $1 and $1 and n.shown = true
    order by n.account_id desc, n.shown desc, n.id desc limit 1`,
);

const VERSIONS = statement(
  'bell.versions',
  'select account_id as "accountId", version from notification_box where account_id = any($1::bigint[])',
);

const COUNTS = statement('bell.counts', 'select unread, total from notification_box where account_id = $1');

const HOLD = statement(
  'bell.hold',
  'select account_id, unread, total from notification_box where account_id = $1 for update',
);

const SET = statement(
  'bell.set',
  'update notification set unread = $3 where id = $2 and account_id = $1 and shown = true and unread <> $3',
);

const IS_THERE = statement(
  'bell.is-there',
  'select id from notification where id = $2 and account_id = $1 and shown = true',
);

const READ_THESE = statement(
  'bell.read-these',
  'update notification set unread = false where account_id = $1 and id = any($2::bigint[]) and unread = true',
);

const SOME_UNREAD = statement(
  'bell.some-unread',
  `select id from notification where account_id between $1 and $1 and shown = true and unread = true and id <= $2
    order by account_id desc, shown desc, unread desc, id desc limit $3`,
);

const REMOVED = statement(
  'bell.unread-of',
  'select unread from notification where id = $2 and account_id = $1 and shown = true',
);

// A mark of it stays, so that its fact, told again, tells nothing: until it has had its time, as what was read.
const REMOVE = statement(
  'bell.remove',
  `update notification set shown = false, unread = false, mail = 'off' where id = $2 and account_id = $1`,
);

const COUNT = statement(
  'bell.count',
  `update notification_box set unread = unread + $2, total = total + $3, version = version + 1 where account_id = $1`,
);

/** What is in somebody's bell. */
@Injectable()
export class BellRepository {
  constructor(private readonly database: Database) {}

  /** Lists and counters in one query. */
  async list(viewer: Viewer, now: Date, below: number, max: number): Promise<BellPage> {
    return pageOf(await this.database.rows<CountedRow>(LIST, [...viewing(viewer, now), below, max]));
  }

  /** What came after a notification, oldest first, and the counters. */
  async since(viewer: Viewer, now: Date, id: number, limit: number): Promise<BellPage> {
    return pageOf(await this.database.rows<CountedRow>(SINCE, [...viewing(viewer, now), id, limit]));
  }

  /** 0 where there is none. */
  async newestId(accountId: number): Promise<number> {
    return (await this.database.first<{ id: number }>(NEWEST_ID, [accountId]))?.id ?? 0;
  }

  /** A number of each box that grows with every change; of those that nobody ever told anything there is none. */
  async versions(accountIds: readonly number[]): Promise<Map<number, number>> {
    const rows = await this.database.rows<{ accountId: number; version: number }>(VERSIONS, [accountIds]);
    return new Map(rows.map(({ accountId, version }) => [accountId, version]));
  }

  async counts(accountId: number): Promise<Counts> {
    return (await this.database.first<Counts>(COUNTS, [accountId])) ?? { unread: 0, total: 0 };
  }

  /** Holds the reader's box until the unit of work ends: of all that follows the first. False: nothing was ever told. */
  async hold(accountId: number): Promise<boolean> {
    return (await this.database.first(HOLD, [accountId])) !== undefined;
  }

  /** Whether that changed it. */
  async set(accountId: number, id: number, unread: boolean): Promise<boolean> {
    return (await this.database.execute(SET, [accountId, id, unread])).affected > 0;
  }

  async isThere(accountId: number, id: number): Promise<boolean> {
    return (await this.database.first(IS_THERE, [accountId, id])) !== undefined;
  }

  /** Of some of a reader's notifications: how many were unread until now. */
  async readThese(accountId: number, ids: readonly number[]): Promise<number> {
    if (ids.length === 0) return 0;
    return (await this.database.execute(READ_THESE, [accountId, ids])).affected;
  }

  /** The newest of those up to `newest`. */
  async someUnread(accountId: number, newestId: number, limit: number): Promise<number[]> {
    const rows = await this.database.rows<{ id: number }>(SOME_UNREAD, [accountId, newestId, limit]);
    return rows.map(({ id }) => id);
  }

  /** Whether it was unread; undefined where it was not there. */
  async remove(accountId: number, id: number): Promise<boolean | undefined> {
    const row = await this.database.first<{ unread: boolean | number }>(REMOVED, [accountId, id]);
    if (row !== undefined) await this.database.execute(REMOVE, [accountId, id]);
    return row && Boolean(row.unread);
  }

  /** Changes the counters by so many. */
  async count(accountId: number, unread: number, total: number): Promise<void> {
    await this.database.execute(COUNT, [accountId, unread, total]);
  }
}

function pageOf(rows: readonly CountedRow[]): BellPage {
  const [first] = rows;
  return { unread: first?.unreadCount ?? 0, total: first?.allCount ?? 0, rows: rows.filter(isRow) };
}

function isRow(row: CountedRow): row is CountedRow & BellRow {
  return row.id !== null && row.id !== undefined;
}
