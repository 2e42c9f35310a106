import { Injectable } from '@nestjs/common';
import type { Currency } from '../../common/price';
import { PurchaseDraft } from '../purchase/purchase.draft';
import { unfitTier } from '../purchase/purchase.errors';
import { SeatService } from '../purchase/seat.service';
import { SubscriptionRepository } from '../purchase/subscription.repository';
import type { GuestCheckoutRow } from './guest-checkout.repository';
import type { Offer } from './guest-offer';
import { openSlot } from './guest.rules';

/** Tiers as guests buy them: a purchase that is nobody's yet. Only inside a unit of work. */
@Injectable()
export class GuestTiers {
  constructor(
    private readonly seats: SeatService,
    private readonly drafts: PurchaseDraft,
    private readonly subscriptions: SubscriptionRepository,
  ) {}

  /** The tier is held until the transaction ends. */
  async offer(
    emailKey: string,
    kind: 'recurring' | 'oneTime',
    tierId: number,
    currency: Currency | undefined,
  ): Promise<Omit<Offer, 'tierId' | 'commissionId'>> {
    const seat = await this.seats.take(null, tierId, currency);
    const { price, tier } = seat;
    if (price === undefined) throw unfitTier('This tier is free: there is nothing to pay.');
    return {
      slot: openSlot(emailKey, kind, `${tierId}:${price.id}`),
      currency: price.currency,
      isOpen: (known) => this.isOpen(known),
      draft: async () => {
        await this.seats.requireRoom(null, tier);
        const purchase = { accountId: null, tierId, kind: kind === 'oneTime' ? 'one_time' : 'recurring' } as const;
        const { id: subscriptionId, orderId, mandateId } = await this.drafts.draft(purchase, seat);
        return { subscriptionId, orderId, mandateId };
      },
    };
  }

  private async isOpen({ subscriptionId }: GuestCheckoutRow): Promise<boolean> {
    const row = subscriptionId === null ? undefined : await this.subscriptions.lock(subscriptionId);
    return row?.status === 'created' && row.liveSlot !== null;
  }
}
