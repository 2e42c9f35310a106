import { Injectable } from '@nestjs/common';
import { NOW, VIEWER, type Viewer, viewing } from '../../content/access/post-access.service';
import type { PostRow } from '../../content/post/post-view.service';
import { Database, statement } from '../../infra/database/database';
import { creatorsOfMember } from '../../subscription/membership/entitlement.service';
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

@Injectable()
export class HomeRepository {
  constructor(private readonly database: Database) {}

  /** The listed posts of those whom the viewer follows or is a member of, and one more than a page. */
  page(viewer: Viewer, now: Date, request: PostPageRequest): Promise<PostRow[]> {
    const [text, values] = chosen(FEED, request);
    return this.database.rows<PostRow>(text, [...viewing(viewer, now), ...values]);
  }

  async count({ accountId }: Viewer, now: Date): Promise<number> {
    return Number((await this.database.first<{ count: number | string }>(COUNT, [accountId, now]))?.count);
  }
}
