import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { Database, statement } from '../../infra/database/database';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { PostPublished } from '../events/post-published.event';
import { PostCounterRepository } from './post-counter.repository';

interface DueRow {
  readonly id: number;
  readonly creatorId: number;
  readonly announced: boolean | number;
}

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

// Rows that another instance has in hand are passed over.
const DUE = statement(
  'post-listing.due',
  `select id, creator_id as "creatorId", announced from post
    where counted = false and listed and publish_at <= $1 order by publish_at limit $2 for update skip locked`,
);

const COUNT = statement('post-listing.count', 'update post set counted = true, announced = true where id = any($1)');

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
  /** Counts up to `limit` posts that have come due, and tells `post-published` of them. How many there were. */
  async settleDue(now: Date, limit: number): Promise<number> {
    const due = await this.database.rows<DueRow>(DUE, [now, limit]);
    if (due.length === 0) return 0;
    await this.database.execute(COUNT, [due.map(({ id }) => id)]);
    for (const { id, creatorId, announced } of due) {
      if (!announced) await this.outbox.publish(new PostPublished({ post_id: id, creator_id: creatorId }));
    }
    // In one order everywhere, so that two batches never wait for each other.
    const creators = [...new Set(due.map(({ creatorId }) => creatorId))].sort((a, b) => a - b);
    for (const creator of creators) {
      await this.counters.add(creator, due.filter(({ creatorId }) => creatorId === creator).length);
    }
    return due.length;
  }
}
