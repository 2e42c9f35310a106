import { Injectable } from '@nestjs/common';
import { NOW, VIEWER, type Viewer, viewing } from '../../content/access/post-access.service';
import { type PostRow, postRows } from '../../content/post/post-view.service';
import { Database, statement } from '../../infra/database/database';
import { toMysql } from '../../infra/database/mysql-text';
import { creatorsOfMember } from '../../subscription/membership/entitlement.service';
import { offsetOf, type PageRequest } from '../../common/page';
import type { PostPageRequest } from '../page/post-page.rules';
import { chosen, countOfListed, listedPosts } from '../page/post-page.statements';

const MEMBER_OF = creatorsOfMember(VIEWER, NOW);

/** Whoever closed the account is left out here and not after the page is made, which would end the feed too early. */
const CREATORS = {
  all: `select a.id as creator_id from (select fo.creator_id from follow fo where fo.follower_id = ${VIEWER}
      union ${MEMBER_OF}) s join account a on a.id = s.creator_id`,
  ofMember: `select a.id as creator_id from (select distinct m.creator_id from (${MEMBER_OF}) m) s
      join account a on a.id = s.creator_id`,
};

const FEED = listedPosts('feed', CREATORS);

// Of the placeholders of the access policy the last, IS_ADMIN, has no part in what is listed.
const COUNT = statement('feed.count', `select ${countOfListed(CREATORS)} as count`);

/** Drafts first, where PostgreSQL puts what has no time. $4 = how many, $5 = how many before them. */
const own = (undated: (post: string) => string): string =>
  postRows(
    `select p.id from post p where p.creator_id = ${VIEWER}
       order by ${undated('p')} p.publish_at desc, p.id desc limit $4 offset $5`,
    `${undated('v')} v.publish_at desc, v.id desc`,
  );

const OWN = statement(
  'feed.own',
  own(() => ''),
  toMysql(own((post) => `${post}.publish_at is null desc,`)),
);

/** What isn't counted is what isn't out: drafts, scheduled and withdrawn posts. */
const OWN_COUNT = statement(
  'feed.own-count',
  `select coalesce((select post_count from creator_counter where account_id = $1), 0)
     + (select count(*) from post where creator_id = $1 and counted = false) as count`,
);

@Injectable()
export class HomeRepository {
  constructor(private readonly database: Database) {}

  /** The listed posts of those whom the viewer follows or is a member of, and one more than a page. */
  page(viewer: Viewer, now: Date, request: PostPageRequest): Promise<PostRow[]> {
    const [text, values] = chosen(FEED, request);
    return this.database.rows<PostRow>(text, [...viewing(viewer, now), ...values]);
  }

  count({ accountId }: Viewer, now: Date): Promise<number> {
    return this.number(COUNT, [accountId, now]);
  }

  own(viewer: Viewer, now: Date, page: PageRequest): Promise<PostRow[]> {
    return this.database.rows<PostRow>(OWN, [...viewing(viewer, now), page.size, offsetOf(page)]);
  }

  ownCount({ accountId }: Viewer): Promise<number> {
    return this.number(OWN_COUNT, [accountId]);
  }

  private async number(text: typeof COUNT, values: unknown[]): Promise<number> {
    return Number((await this.database.first<{ count: number | string }>(text, values))?.count);
  }
}
