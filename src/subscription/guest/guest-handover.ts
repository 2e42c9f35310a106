import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { isReplaceable } from '../purchase/purchase.rules';
import { PurchaseSettler } from '../purchase/purchase.settler';
import { SubscriptionRepository } from '../purchase/subscription.repository';
import { TipService } from '../tip/tip.service';
import type { GuestCheckoutRow } from './guest-checkout.repository';
import { GuestGoods } from './guest-goods.service';
import { GuestReturn } from './guest-return';

/** What a guest has bought becomes an account's. Inside a unit of work that holds account, tier and checkout. */
@Injectable()
export class GuestHandover {
  constructor(
    private readonly subscriptions: SubscriptionRepository,
    private readonly settler: PurchaseSettler,
    private readonly returns: GuestReturn,
    private readonly tips: TipService,
    private readonly goods: GuestGoods,
    private readonly clock: Clock,
  ) {}

  async give(checkout: GuestCheckoutRow, accountId: number): Promise<void> {
    const { kind, orderId } = checkout;
    if (kind === 'recurring' || kind === 'oneTime') return this.giveTier(checkout, accountId);
    if (orderId === null) throw new Error(`The guest’s checkout ${checkout.id} has lost its order`);
    if (kind === 'tip') await this.tips.assign(orderId, accountId);
    else await this.goods.claim(orderId, accountId);
  }

  /** An account has one purchase that counts in a tier: what comes beside it, or is its own tier, goes back. */
  private async giveTier(checkout: GuestCheckoutRow, accountId: number): Promise<void> {
    const { subscriptionId } = checkout;
    const waiting = subscriptionId === null ? undefined : await this.subscriptions.lock(subscriptionId);
    if (waiting === undefined) throw new Error(`The guest’s checkout ${checkout.id} has lost its purchase`);
    const purchase = { ...waiting, accountId, openedAt: this.clock.now() };
    const hasRoom = purchase.creatorId !== accountId && (await this.makeRoom(accountId, purchase.tierId));
    if (hasRoom) await this.settler.bring(purchase);
    else await this.returns.give(checkout, purchase, 'owned');
  }

  private async makeRoom(accountId: number, tierId: number): Promise<boolean> {
    const live = await this.subscriptions.lockLive(accountId, tierId);
    const now = live && (await this.settler.bring(live));
    if (now === undefined || now.liveSlot === null) return true;
    if (!isReplaceable(now)) return false;
    await this.settler.retire(now);
    return true;
  }
}
