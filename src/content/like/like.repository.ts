import { Injectable } from '@nestjs/common';
import { offsetOf, type PageRequest } from '../../common/page';
import { Database, statement } from '../../infra/database/database';

/** Booleans are 0 or 1 on MySQL. */
export interface LikeRow {
  readonly id: number;
  readonly post_id: number;
  readonly account_id: number;
  readonly username: string;
  readonly profile_pic: string;
  readonly liked: boolean | number;
  readonly created_at: Date;
}

export interface HeldLike {
  readonly id: number;
  readonly post_id: number;
  readonly liked: boolean | number;
}

const COLUMNS = 'post_id, account_id, creator_id, liked, created_at, updated_at';

// The account stays until the transaction ends: closing it waits, and finds the like.
const ADD = statement(
  'like.add',
  `insert into post_like (${COLUMNS})
   select $1::bigint, a.id, $3::bigint, true, $4::timestamptz, $4::timestamptz from account a where a.id = $2 for key share
   on conflict (post_id, account_id) do nothing returning id`,
  `insert ignore into post_like (${COLUMNS})
   select $1, a.id, $3, true, $4, $4 from account a where a.id = $2 lock in share mode`,
);

const GIVE_AGAIN = statement(
  'like.give-again',
  'update post_like set liked = true, updated_at = $3 where post_id = $1 and account_id = $2 and not liked',
);

const SET = statement('like.set', 'update post_like set liked = $2, updated_at = $3 where id = $1 and liked <> $2');

const HOLD = statement('like.hold', 'select id, post_id, liked from post_like where id = $1 and account_id = $2');

const VIEW = `select l.id, l.post_id, l.account_id, a.username, a.profile_pic, l.liked, l.created_at
  from post_like l join account a on a.id = l.account_id`;

const BY_ID = statement('like.by-id', `${VIEW} where l.id = $1`);

const OF_POST_BY = statement('like.of-post-by', `${VIEW} where l.post_id = $1 and l.account_id = $2`);

// An equality would let PostgreSQL walk the primary key in the hope of a hit nearby; this order only the right index has.
const OF_POST = statement(
  'like.of-post',
  `${VIEW} where l.post_id between $1 and $1 and l.liked order by l.post_id desc, l.id desc limit $2 offset $3`,
);

const OWN = statement(
  'like.own',
  `${VIEW} where l.account_id between $1 and $1 and l.liked order by l.account_id desc, l.id desc limit $2 offset $3`,
);

const OWN_COUNT = statement(
  'like.own-count',
  'select count(*) as count from post_like where account_id = $1 and liked',
);

const OF_ACCOUNT = statement(
  'like.of-account',
  'select id, post_id, liked from post_like where account_id = $1 order by id limit $2',
);

const AMONG = statement('like.among', 'select id, post_id, liked from post_like where id = any($1::bigint[])');

const REMOVE_THESE = statement('like.remove-these', 'delete from post_like where id = any($1::bigint[])');

@Injectable()
export class LikeRepository {
  constructor(private readonly database: Database) {}

  /** The new like's id; undefined where the person has a like for the post already, or no account. */
  async add(postId: number, accountId: number, creatorId: number, now: Date): Promise<number | undefined> {
    const { affected, insertId } = await this.database.execute(ADD, [postId, accountId, creatorId, now]);
    return affected > 0 ? insertId : undefined;
  }

  /** Whether it had been taken back. */
  async giveAgain(postId: number, accountId: number, now: Date): Promise<boolean> {
    return (await this.database.execute(GIVE_AGAIN, [postId, accountId, now])).affected > 0;
  }

  /** Whether that changed it. */
  async set(id: number, liked: boolean, now: Date): Promise<boolean> {
    return (await this.database.execute(SET, [id, liked, now])).affected > 0;
  }

  /** One's own. */
  own(id: number, accountId: number): Promise<HeldLike | undefined> {
    return this.database.first<HeldLike>(HOLD, [id, accountId]);
  }

  byId(id: number): Promise<LikeRow | undefined> {
    return this.database.first<LikeRow>(BY_ID, [id]);
  }

  ofPostBy(postId: number, accountId: number): Promise<LikeRow | undefined> {
    return this.database.first<LikeRow>(OF_POST_BY, [postId, accountId]);
  }

  /** Newest first. Their number stands with the post. */
  ofPost(postId: number, page: PageRequest): Promise<LikeRow[]> {
    return this.database.rows<LikeRow>(OF_POST, [postId, page.size, offsetOf(page)]);
  }

  /** Newest first. */
  async ofAccount(accountId: number, page: PageRequest): Promise<[LikeRow[], number]> {
    const [likes, counted] = await Promise.all([
      this.database.rows<LikeRow>(OWN, [accountId, page.size, offsetOf(page)]),
      this.database.first<{ count: number }>(OWN_COUNT, [accountId]),
    ]);
    return [likes, counted?.count ?? 0];
  }

  someOf(accountId: number, limit: number): Promise<HeldLike[]> {
    return this.database.rows<HeldLike>(OF_ACCOUNT, [accountId, limit]);
  }

  among(ids: readonly number[]): Promise<HeldLike[]> {
    return this.database.rows<HeldLike>(AMONG, [ids]);
  }

  async removeThese(ids: readonly number[]): Promise<void> {
    if (ids.length > 0) await this.database.execute(REMOVE_THESE, [ids]);
  }
}
