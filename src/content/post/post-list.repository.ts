import { Injectable } from '@nestjs/common';
import { offsetOf, type PageRequest } from '../../common/page';
import { Database, statement } from '../../infra/database/database';
import { toMysql } from '../../infra/database/mysql-text';
import { isListed, isVisible, VIEWER, type Viewer, viewing } from '../access/post-access.service';
import { type PostRow, postRows } from './post-view.service';

/** So far the posts of all creators are counted. */
export const MOST_COUNTED = 10_000;

const NEWEST = 'v.publish_at desc, v.id desc';

const DETAIL = statement(
  'post.detail',
  postRows(`select p.id from post p where p.id = $4 and ${isVisible('p')}`, 'v.id'),
);

const OF_CREATOR = statement(
  'post.of-creator',
  postRows(
    `select p.id from post p where p.creator_id = $4 and p.publish_at is not null and ${isListed('p')}
      order by p.publish_at desc, p.id desc limit $5 offset $6`,
    NEWEST,
  ),
);

// Drafts have no time: descending, PostgreSQL begins with them, MySQL has to be told.
const ownPosts = (order: string): string =>
  postRows(
    `select p.id from post p where p.creator_id = ${VIEWER} order by ${order}p.publish_at desc, p.id desc
      limit $4 offset $5`,
    `v.publish_at is null desc, ${NEWEST}`,
  );
const OWN = statement('post.own', ownPosts(''), toMysql(ownPosts('p.publish_at is null desc, ')));

/**
 * Of all creators, in two parts that an index serves each: `counted` divides what has long been out from what has just
 * come due, waits for its time, or is open early.
 */
const partsOf = (limit: string): string => `(select p.id, p.publish_at from post p
    where p.counted = true and ${isListed('p')} order by p.publish_at desc, p.id desc limit ${limit})
  union all
  (select p.id, p.publish_at from post p
    where p.counted = false and p.publish_at is not null and ${isListed('p')})`;

const ALL = statement(
  'post.all',
  postRows(`select x.id from (${partsOf('$4')}) x order by x.publish_at desc, x.id desc limit $5 offset $6`, NEWEST),
);

const COUNT_ALL = statement(
  'post.count-all',
  `select count(*) as count from (select x.id from (${partsOf('$3')}) x limit $3) counted`,
);

const COUNT_OF_CREATOR = statement(
  'post.count-of-creator',
  `select coalesce((select c.post_count from creator_counter c where c.account_id = $3), 0)
      + (select count(*) from post p where p.creator_id = $3 and p.counted = false and p.publish_at is not null
          and ${isListed('p')}) as count`,
);

const COUNT_OWN = statement(
  'post.count-own',
  `select coalesce((select c.post_count from creator_counter c where c.account_id = $1), 0)
      + (select count(*) from post p where p.creator_id = $1 and p.counted = false) as count`,
);

/** Posts as a viewer sees them: one statement, and one for the count of a list. */
@Injectable()
export class PostListRepository {
  constructor(private readonly database: Database) {}

  byId(id: number, viewer: Viewer, now: Date): Promise<PostRow | undefined> {
    return this.database.first<PostRow>(DETAIL, [...viewing(viewer, now), id]);
  }

  ofCreator(creatorId: number, viewer: Viewer, now: Date, page: PageRequest): Promise<PostRow[]> {
    const values = [...viewing(viewer, now), creatorId, page.size, offsetOf(page)];
    return this.database.rows<PostRow>(OF_CREATOR, values);
  }

  /** The counter, and what it doesn't know of yet. */
  countOfCreator(creatorId: number, viewer: Viewer, now: Date): Promise<number> {
    return this.count(COUNT_OF_CREATOR, [viewer.accountId, now, creatorId]);
  }

  /** The viewer's own, drafts first, then what is scheduled. */
  own(viewer: Viewer, now: Date, page: PageRequest): Promise<PostRow[]> {
    return this.database.rows<PostRow>(OWN, [...viewing(viewer, now), page.size, offsetOf(page)]);
  }

  /** The counter, and the drafts and whatever else isn't out. */
  countOwn(viewer: Viewer): Promise<number> {
    return this.count(COUNT_OWN, [viewer.accountId]);
  }

  all(viewer: Viewer, now: Date, page: PageRequest): Promise<PostRow[]> {
    const offset = offsetOf(page);
    return this.database.rows<PostRow>(ALL, [...viewing(viewer, now), offset + page.size, page.size, offset]);
  }

  /** Bounded: at most MOST_COUNTED. */
  countAll(viewer: Viewer, now: Date): Promise<number> {
    return this.count(COUNT_ALL, [viewer.accountId, now, MOST_COUNTED]);
  }

  private async count(...[counted, values]: Parameters<Database['first']>): Promise<number> {
    return (await this.database.first<{ count: number }>(counted, values))?.count ?? 0;
  }
}
