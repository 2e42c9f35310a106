import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import type { Principal } from '../../common/current-user';
import { forbidden, notAuthenticated, notFound } from '../../common/domain-error';
import { mapPage, MOST_PAGED, type Page, pageOf, type PageRequest, parseShallowPage } from '../../common/page';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import type { Made } from '../../infra/http/created';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { type Viewer, viewerOf } from '../access/post-access.service';
import { unknownPk } from '../content.errors';
import { Liked } from '../events/liked.event';
import { type PostGate, PostGateService } from '../post/post-gate.service';
import type { LikeQuery } from './dto/like.request';
import { LikeResponse } from './dto/like.response';
import { LikeRepository, type LikeRow } from './like.repository';
import { ReactionCountRepository } from './reaction-count.repository';

/** Likes of posts. `post.like_count` changes with the like, under the lock of the post's row. */
@Injectable()
export class LikeService {
  constructor(
    private readonly likes: LikeRepository,
    private readonly counts: ReactionCountRepository,
    private readonly gate: PostGateService,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  /** Repeatable: somebody's like counts once. */
  async like(postId: number, user: Principal): Promise<Made<LikeResponse>> {
    const post = await this.gate.look(postId, viewerOf(user));
    if (post === undefined) throw unknownPk('content', postId);
    if (!post.open) throw forbidden();
    return this.unitOfWork.run(() => this.give(postId, post.creatorId, user.accountId));
  }

  /** Those of a post, or the caller's own: the newest MOST_PAGED. */
  async find(query: LikeQuery, user: Principal | undefined, url: URL): Promise<Page<LikeResponse>> {
    const page = parseShallowPage(query);
    const [rows, count] = await this.page(query.content, user, page);
    return mapPage(pageOf(rows, Math.min(count, MOST_PAGED), page, url), LikeResponse.of);
  }

  /** One's own, taken back or not, or one of a post that is open to the caller. */
  async get(id: number, user: Principal | undefined): Promise<LikeResponse> {
    const row = await this.likes.byId(id);
    if (row === undefined) throw notFound();
    if (row.account_id === user?.accountId) return LikeResponse.of(row);
    if (!row.liked) throw notFound();
    await this.expectOpen(row.post_id, viewerOf(user));
    return LikeResponse.of(row);
  }

  /** To take a like back the post need not be open any more; to give it, it must. */
  async change(id: number, liked: boolean | undefined, user: Principal): Promise<LikeResponse> {
    const like = await this.likes.own(id, user.accountId);
    if (like === undefined) throw notFound();
    if (liked === true) await this.expectOpen(like.post_id, viewerOf(user));
    if (liked !== undefined) await this.unitOfWork.run(() => this.set(id, like.post_id, liked));
    return this.get(id, user);
  }

  async remove(id: number, user: Principal): Promise<void> {
    const like = await this.likes.own(id, user.accountId);
    if (like === undefined) throw notFound();
    await this.unitOfWork.run(async () => {
      await this.counts.lockPosts([like.post_id]);
      await this.removeLocked([id]);
    });
  }

  /** In batches. Repeatable. */
  async forgetAccount(accountId: number): Promise<void> {
    const batch = 200;
    for (;;) {
      const likes = await this.likes.someOf(accountId, batch);
      await this.unitOfWork.run(async () => {
        await this.counts.lockPosts(likes.map(({ post_id }) => post_id));
        await this.removeLocked(likes.map(({ id }) => id));
      });
      if (likes.length < batch) return;
    }
  }

  /** Two queries: the post with its count, and its likes; or the caller's own with theirs. */
  private async page(
    postId: number | undefined,
    user: Principal | undefined,
    page: PageRequest,
  ): Promise<[LikeRow[], number]> {
    if (postId !== undefined) {
      const { likeCount } = await this.expectOpen(postId, viewerOf(user));
      return [await this.likes.ofPost(postId, page), likeCount];
    }
    if (user === undefined) throw notAuthenticated();
    return this.likes.ofAccount(user.accountId, page);
  }

  private async expectOpen(postId: number, viewer: Viewer): Promise<PostGate> {
    const post = await this.gate.look(postId, viewer);
    if (post === undefined) throw notFound();
    if (!post.open) throw forbidden();
    return post;
  }

  private async give(postId: number, creatorId: number, accountId: number): Promise<Made<LikeResponse>> {
    const now = this.clock.now();
    if (!(await this.gate.lock(postId))) throw unknownPk('content', postId);
    const id = await this.likes.add(postId, accountId, creatorId, now);
    const isNew = id !== undefined;
    const counts = isNew || (await this.likes.giveAgain(postId, accountId, now));
    const counted = counts ? this.counts.addLikes(postId, 1) : undefined;
    const [row] = await Promise.all([this.likes.ofPostBy(postId, accountId), counted]);
    // Credentials outlive a closed account by minutes.
    if (row === undefined) throw notAuthenticated();
    if (isNew) {
      const fact = { like_id: id, post_id: postId, creator_id: creatorId, account_id: accountId };
      await this.outbox.publish(new Liked(fact));
    }
    return { isNew, value: LikeResponse.of(row) };
  }

  private async set(id: number, postId: number, liked: boolean): Promise<void> {
    await this.counts.lockPosts([postId]);
    if (await this.likes.set(id, liked, this.clock.now())) await this.counts.addLikes(postId, liked ? 1 : -1);
  }

  /** Asks again, under the lock, which of them are there and count. */
  private async removeLocked(ids: readonly number[]): Promise<void> {
    const likes = await this.likes.among(ids);
    await this.likes.removeThese(likes.map(({ id }) => id));
    for (const { post_id, liked } of likes) {
      if (liked) await this.counts.addLikes(post_id, -1);
    }
  }
}
