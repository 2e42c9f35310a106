import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import type { Principal } from '../../common/current-user';
import { forbidden, notAuthenticated } from '../../common/domain-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { viewerOf } from '../access/post-access.service';
import { unknownPk } from '../content.errors';
import { Commented } from '../events/commented.event';
import { ReactionCountRepository } from '../like/reaction-count.repository';
import { CommentBanRepository } from '../moderation/comment-ban.repository';
import { PostGateService } from '../post/post-gate.service';
import { banned } from './comment.errors';
import { CommentRepository, type NewComment } from './comment.repository';
import type { CommentRow } from './comment-view.repository';
import type { CommentRequest } from './dto/comment.request';

/** Writes comments, and counts them under the lock of the post's row. */
@Injectable()
export class CommentWriter {
  constructor(
    private readonly comments: CommentRepository,
    private readonly counts: ReactionCountRepository,
    private readonly bans: CommentBanRepository,
    private readonly gate: PostGateService,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  /** The new comment's id. */
  async add({ content: postId, body, parent = null }: CommentRequest, user: Principal): Promise<number> {
    const post = await this.gate.look(postId, viewerOf(user));
    if (post === undefined) throw unknownPk('content', postId);
    if (!post.open) throw forbidden();
    const { creatorId } = post;
    const comment = { postId, creatorId, authorId: user.accountId, parentId: parent, body };
    return this.unitOfWork.run(() => this.addLocked(comment));
  }

  /** Who is banned can't say it in an old comment either. */
  async edit({ id, creator_id }: CommentRow, body: string, authorId: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      await this.expectAllowed(authorId, creator_id);
      if (!(await this.comments.edit(id, authorId, body, this.clock.now()))) throw forbidden();
    });
  }

  private async addLocked(comment: NewComment): Promise<number> {
    const { postId, creatorId, authorId, parentId } = comment;
    // In this order, and on their way together where the database allows it.
    const [isThere, , parent] = await Promise.all([
      this.gate.lock(postId),
      this.expectAllowed(authorId, creatorId),
      parentId === null ? undefined : this.comments.head(parentId),
    ]);
    if (!isThere) throw unknownPk('content', postId);
    if (parentId !== null && (parent?.post_id !== postId || parent.state !== 'visible')) {
      throw unknownPk('parent', parentId);
    }
    const [id] = await Promise.all([this.comments.add(comment, this.clock.now()), this.counts.addComments(postId, 1)]);
    const fact = { comment_id: id, post_id: postId, creator_id: creatorId, author_id: authorId, parent_id: parentId };
    await this.outbox.publish(new Commented(fact));
    return id;
  }

  /** The account is held before the ban is looked for: who bans holds it too, and waits for what is being written. */
  private async expectAllowed(authorId: number, creatorId: number): Promise<void> {
    const [isThere, reason] = await Promise.all([
      this.comments.holdAuthor(authorId),
      this.bans.reason(creatorId, authorId),
    ]);
    // Credentials outlive a closed account by minutes.
    if (!isThere) throw notAuthenticated();
    if (reason !== undefined) throw banned(reason);
  }
}
