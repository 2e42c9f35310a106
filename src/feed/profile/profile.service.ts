import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { notFound } from '../../common/domain-error';
import { mapPage, type Page } from '../../common/page';
import type { Viewer } from '../../content/access/post-access.service';
import { type PostView, PostViewService, type PriceView } from '../../content/post/post-view.service';
import { listOf } from '../../infra/database/json-column';
import { parsePostPage, postPage, type PostPageQuery, type PostPageRequest } from '../page/post-page.rules';
import type { PrivateProfileResponse, UserProfileResponse, ProfileTier } from './dto/profile.response';
import { ProfileRepository, type ProfileRow, type TierTuple } from './profile.repository';

@Injectable()
export class ProfileService {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly views: PostViewService,
    private readonly clock: Clock,
  ) {}

  /** A creator's in two queries, anybody else's in one. */
  async read(
    id: number,
    viewer: Viewer,
    query: PostPageQuery,
    url: URL,
  ): Promise<UserProfileResponse | PrivateProfileResponse> {
    const request = parsePostPage(query);
    const now = this.clock.now();
    const row = await this.profiles.profile(id, viewer, now);
    if (row === undefined) throw notFound();
    if (row.is_private && !row.is_creator && viewer.accountId !== id && !viewer.isAdmin) {
      return { id, username: row.username, profile_pic: row.profile_pic };
    }
    return profileOf(row, await this.posts(row, viewer, now, request, url));
  }

  private async posts(
    { id, is_creator, post_count }: ProfileRow,
    viewer: Viewer,
    now: Date,
    request: PostPageRequest,
    url: URL,
  ): Promise<Page<PostView>> {
    const found = is_creator ? await this.profiles.posts(id, viewer, now, request) : [];
    const page = postPage(found, is_creator ? Number(post_count) : 0, request, url);
    return mapPage(page, (post) => this.views.of(post, now));
  }
}

function profileOf(row: ProfileRow, posts: Page<PostView>): UserProfileResponse {
  return {
    id: row.id,
    username: row.username,
    first_name: row.first_name,
    last_name: row.last_name,
    bio: row.bio,
    profile_pic: row.profile_pic,
    is_creator: Boolean(row.is_creator),
    follower_count: row.follower_count,
    post_count: posts.count,
    following: Boolean(row.following),
    tiers: tiersOf(row.tiers),
    posts,
  };
}

function tiersOf(json: ProfileRow['tiers']): ProfileTier[] {
  return listOf<TierTuple>(json)
    .sort(([id, , , , , rank], [otherId, , , , , otherRank]) => rank - otherRank || id - otherId)
    .map(([id, name, description, prices, isPublic]) => ({
      id,
      name,
      description,
      prices: listOf<PriceView>(prices),
      is_public: Boolean(isPublic),
    }));
}
