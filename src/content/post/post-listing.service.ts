import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { Database, statement } from '../../infra/database/database';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { PostPublished } from '../events/post-published.event';
import { PostCounterRepository } from './post-counter.repository';

interface ListingRow {
  readonly creatorId: number;
  /** Booleans are 0 or 1 on MySQL. */
  readonly listed: boolean | number;
  readonly due: boolean | number;
  readonly counted: boolean | number;
  readonly announced: boolean | number;
}

/** What `post.listed` should be. */
const LISTED = `not p.is_draft and p.hidden_at is null
  and (p.visibility <> 'tiers' or exists (select 1 from post_tier pt where pt.post_id = p.id))`;

const STATE = statement(
  'post-listing.state',
  `select p.creator_id as "creatorId", ${LISTED} as listed, coalesce(p.publish_at <= $2, false) as due, p.counted,
      p.announced
     from post p where p.id = $1 for update`,
);

const SET = statement('post-listing.set', 'update post set listed = $2, counted = $3, announced = $4 where id = $1');

/** Keeps `listed`, `counted` and the creator's number of posts true to what a post has become. */
@Injectable()
export class PostListingService {
  constructor(
    private readonly database: Database,
    private readonly counters: PostCounterRepository,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  /**
   * To be called in the unit of work that has changed whether the post is a draft, hidden, for whom it is or when it
   * is out, after that change and with the post's row locked. Tells `post-published` when it comes out at last.
   */
  async settle(postId: number): Promise<void> {
    const row = await this.database.first<ListingRow>(STATE, [postId, this.clock.now()]);
    if (row === undefined) return;
    const listed = Boolean(row.listed);
    const counted = listed && Boolean(row.due);
    const announced = counted || Boolean(row.announced);
    await this.database.execute(SET, [postId, listed, counted, announced]);
    const step = Number(counted) - Number(row.counted);
    if (step !== 0) await this.counters.add(row.creatorId, step);
    if (announced && !row.announced) {
      await this.outbox.publish(new PostPublished({ post_id: postId, creator_id: row.creatorId }));
    }
  }
}
