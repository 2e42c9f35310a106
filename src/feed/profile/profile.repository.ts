import { Injectable } from '@nestjs/common';
import { NOW, VIEWER, type Viewer, viewing } from '../../content/access/post-access.service';
import type { PostRow } from '../../content/post/post-view.service';
import type { JsonList } from '../../infra/database/json-column';
import { Database, statement } from '../../infra/database/database';
import { creatorsOfMember } from '../../subscription/membership/entitlement.service';
import { MOST_TIERS } from '../../subscription/tier/tier.service';
import type { PostPageRequest } from '../page/post-page.rules';
import { chosen, countOfListed, listedPosts } from '../page/post-page.statements';

/** Booleans are 0 or 1 on MySQL. */
export interface ProfileRow {
  readonly id: number;
  readonly username: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly bio: string;
  readonly profile_pic: string;
  readonly is_creator: boolean | number;
  readonly is_private: boolean | number;
  readonly follower_count: number;
  /** Listed for the viewer. */
  readonly post_count: number | string;
  readonly following: boolean | number;
  readonly tiers: JsonList<TierTuple>;
}

export type TierTuple = [
  id: number,
  name: string,
  description: string,
  prices: string,
  isPublic: boolean | number,
  rank: number,
];

const creatorsOf = (creator: string) => ({
  all: `select pa.id as creator_id from account pa where pa.id = ${creator}`,
  ofMember: `select distinct m.creator_id from (${creatorsOfMember(VIEWER, NOW)}) m where m.creator_id = ${creator}`,
});

const POSTS = listedPosts('profile.posts', creatorsOf('$7'));

/** $1 and $2 as in the access policy, $3 = whose: IS_ADMIN has no part in what is listed. */
const PROFILE = statement(
  'profile.read',
  `select a.id, a.username, a.first_name, a.last_name, a.bio, a.profile_pic, a.is_creator, a.is_private,
      coalesce((select n.follower_count from creator_counter n where n.account_id = a.id), 0) as follower_count,
      ${countOfListed(creatorsOf('$3'))} as post_count,
      exists (select 1 from follow fo where fo.follower_id = $1 and fo.creator_id = a.id) as following,
      (select json_agg(json_build_array(t.id, t.name, t.description, t.prices, t.is_public, t.price_rank))
        from (select * from tier s where s.creator_id = $3 and s.archived_at is null
          order by s.price_rank, s.id limit ${MOST_TIERS}) t)::text as tiers
    from account a where a.id = $3 and a.is_active`,
);

@Injectable()
export class ProfileRepository {
  constructor(private readonly database: Database) {}

  /** Undefined where there is no active account. */
  profile(id: number, { accountId }: Viewer, now: Date): Promise<ProfileRow | undefined> {
    return this.database.first<ProfileRow>(PROFILE, [accountId, now, id]);
  }

  /** The creator's listed posts, and one more than a page. */
  posts(creatorId: number, viewer: Viewer, now: Date, request: PostPageRequest): Promise<PostRow[]> {
    const [text, values] = chosen(POSTS, request);
    return this.database.rows<PostRow>(text, [...viewing(viewer, now), ...values, creatorId]);
  }
}
