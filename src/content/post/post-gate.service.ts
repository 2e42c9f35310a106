import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { Database, statement } from '../../infra/database/database';
import { isOpen, isVisible, type Viewer, viewing } from '../access/post-access.service';

export interface PostGate {
  /** The account whose post it is. */
  readonly creatorId: number;
  /** Whether the viewer may read it, and so like it and comment on it. */
  readonly open: boolean;
  readonly likeCount: number;
}

// What is left of a closed account is not there, until it is removed.
const LOOK = statement(
  'post.look',
  `select p.creator_id as "creatorId", ${isOpen('p')} as open, p.like_count as "likeCount"
     from post p join account a on a.id = p.creator_id where p.id = $4 and ${isVisible('p')}`,
);

const LOCK = statement('post.lock', 'select id from post where id = $1 for update');

/** What a viewer may do with a post, in one query. */
@Injectable()
export class PostGateService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Undefined where the viewer may not even know of it: a 404. Where it isn't open: a 403. */
  async look(postId: number, viewer: Viewer): Promise<PostGate | undefined> {
    const values = [...viewing(viewer, this.clock.now()), postId];
    const row = await this.database.first<PostGate>(LOOK, values);
    // Booleans are 0 or 1 on MySQL.
    return row && { ...row, open: Boolean(row.open) };
  }

  /** Holds the post's row until the unit of work ends. False where there is none. */
  async lock(postId: number): Promise<boolean> {
    return (await this.database.first(LOCK, [postId])) !== undefined;
  }
}
