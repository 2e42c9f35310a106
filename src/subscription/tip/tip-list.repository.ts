import { Injectable } from '@nestjs/common';
import { offsetOf, type PageRequest } from '../../common/page';
import { Database, statement } from '../../infra/database/database';
import type { TipStatus } from './tip.entity';

/** A tip as everybody may read it: what its payer keeps to himself has not left the database. */
export interface WallRecord {
  readonly name: string;
  readonly message: string;
  readonly amount: number | null;
  readonly currency: string | null;
  readonly profilePic: string;
  readonly paidAt: Date;
}

/** A tip as its payer reads it. */
export interface TipRecord {
  readonly id: number;
  readonly username: string;
  readonly profilePic: string;
  readonly message: string;
  readonly amount: number;
  readonly currency: string;
  readonly anonymous: boolean;
  readonly hideAmount: boolean;
  readonly status: TipStatus;
  readonly createdAt: Date;
}

const WALL = statement(
  'tip.wall',
  `select case when t.anonymous then '' else coalesce(nullif(t.name, ''), a.username, '') end as name, t.message,
     case when t.hide_amount then null else t.amount end as amount,
     case when t.hide_amount then null else t.currency end as currency,
     case when t.anonymous then '' else coalesce(a.profile_pic, '') end as "profilePic", t.paid_at as "paidAt"
   from tip t left join account a on a.id = t.account_id
   where t.creator_id = $1 and t.status = 'paid' order by t.paid_at desc, t.id desc limit $2 offset $3`,
);
const WALL_COUNT = statement(
  'tip.wall-count',
  `select count(*) as count from tip t where t.creator_id = $1 and t.status = 'paid'`,
);
const CREATOR = statement('tip.wall-creator', 'select id from account where id = $1 and is_creator');

const SENT = `from tip t left join account a on a.id = t.creator_id
  where t.account_id = $1 and t.status in ('paid', 'refunded')`;
const OWN = statement(
  'tip.sent',
  `select t.id, coalesce(a.username, '') as username, coalesce(a.profile_pic, '') as "profilePic", t.message, t.amount,
     t.currency, t.anonymous, t.hide_amount as "hideAmount", t.status, t.created_at as "createdAt"
   ${SENT} order by t.id desc limit $2 offset $3`,
);
const OWN_COUNT = statement('tip.sent-count', `select count(*) as count ${SENT}`);

@Injectable()
export class TipListRepository {
  constructor(private readonly database: Database) {}

  async isCreator(accountId: number): Promise<boolean> {
    return (await this.database.first(CREATOR, [accountId])) !== undefined;
  }

  /** Newest first. */
  async wall(creatorId: number, page: PageRequest): Promise<[WallRecord[], number]> {
    return this.page<WallRecord>(WALL, WALL_COUNT, creatorId, page);
  }

  /** Newest first. */
  async sent(accountId: number, page: PageRequest): Promise<[TipRecord[], number]> {
    const [rows, count] = await this.page<TipRecord>(OWN, OWN_COUNT, accountId, page);
    // Booleans are 0 or 1 on MySQL.
    return [
      rows.map((row) => ({ ...row, anonymous: Boolean(row.anonymous), hideAmount: Boolean(row.hideAmount) })),
      count,
    ];
  }

  private async page<T>(rows: typeof WALL, count: typeof WALL, id: number, page: PageRequest): Promise<[T[], number]> {
    const [found, counted] = await Promise.all([
      this.database.rows<T>(rows, [id, page.size, offsetOf(page)]),
      this.database.first<{ count: number }>(count, [id]),
    ]);
    return [found, counted?.count ?? 0];
  }
}
