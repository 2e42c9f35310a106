import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';

const ADD = statement(
  'post-counter.add',
  `insert into creator_counter (account_id, post_count) values ($1, $2)
   on conflict (account_id) do update set post_count = creator_counter.post_count + excluded.post_count`,
  `insert into creator_counter (account_id, post_count) values ($1, $2)
   on duplicate key update post_count = post_count + values(post_count)`,
);

const FORGET = statement('post-counter.forget', 'delete from creator_counter where account_id = $1');

/** How many posts of a creator are out. Only inside the unit of work that changes it. */
@Injectable()
export class PostCounterRepository {
  constructor(private readonly database: Database) {}

  async add(creatorId: number, posts: number): Promise<void> {
    await this.database.execute(ADD, [creatorId, posts]);
  }

  async forget(creatorId: number): Promise<void> {
    await this.database.execute(FORGET, [creatorId]);
  }
}
