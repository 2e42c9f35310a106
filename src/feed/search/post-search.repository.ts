import { Injectable } from '@nestjs/common';
import { offsetOf, type PageRequest } from '../../common/page';
import { isListed, isOpen, type Viewer, viewing } from '../../content/access/post-access.service';
import { type PostRow, postRows } from '../../content/post/post-view.service';
import { Database, replanned } from '../../infra/database/database';
import { toMysql } from '../../infra/database/mysql-text';
import { mysqlQuery, postgresQuery } from './post-query.rules';

/** How many matches are ranked and counted: the newest. */
export const MOST_MATCHES = 1000;

/** A post that was found, and how many were. */
export interface MatchRow extends PostRow {
  readonly match_count: number;
}

const QUERY = `(plainto_tsquery('simple', $4) && to_tsquery('simple', $5))`;

/** $6 = how many, $7 = how many before them. */
const page = (matches: string): string =>
  postRows(
    `select m.id, m.score, count(*) over () as match_count from (${matches}) m
      order by m.score desc, m.publish_at desc, m.id desc limit $6 offset $7`,
    'v.score desc, v.publish_at desc, v.id desc',
    ['score', 'match_count'],
  );

/**
 * Of a post that is locked for the viewer the title only is there: neither the match, nor the rank, nor what fits below
 * the limit knows of its text, and of what is not out nothing at all. Planned for each text anew: the newest posts that
 * hold a common word are read from the end of the table, those that hold a rare one are found by the index.
 */
const MATCHES = replanned(
  'post-search.matches',
  page(`select o.id, o.publish_at, ts_rank(case when o.open then o.document else o.title end, ${QUERY}) as score
      from (select p.id, p.publish_at, p.open, s.document, ts_filter(s.document, '{a}') as title
          from post_search s
          cross join lateral (select q.id, q.publish_at, q.creator_id, ${isOpen('q')} as open from post q
            where q.id = s.post_id and ${isListed('q')} limit 1) p
          where s.document @@ ${QUERY} and (p.open or ts_filter(s.document, '{a}') @@ ${QUERY})
            and exists (select 1 from account a where a.id = p.creator_id limit 1 offset 0)
          order by s.post_id desc limit ${MOST_MATCHES}) o`),
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

@Injectable()
export class PostSearchRepository {
  constructor(private readonly database: Database) {}

  /** A page of the listed posts that hold every word of the text, the best first. */
  matches(text: string, viewer: Viewer, now: Date, request: PageRequest): Promise<MatchRow[]> {
    const { words, beginning } = postgresQuery(text);
    const query = this.database.dialect === 'postgres' ? words : mysqlQuery(text);
    const values = [...viewing(viewer, now), query, beginning, request.size, offsetOf(request)];
    return this.database.rows<MatchRow>(MATCHES, values);
  }
}
