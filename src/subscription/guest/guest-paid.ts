import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { PayerService } from '../../payment/payment/payer.service';
import { MembershipRepository } from '../membership/membership.repository';
import { SubscriptionRepository } from '../purchase/subscription.repository';
import { GuestCheckoutRepository, type GuestCheckoutRow } from './guest-checkout.repository';
import { GuestReturn } from './guest-return';
import { waitingSlot } from './guest.rules';

/** Notes that a guest's checkout is paid. */
@Injectable()
export class GuestPaid {
  constructor(
    private readonly checkouts: GuestCheckoutRepository,
    private readonly memberships: MembershipRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly payers: PayerService,
    private readonly returns: GuestReturn,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The checkout that waits now; undefined where it does not, or not any more. Repeatable. */
  async book(checkoutId: number): Promise<GuestCheckoutRow | undefined> {
    return this.unitOfWork.run(async () => {
      const known = await this.checkouts.byId(checkoutId);
      const tierId = known?.tierId ?? null;
      if (tierId !== null) await this.memberships.lockTier(tierId);
      const checkout = await this.checkouts.lock(checkoutId);
      if (checkout === undefined) return undefined;
      if (checkout.claimedBy !== null) await this.payers.bind(checkout, checkout.claimedBy);
      if (checkout.claimedBy !== null || checkout.returnedAt !== null) return undefined;
      return checkout.paidAt === null ? this.first(checkout) : checkout;
    });
  }

  /**
   * A mailbox waits for one purchase in a tier: like a member it has one, and what is paid beside it goes back. So does
   * what was paid when it was over.
   */
  private async first(checkout: GuestCheckoutRow): Promise<GuestCheckoutRow | undefined> {
    const { id, tierId, emailKey, subscriptionId } = checkout;
    const slot = tierId === null || emailKey === null ? null : waitingSlot(emailKey, tierId);
    const other = slot === null ? undefined : await this.checkouts.lockBySlot(slot);
    const isSecond = other !== undefined && (await this.counts(other));
    const purchase = subscriptionId === null ? undefined : await this.subscriptions.lock(subscriptionId);
    if (purchase !== undefined && (isSecond || purchase.endedAt !== null)) {
      await this.returns.give(checkout, purchase, isSecond ? 'owned' : 'over');
      return undefined;
    }
    if (other !== undefined) await this.checkouts.change(other.id, { slot: null });
    const now = this.clock.now();
    const paid = { slot, paidAt: now, updatedAt: now };
    await this.checkouts.change(id, paid);
    return { ...checkout, ...paid };
  }

  /** What was paid back or has ended makes room. */
  private async counts({ subscriptionId }: GuestCheckoutRow): Promise<boolean> {
    const row = subscriptionId === null ? undefined : await this.subscriptions.lock(subscriptionId);
    return row !== undefined && row.liveSlot !== null;
  }
}
