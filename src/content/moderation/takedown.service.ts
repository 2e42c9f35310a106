import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { notFound } from '../../common/domain-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { PostListingService } from '../post/post-listing.service';
import { TakedownResponse } from './dto/moderation.response';
import { ModerationLogRepository } from './moderation-log.repository';
import { TakedownRepository } from './takedown.repository';

/** Withdraws posts: but for their authors and administrators they are not there. */
@Injectable()
export class TakedownService {
  constructor(
    private readonly posts: TakedownRepository,
    private readonly listing: PostListingService,
    private readonly log: ModerationLogRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Repeatable: the first reason stands. */
  async set(id: number, hidden: boolean, reason: string, actorId: number): Promise<TakedownResponse> {
    await this.unitOfWork.run(async () => {
      const post = await this.posts.lock(id);
      if (post === undefined) throw notFound();
      if ((post.hidden_at !== null) === hidden) return;
      const now = this.clock.now();
      await this.posts.setHidden(id, hidden ? now : null);
      await this.listing.settle(id);
      const { creator_id: creatorId } = post;
      const about = { subjectKind: 'post', subjectId: id, creatorId, accountId: creatorId } as const;
      await this.log.add({ actorId, action: hidden ? 'hide' : 'unhide', ...about, reason }, now);
    });
    return { id, hidden };
  }
}
