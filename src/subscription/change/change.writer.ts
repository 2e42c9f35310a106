import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { MandateService } from '../../payment/mandate/mandate.service';
import { MandatePlanService } from '../../payment/mandate/mandate-plan.service';
import { PurchaseDraft } from '../purchase/purchase.draft';
import { isOver } from '../purchase/purchase.rules';
import { planKeyOf } from '../purchase/plan-key.rules';
import { PurchaseSettler } from '../purchase/purchase.settler';
import { SubscriptionRepository, type SubscriptionRow } from '../purchase/subscription.repository';
import type { Offer } from './change-quote.service';
import { type ChangeRow, type NewChange, SubscriptionChangeRepository } from './subscription-change.repository';

/** Writes what a member wants. Only inside a unit of work that holds both tiers and the purchase. */
@Injectable()
export class ChangeWriter {
  constructor(
    private readonly changes: SubscriptionChangeRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly purchases: PurchaseSettler,
    private readonly drafts: PurchaseDraft,
    private readonly mandates: MandateService,
    private readonly plans: MandatePlanService,
    private readonly clock: Clock,
  ) {}

  /** The gateway hears of it afterwards. */
  async begin(offer: Offer): Promise<ChangeRow> {
    const { row, tier, price, how, applies, appliesAt, token } = offer;
    const successor = how === 'new_mandate' ? await this.successor(offer) : undefined;
    if (how === 'update' && row.mandateId !== null) {
      const plan = { planKey: planKeyOf(price.id), planName: tier.name, amount: price.amount };
      await this.plans.want(row.mandateId, { ...plan, when: applies });
    }
    const now = this.clock.now();
    const change: NewChange = {
      ...{ subscriptionId: row.id, tierId: tier.id, priceId: price.id, amount: price.amount, currency: price.currency },
      ...{
        how,
        applies,
        appliesAt,
        quote: token,
        state: 'open' as const,
        openSlot: row.id,
        successorId: successor?.id ?? null,
      },
      paidBefore: row.mandateId === null ? 0 : (await this.mandates.get(row.mandateId)).paidCount,
      createdAt: now,
      updatedAt: now,
    };
    return { ...change, id: await this.changes.add(change) };
  }

  /** The price stays, and what was authorised for the new one is cancelled. Gives the mandate that has to hear of it. */
  async callOff(row: SubscriptionRow, { id, how, successorId }: ChangeRow): Promise<number | null> {
    await this.changes.change(id, { state: 'called_off', openSlot: null, updatedAt: this.clock.now() });
    if (how === 'update') {
      if (row.mandateId !== null) await this.plans.keep(row.mandateId);
      return row.mandateId;
    }
    const successor = successorId === null ? undefined : await this.subscriptions.lock(successorId);
    if (successor === undefined || isOver(successor)) return null;
    return (await this.purchases.retire(successor)).mandateId;
  }

  /** The purchase that is to take the place of the present one; an open checkout of the tier makes room for it. */
  private async successor({ accountId, tier, price, appliesAt }: Offer): Promise<SubscriptionRow> {
    const open = await this.subscriptions.lockLive(accountId, tier.id);
    if (open !== undefined) await this.purchases.retire(open);
    const startAt = appliesAt ?? undefined;
    return this.drafts.draft({ accountId, tierId: tier.id, kind: 'recurring', startAt }, { tier, price });
  }
}
