import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';

const LOCK = statement(
  'reaction-count.lock',
  'select id from post where id = any($1::bigint[]) order by id for update',
);

const LIKES = statement('reaction-count.likes', 'update post set like_count = like_count + $2 where id = $1');

const COMMENTS = statement(
  'reaction-count.comments',
  'update post set comment_count = comment_count + $2 where id = $1',
);

/** How many likes and comments a post has. Only inside the unit of work that changes them, with the post's row locked. */
@Injectable()
export class ReactionCountRepository {
  constructor(private readonly database: Database) {}

  /** In one order, so that two who lock several posts don't wait for each other. */
  async lockPosts(postIds: readonly number[]): Promise<void> {
    if (postIds.length > 0) await this.database.execute(LOCK, [[...new Set(postIds)]]);
  }

  async addLikes(postId: number, likes: number): Promise<void> {
    await this.database.execute(LIKES, [postId, likes]);
  }

  async addComments(postId: number, comments: number): Promise<void> {
    await this.database.execute(COMMENTS, [postId, comments]);
  }
}
