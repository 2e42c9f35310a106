import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { notFound } from '../../common/domain-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { ReactionCountRepository } from '../like/reaction-count.repository';
import { ModerationLogRepository } from '../moderation/moderation-log.repository';
import { type CommentHead, CommentRepository } from './comment.repository';

const BATCH = 100;

/** Takes comments away, and out of the count, under the lock of the post's row. */
@Injectable()
export class CommentRemovalService {
  constructor(
    private readonly comments: CommentRepository,
    private readonly counts: ReactionCountRepository,
    private readonly log: ModerationLogRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** What somebody else deletes stands in the trail. */
  async remove(id: number, postId: number, actorId: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      await this.counts.lockPosts([postId]);
      const comment = await this.comments.head(id);
      if (comment === undefined || comment.state === 'deleted') throw notFound();
      if (comment.author_id !== actorId) await this.record(comment, actorId);
      await this.take(comment);
    });
  }

  /** In batches. Repeatable. */
  async forgetAccount(accountId: number): Promise<void> {
    for (;;) {
      const comments = await this.comments.someOf(accountId, BATCH);
      await this.unitOfWork.run(() => this.takeAll(comments));
      if (comments.length < BATCH) return;
    }
  }

  /** Asks again, under the lock, what is still there. */
  private async takeAll(comments: readonly CommentHead[]): Promise<void> {
    await this.counts.lockPosts(comments.map(({ post_id }) => post_id));
    for (const { id, author_id } of comments) {
      const comment = await this.comments.head(id);
      if (comment?.author_id === author_id) await this.take(comment);
    }
  }

  private async take(comment: CommentHead): Promise<void> {
    await this.comments.remove(comment, this.clock.now());
    if (comment.state === 'visible') await this.counts.addComments(comment.post_id, -1);
  }

  private record({ id, creator_id, author_id }: CommentHead, actorId: number): Promise<void> {
    const about = { subjectKind: 'comment', subjectId: id, creatorId: creator_id, accountId: author_id } as const;
    return this.log.add({ actorId, action: 'delete', ...about, reason: '' }, this.clock.now());
  }
}
