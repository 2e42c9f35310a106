import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { MembershipRepository } from '../membership/membership.repository';
import { SubscriptionRepository } from '../purchase/subscription.repository';
import { GuestCheckoutRepository } from './guest-checkout.repository';
import { GuestReturn } from './guest-return';
import { isWaiting } from './guest.rules';

const BATCH = 100;

/** What waits for guests when its creator leaves goes back to them: it never opened anything. */
@Injectable()
export class GuestLeaving {
  constructor(
    private readonly checkouts: GuestCheckoutRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly memberships: MembershipRepository,
    private readonly returns: GuestReturn,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Repeatable. */
  async returnAllIn(creatorId: number): Promise<void> {
    for (;;) {
      const ids = await this.checkouts.waitingIn(creatorId, BATCH);
      for (const id of ids) await this.giveBack(id);
      if (ids.length < BATCH) return;
    }
  }

  private async giveBack(id: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      const tierId = (await this.checkouts.byId(id))?.tierId ?? null;
      if (tierId !== null) await this.memberships.lockTier(tierId);
      const checkout = await this.checkouts.lock(id);
      if (checkout === undefined || checkout.subscriptionId === null || !isWaiting(checkout)) return;
      const purchase = await this.subscriptions.lock(checkout.subscriptionId);
      if (purchase !== undefined) await this.returns.give(checkout, purchase, 'over');
    });
  }
}
