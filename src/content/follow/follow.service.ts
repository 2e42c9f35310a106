import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { notAuthenticated } from '../../common/domain-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { Followed } from '../events/followed.event';
import type { FollowResponse } from './dto/follow.response';
import { followsOneself, unknownCreator, type FollowedAs } from './follow.errors';
import { FollowRepository, type FollowState } from './follow.repository';

const BATCH = 200;

/** Who follows whom, behind both of its surfaces; `as` says which one words the refusals. */
@Injectable()
export class FollowService {
  constructor(
    private readonly follows: FollowRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  async state(followerId: number, creatorId: number, as: FollowedAs): Promise<FollowResponse> {
    const { following } = await this.look(followerId, creatorId, as);
    return { following: Boolean(following) };
  }

  set(followerId: number, creatorId: number, following: boolean, as: FollowedAs): Promise<FollowResponse> {
    return following ? this.follow(followerId, creatorId, as) : this.unfollow(followerId, creatorId, as);
  }

  /** Repeatable: a follow counts once. */
  async follow(followerId: number, creatorId: number, as: FollowedAs): Promise<FollowResponse> {
    if (followerId === creatorId) throw followsOneself(as);
    const added = await this.unitOfWork.run(async () => {
      const isNew = await this.follows.add(followerId, creatorId, this.clock.now());
      if (isNew) await this.outbox.publish(new Followed({ follower_id: followerId, creator_id: creatorId }));
      return isNew;
    });
    // Credentials outlive a closed account by minutes.
    if (!added && !(await this.look(followerId, creatorId, as)).known) throw notAuthenticated();
    return { following: true };
  }

  /** Repeatable. Also ends the following of somebody who is a creator no more. */
  async unfollow(followerId: number, creatorId: number, as: FollowedAs): Promise<FollowResponse> {
    const removed = await this.unitOfWork.run(() => this.follows.remove(followerId, creatorId));
    if (!removed) await this.look(followerId, creatorId, as);
    return { following: false };
  }

  /** Both ways, in batches. Repeatable. */
  async forgetAccount(accountId: number): Promise<void> {
    while ((await this.unitOfWork.run(() => this.removeFollowed(accountId))) === BATCH);
    while ((await this.unitOfWork.run(() => this.follows.removeFollowers(accountId, BATCH))) === BATCH);
    await this.follows.forgetCounter(accountId);
  }

  private async look(followerId: number, creatorId: number, as: FollowedAs): Promise<FollowState> {
    const state = await this.follows.state(followerId, creatorId);
    if (state === undefined) throw unknownCreator(as, creatorId);
    return state;
  }

  /** By creator, so that two accounts closed at once lock the counters in one order. */
  private async removeFollowed(accountId: number): Promise<number> {
    const creators = await this.follows.followedBy(accountId, BATCH);
    for (const creatorId of creators) await this.follows.remove(accountId, creatorId);
    return creators.length;
  }
}
