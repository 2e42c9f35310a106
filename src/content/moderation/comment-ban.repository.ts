import { Injectable } from '@nestjs/common';
import { offsetOf, type PageRequest } from '../../common/page';
import { Database, statement } from '../../infra/database/database';

/** The `creator_id` of a ban that an administrator has put on all pages. */
export const EVERYWHERE = 0;

export interface BanRow {
  readonly account_id: number;
  readonly username: string;
  readonly profile_pic: string;
  readonly reason: string;
  readonly banned_by: number;
  readonly created_at: Date;
}

// Waits for the comments that the account is writing, and those that it begins to write wait for the ban.
const LOCK_ACCOUNT = statement('comment-ban.lock-account', 'select id from account where id = $1 for update');

const ADD = statement(
  'comment-ban.add',
  `insert into comment_ban (creator_id, account_id, reason, banned_by, created_at) values ($1, $2, $3, $4, $5)
   on conflict (creator_id, account_id) do nothing`,
  'insert ignore into comment_ban (creator_id, account_id, reason, banned_by, created_at) values ($1, $2, $3, $4, $5)',
);

const REMOVE = statement('comment-ban.remove', 'delete from comment_ban where creator_id = $1 and account_id = $2');

const REASON = statement(
  'comment-ban.reason',
  `select reason from comment_ban where account_id = $2 and creator_id in (${EVERYWHERE}, $1)
    order by creator_id limit 1`,
);

const VIEW = `select b.account_id, a.username, a.profile_pic, b.reason, b.banned_by, b.created_at
  from comment_ban b join account a on a.id = b.account_id`;

const ONE = statement('comment-ban.one', `${VIEW} where b.creator_id = $1 and b.account_id = $2`);

const PAGE = statement(
  'comment-ban.page',
  `${VIEW} where b.creator_id = $1 order by b.created_at desc, b.account_id desc limit $2 offset $3`,
);

const COUNT = statement('comment-ban.count', 'select count(*) as count from comment_ban where creator_id = $1');

const FORGET_BY = statement('comment-ban.forget-by', 'delete from comment_ban where creator_id = $1');

const FORGET_OF = statement('comment-ban.forget-of', 'delete from comment_ban where account_id = $1');

@Injectable()
export class CommentBanRepository {
  constructor(private readonly database: Database) {}

  /** False where there is no such account. */
  async lockAccount(accountId: number): Promise<boolean> {
    return (await this.database.first(LOCK_ACCOUNT, [accountId])) !== undefined;
  }

  /** False where there is one already: it stays as it is. */
  async add(creatorId: number, accountId: number, reason: string, by: number, now: Date): Promise<boolean> {
    return (await this.database.execute(ADD, [creatorId, accountId, reason, by, now])).affected > 0;
  }

  async remove(creatorId: number, accountId: number): Promise<boolean> {
    return (await this.database.execute(REMOVE, [creatorId, accountId])).affected > 0;
  }

  /** Why the account may not comment on the creator's posts; undefined where it may. */
  async reason(creatorId: number, accountId: number): Promise<string | undefined> {
    return (await this.database.first<{ reason: string }>(REASON, [creatorId, accountId]))?.reason;
  }

  one(creatorId: number, accountId: number): Promise<BanRow | undefined> {
    return this.database.first<BanRow>(ONE, [creatorId, accountId]);
  }

  /** Newest first. */
  async page(creatorId: number, page: PageRequest): Promise<[BanRow[], number]> {
    const [bans, counted] = await Promise.all([
      this.database.rows<BanRow>(PAGE, [creatorId, page.size, offsetOf(page)]),
      this.database.first<{ count: number }>(COUNT, [creatorId]),
    ]);
    return [bans, counted?.count ?? 0];
  }

  /** Those it had given and those given to it. */
  async forgetAccount(accountId: number): Promise<void> {
    await this.database.execute(FORGET_BY, [accountId]);
    await this.database.execute(FORGET_OF, [accountId]);
  }
}
