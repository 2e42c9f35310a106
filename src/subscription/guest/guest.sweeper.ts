import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { PeriodicJob } from '../../infra/periodic/periodic-job';
import { MembershipRepository } from '../membership/membership.repository';
import { PurchaseSettler } from '../purchase/purchase.settler';
import { SubscriptionRepository } from '../purchase/subscription.repository';
import { GuestCheckoutRepository } from './guest-checkout.repository';
import { UNPAID_LIFE_MS } from './guest.rules';

const BATCH = 100;

/** Ends the checkouts that no guest has paid, and forgets whom they were for. What is paid after all is paid back. */
@Injectable()
export class GuestSweeper extends PeriodicJob {
  protected readonly everyMs = 3_600_000;

  constructor(
    private readonly checkouts: GuestCheckoutRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly memberships: MembershipRepository,
    private readonly settler: PurchaseSettler,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Gives how many. */
  async run(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - UNPAID_LIFE_MS);
    for (let swept = 0; ;) {
      let progress = 0;
      for (const id of await this.checkouts.unpaid(before, BATCH)) if (await this.forget(id)) progress += 1;
      swept += progress;
      if (progress < BATCH) return swept;
    }
  }

  /** False where it is paid, or is about to be: the news of that is on the way. */
  private forget(id: number): Promise<boolean> {
    return this.unitOfWork.run(async () => {
      const known = await this.checkouts.byId(id);
      const tierId = known?.tierId ?? null;
      if (tierId !== null) await this.memberships.lockTier(tierId);
      const checkout = await this.checkouts.lock(id);
      if (checkout === undefined || checkout.paidAt !== null) return false;
      const { subscriptionId } = checkout;
      const purchase = subscriptionId === null ? undefined : await this.subscriptions.lock(subscriptionId);
      if (purchase !== undefined && purchase.liveSlot !== null) {
        if (purchase.status !== 'created') return false;
        await this.settler.retire(purchase);
      }
      await this.checkouts.remove(id);
      return true;
    });
  }
}
