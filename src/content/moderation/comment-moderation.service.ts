import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import type { Principal } from '../../common/current-user';
import { forbidden, notFound } from '../../common/domain-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { CommentRepository } from '../comment/comment.repository';
import { isModerator, mayHide, mayUnhide } from '../comment/comment.rules';
import { CommentService } from '../comment/comment.service';
import { type CommentRow, CommentViewRepository } from '../comment/comment-view.repository';
import { CommentResponse } from '../comment/dto/comment.response';
import { ReactionCountRepository } from '../like/reaction-count.repository';
import { ModerationLogRepository } from './moderation-log.repository';

const BATCH = 100;

/** Hides comments and brings them back; each time with who did it, and why. */
@Injectable()
export class CommentModerationService {
  constructor(
    private readonly reader: CommentService,
    private readonly view: CommentViewRepository,
    private readonly comments: CommentRepository,
    private readonly counts: ReactionCountRepository,
    private readonly log: ModerationLogRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Repeatable: the first reason stands, unless a moderator comes after the author of the post. */
  async hide(id: number, reason: string, user: Principal): Promise<CommentResponse> {
    const row = await this.found(id, user);
    if (!mayHide(user, row)) throw forbidden();
    await this.unitOfWork.run(async () => {
      await this.counts.lockPosts([row.post_id]);
      await this.insist(row, reason, user);
      await this.hideLocked([id], user.accountId, reason);
    });
    return this.shown(id, user);
  }

  /** Repeatable. */
  async unhide(id: number, reason: string, user: Principal): Promise<CommentResponse> {
    const row = await this.found(id, user);
    if (!mayHide(user, row)) throw forbidden();
    await this.unitOfWork.run(() => this.unhideLocked(row, reason, user));
    return this.shown(id, user);
  }

  /**
   * What the account has written on the posts of a creator, or of all; in batches. Everywhere is for moderators: what the
   * authors of the posts had hidden becomes theirs as well.
   */
  async hideAll(accountId: number, creatorId: number | undefined, actorId: number, reason: string): Promise<void> {
    for (;;) {
      const comments =
        creatorId === undefined
          ? await this.comments.notHiddenForGood(accountId, actorId, BATCH)
          : await this.comments.visibleOf(accountId, creatorId, BATCH);
      const ids = comments.map(({ id }) => id);
      await this.unitOfWork.run(async () => {
        await this.counts.lockPosts(comments.map(({ post_id }) => post_id));
        if (creatorId === undefined) await this.insistLocked(ids, actorId, reason);
        await this.hideLocked(ids, actorId, reason);
      });
      if (comments.length < BATCH) return;
    }
  }

  private async hideLocked(ids: readonly number[], actorId: number, reason: string): Promise<void> {
    if (ids.length === 0) return;
    const shares = await this.comments.visibleShares(ids);
    await this.log.addHiding(ids, 'visible', actorId, reason, this.clock.now());
    await this.comments.hideThese(ids);
    for (const { post_id, count } of shares) await this.counts.addComments(post_id, -count);
  }

  private async insistLocked(ids: readonly number[], actorId: number, reason: string): Promise<void> {
    if (ids.length === 0) return;
    const theirs = await this.comments.hiddenByCreator(ids, actorId);
    if (theirs.length > 0) await this.log.addHiding(theirs, 'hidden', actorId, reason, this.clock.now());
  }

  /** So that the author of the post can't bring back what a moderator wants hidden as well. */
  private async insist(row: CommentRow, reason: string, user: Principal): Promise<void> {
    const { id, creator_id } = row;
    if (creator_id === user.accountId || (await this.comments.head(id))?.state !== 'hidden') return;
    if ((await this.log.hiddenBy(id)) === creator_id) await this.record('hide', row, reason, user);
  }

  private async unhideLocked(row: CommentRow, reason: string, user: Principal): Promise<void> {
    const { id, post_id } = row;
    await this.counts.lockPosts([post_id]);
    const comment = await this.comments.head(id);
    if (comment?.state !== 'hidden') return;
    if (!mayUnhide(user, row, await this.log.hiddenBy(id))) throw forbidden();
    await this.comments.move(id, 'hidden', 'visible');
    await this.counts.addComments(post_id, 1);
    await this.record('unhide', row, reason, user);
  }

  private record(action: 'hide' | 'unhide', row: CommentRow, reason: string, user: Principal): Promise<void> {
    const about = {
      subjectKind: 'comment',
      subjectId: row.id,
      creatorId: row.creator_id,
      accountId: row.author_id,
    } as const;
    return this.log.add({ actorId: user.accountId, action, ...about, reason }, this.clock.now());
  }

  /** Moderators reach what they may not read. */
  private async found(id: number, user: Principal): Promise<CommentRow> {
    const row = isModerator(user)
      ? await this.view.one(id, { accountId: user.accountId, seesHidden: true })
      : await this.reader.readable(id, user);
    if (row === undefined || row.state === 'deleted') throw notFound();
    return row;
  }

  private async shown(id: number, user: Principal): Promise<CommentResponse> {
    return CommentResponse.of(await this.found(id, user));
  }
}
