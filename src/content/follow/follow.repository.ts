import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';

/** On MySQL 0 or 1. */
export interface FollowState {
  readonly following: boolean | number;
  /** Whether the follower has an account. */
  readonly known: boolean | number;
}

// Both accounts stay until the transaction ends: closing one waits, and finds the follow.
const ADD = statement(
  'follow.add',
  `insert into follow (follower_id, creator_id, created_at)
   select f.id, c.id, $3 from account f join account c on c.id = $2 and c.is_creator where f.id = $1 for key share
   on conflict (follower_id, creator_id) do nothing`,
  `insert ignore into follow (follower_id, creator_id, created_at)
   select f.id, c.id, $3 from account f join account c on c.id = $2 and c.is_creator where f.id = $1 lock in share mode`,
);

const REMOVE = statement('follow.remove', 'delete from follow where follower_id = $1 and creator_id = $2');

const STATE = statement(
  'follow.state',
  `select exists (select 1 from follow f where f.follower_id = $1 and f.creator_id = c.id) as following,
      exists (select 1 from account a where a.id = $1) as known
     from account c where c.id = $2 and c.is_creator`,
);

const COUNT_UP = statement(
  'follow.count-up',
  `insert into creator_counter (account_id, follower_count, post_count) values ($1, 1, 0)
   on conflict (account_id) do update set follower_count = creator_counter.follower_count + 1`,
  `insert into creator_counter (account_id, follower_count, post_count) values ($1, 1, 0)
   on duplicate key update follower_count = follower_count + 1`,
);

const COUNT_DOWN = statement(
  'follow.count-down',
  'update creator_counter set follower_count = follower_count - 1 where account_id = $1 and follower_count > 0',
);

const FOLLOWED_BY = statement(
  'follow.followed-by',
  'select creator_id from follow where follower_id = $1 order by creator_id limit $2',
);

const FOLLOWERS_OF = statement(
  'follow.followers-of',
  'select follower_id from follow where creator_id = $1 order by created_at, follower_id limit $2',
);

const REMOVE_FOLLOWERS = statement(
  'follow.remove-followers',
  'delete from follow where creator_id = $1 and follower_id = any($2::bigint[])',
);

const FORGET_COUNTER = statement('follow.forget-counter', 'delete from creator_counter where account_id = $1');

@Injectable()
export class FollowRepository {
  constructor(private readonly database: Database) {}

  /** Undefined where there is no such creator. */
  state(followerId: number, creatorId: number): Promise<FollowState | undefined> {
    return this.database.first<FollowState>(STATE, [followerId, creatorId]);
  }

  /** False where nothing changed: it is so already, or one of the two is not there, or is no creator. */
  async add(followerId: number, creatorId: number, now: Date): Promise<boolean> {
    const { affected } = await this.database.execute(ADD, [followerId, creatorId, now]);
    if (affected > 0) await this.database.execute(COUNT_UP, [creatorId]);
    return affected > 0;
  }

  /** False where there was nothing to end. */
  async remove(followerId: number, creatorId: number): Promise<boolean> {
    const { affected } = await this.database.execute(REMOVE, [followerId, creatorId]);
    if (affected > 0) await this.database.execute(COUNT_DOWN, [creatorId]);
    return affected > 0;
  }

  async followedBy(accountId: number, limit: number): Promise<number[]> {
    const rows = await this.database.rows<{ creator_id: number }>(FOLLOWED_BY, [accountId, limit]);
    return rows.map(({ creator_id }) => creator_id);
  }

  /** At most `limit` of them; how many there were. */
  async removeFollowers(creatorId: number, limit: number): Promise<number> {
    const rows = await this.database.rows<{ follower_id: number }>(FOLLOWERS_OF, [creatorId, limit]);
    const ids = rows.map(({ follower_id }) => follower_id);
    if (ids.length > 0) await this.database.execute(REMOVE_FOLLOWERS, [creatorId, ids]);
    return ids.length;
  }

  async forgetCounter(accountId: number): Promise<void> {
    await this.database.execute(FORGET_COUNTER, [accountId]);
  }
}
