import { isEarly, isOut } from '../../content/access/post-access.service';
import { postRows } from '../../content/post/post-view.service';
import { statement, type Statement } from '../../infra/database/database';
import { toMysql } from '../../infra/database/mysql-text';
import type { PostPageRequest } from './post-page.rules';

/** The listed posts of some creators, newest first. */
export interface ListedPosts {
  readonly numbered: Statement;
  readonly after: Statement;
  readonly before: Statement;
}

/** Selects of one column `creator_id`, each at most once, after VIEWER and NOW with placeholders from $7. */
export interface Creators {
  readonly all: string;
  /** Those of them of whom the viewer is a member: only these can show a post early. */
  readonly ofMember: string;
}

interface Range {
  readonly postgres: (post: string) => string;
  /** MariaDB makes no range of a comparison of rows. */
  readonly mysql: (post: string) => string;
  readonly order: 'asc' | 'desc';
  /** How many posts of one creator a page can need. */
  readonly most: string;
  readonly limit: string;
}

const NEWEST_FIRST = 'v.publish_at desc, v.id desc';

/** $4 = how many, $5 = how many before them, $6 = both together. */
const NUMBERED: Range = {
  postgres: () => '',
  mysql: () => '',
  order: 'desc',
  most: '$6',
  limit: 'limit $4 offset $5',
};

/** $4 = how many, $5 and $6 = the place of the cursor. */
const AFTER: Range = {
  postgres: (post) => `and (${post}.publish_at, ${post}.id) < ($5, $6)`,
  mysql: (post) => `and ${post}.publish_at <= $5 and (${post}.publish_at < $5 or ${post}.id < $6)`,
  order: 'desc',
  most: '$4',
  limit: 'limit $4',
};

const BEFORE: Range = {
  postgres: (post) => `and (${post}.publish_at, ${post}.id) > ($5, $6)`,
  mysql: (post) => `and ${post}.publish_at >= $5 and (${post}.publish_at > $5 or ${post}.id > $6)`,
  order: 'asc',
  most: '$4',
  limit: 'limit $4',
};

export function listedPosts(name: string, creators: Creators): ListedPosts {
  return {
    numbered: pageStatement(`${name}.numbered`, creators, NUMBERED),
    after: pageStatement(`${name}.after`, creators, AFTER),
    before: pageStatement(`${name}.before`, creators, BEFORE),
  };
}

/** Which of them reads this page, and its values from $4 to $6: one post more than the page holds. */
export function chosen(posts: ListedPosts, { page, size, cursor }: PostPageRequest): [Statement, unknown[]] {
  const take = size + 1;
  if (cursor !== undefined) return [posts[cursor.direction], [take, cursor.publishAt, cursor.id]];
  const offset = (page - 1) * size;
  return [posts.numbered, [take, offset, offset + take]];
}

/**
 * A number: the posts that the counters know of, and those that they don't yet. These are few: what came due since a
 * job of every minute, and what the viewer may see early. So nothing is scanned, however many posts there are.
 */
export function countOfListed({ all, ofMember }: Creators): string {
  // Asked for one by one: a join would read the counters of all creators to add up fifty.
  const known = '(select n.post_count from creator_counter n where n.account_id = c.creator_id)';
  return `(select coalesce(sum(${known}), 0) from (${all}) c)
    + (select count(*) from (${all}) c join post p on p.creator_id = c.creator_id
        where p.counted = false and ${isOut('p')})
    + (select count(*) from (${ofMember}) c join post p on p.creator_id = c.creator_id
        where p.counted = false and ${isEarly('p')})`;
}

function pageStatement(name: string, creators: Creators, range: Range): Statement {
  const text = postRows(
    merged(newestOfEach(creators.all, range), creators.ofMember, range, range.postgres),
    NEWEST_FIRST,
  );
  const mysql = postRows(
    merged(newestOnMysql(creators.all, range), creators.ofMember, range, range.mysql),
    NEWEST_FIRST,
  );
  return statement(name, text, toMysql(mysql));
}

function merged(out: string, ofMember: string, { order, limit }: Range, within: Range['postgres']): string {
  return `select f.id from (
      ${out}
      union all
      select p.id, p.publish_at from (${ofMember}) c join post p on p.creator_id = c.creator_id
        where ${isEarly('p')} ${within('p')}
    ) f order by f.publish_at ${order}, f.id ${order} ${limit}`;
}

/** What it costs depends neither on the size of the table nor on that of the largest creator. */
function newestOfEach(creators: string, { postgres, order, most }: Range): string {
  return `select n.id, n.publish_at from (${creators}) c cross join lateral (
        select p.id, p.publish_at from post p where p.creator_id = c.creator_id and ${isOut('p')} ${postgres('p')}
          order by p.publish_at ${order}, p.id ${order} limit ${most}) n`;
}

/** Without LATERAL: of each creator the time of the last post that a page can need, and with it the posts. */
function newestOnMysql(creators: string, { mysql, order, most }: Range): string {
  const [from, compared, unbounded] = order === 'desc' ? ['>=', 'desc', '1000-01-01'] : ['<=', 'asc', '9999-12-31'];
  return `select p.id, p.publish_at from (
        select c.creator_id, (select q.publish_at from post q
            where q.creator_id = c.creator_id and ${isOut('q')} ${mysql('q')}
            order by q.publish_at ${compared}, q.id ${compared} limit 1 offset ${most}) as edge
          from (${creators}) c limit 1000000) b
        join post p on p.creator_id = b.creator_id and p.publish_at ${from} coalesce(b.edge, '${unbounded}')
        where ${isOut('p')} ${mysql('p')}`;
}
