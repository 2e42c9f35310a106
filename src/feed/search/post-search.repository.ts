import { Injectable } from '@nestjs/common';
import { offsetOf, type PageRequest } from '../../common/page';
import { isListed, isOpen, type Viewer, viewing } from '../../content/access/post-access.service';
import { type PostRow, postRows } from '../../content/post/post-view.service';
import { Database, statement } from '../../infra/database/database';
import { toMysql } from '../../infra/database/mysql-text';
import { mysqlQuery, postgresQuery } from './post-query.rules';

/** How many matches are ranked and counted: the newest. */
export const MOST_MATCHES = 1000;

export interface Matches {
  /** Of one page, the best first. */
  readonly ids: readonly number[];
  readonly count: number;
}

const QUERY = `(plainto_tsquery('simple', $4) && to_tsquery('simple', $5))`;
const TITLE = `ts_filter(d.document, '{a}')`;

/** $6 = how many, $7 = how many before them. */
const page = (matches: string): string =>
  `select m.id, count(*) over () as count from (${matches}) m
    order by m.score desc, m.publish_at desc, m.id desc limit $6 offset $7`;

/**
 * Of a post that is locked for the viewer the title only is there: neither the match nor the rank knows of its text.
 * The index finds the posts by all that they say; from the newest on they are looked at until there are enough.
 */
const MATCHES = statement(
  'post-search.matches',
  page(`select o.id, o.publish_at, ts_rank(case when o.open then o.document else o.title end, ${QUERY}) as score
      from (select p.id, p.publish_at, ${isOpen('p')} as open, d.document, ${TITLE} as title
          from (select s.post_id from post_search s where s.document @@ ${QUERY} order by s.post_id desc) f
          cross join lateral (select s.document from post_search s where s.post_id = f.post_id limit 1) d
          cross join lateral (select q.* from post q where q.id = f.post_id limit 1) p
          join account a on a.id = p.creator_id
          where ${isListed('p')} and (${isOpen('p')} or ${TITLE} @@ ${QUERY})
          order by f.post_id desc limit ${MOST_MATCHES}) o`),
  toMysql(
    page(`select o.id, o.publish_at, case when o.open then 2 * o.title_score + o.score else 2 * o.title_score end as score
      from (select p.id, p.publish_at, ${isOpen('p')} as open,
            match (d.title) against ($4 in boolean mode) as title_score,
            match (d.document) against ($4 in boolean mode) as score
          from post_search d join post p on p.id = d.post_id join account a on a.id = p.creator_id
          where match (d.document) against ($4 in boolean mode) and ${isListed('p')}
            and (${isOpen('p')} or match (d.title) against ($4 in boolean mode))
          order by d.post_id desc limit ${MOST_MATCHES}) o`),
  ),
);

const POSTS = statement(
  'post-search.posts',
  postRows(`select p.id from post p where p.id = any($4::bigint[]) and ${isListed('p')}`, 'v.id'),
);

@Injectable()
export class PostSearchRepository {
  constructor(private readonly database: Database) {}

  /** Listed posts that hold every word of the text. */
  async matches(text: string, viewer: Viewer, now: Date, request: PageRequest): Promise<Matches> {
    const { words, beginning } = postgresQuery(text);
    const query = this.database.dialect === 'postgres' ? words : mysqlQuery(text);
    const values = [...viewing(viewer, now), query, beginning, request.size, offsetOf(request)];
    const rows = await this.database.rows<{ id: number; count: number }>(MATCHES, values);
    return { ids: rows.map(({ id }) => id), count: rows[0]?.count ?? 0 };
  }

  /** In the order of the ids. */
  async posts(ids: readonly number[], viewer: Viewer, now: Date): Promise<PostRow[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.rows<PostRow>(POSTS, [...viewing(viewer, now), ids]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }
}
