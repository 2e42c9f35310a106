import { Injectable } from '@nestjs/common';
import { AccountClosed, type AccountClosedPayload } from '../auth/events/account-closed.event';
import { OnFact } from '../infra/outbox/on-fact';
import { MembershipService } from './membership/membership.service';
import { PurchaseEndService } from './purchase/purchase-end.service';
import { TierService } from './tier/tier.service';
import { TipService } from './tip/tip.service';

/** Nothing of a closed account is removed here: payments hang on it. What is charged every month ends. */
@Injectable()
export class SubscriptionListener {
  constructor(
    private readonly memberships: MembershipService,
    private readonly tiers: TierService,
    private readonly purchases: PurchaseEndService,
    private readonly tips: TipService,
  ) {}

  @OnFact(AccountClosed.topic, 'subscription.account-closed')
  async close({ account_id }: AccountClosedPayload): Promise<void> {
    await this.purchases.endAllOf(account_id);
    await this.tips.forget(account_id);
    await this.memberships.endAllOf(account_id);
    // First the tiers, so that meanwhile nobody is given one.
    await this.tiers.archiveAllOf(account_id);
    await this.purchases.endAllIn(account_id);
    await this.memberships.endAllIn(account_id);
  }
}
