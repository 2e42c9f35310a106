import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { invalid } from '../../common/domain-error';
import type { Currency } from '../../common/price';
import { sha256Hex } from '../../infra/crypto/digest';
import { MandatePlanService } from '../../payment/mandate/mandate-plan.service';
import { alreadySubscribed, notPossible, unfitTier } from '../purchase/purchase.errors';
import { isReplaceable } from '../purchase/purchase.rules';
import { SeatService } from '../purchase/seat.service';
import { SubscriptionRepository, type SubscriptionRow } from '../purchase/subscription.repository';
import { type TierRecord, TierRepository } from '../tier/tier.repository';
import type { PriceVersion } from '../tier/tier.rules';
import { type Applies, type Quote, quoteOf } from './change.rules';
import { SubscriptionChangeRepository } from './subscription-change.repository';

export interface Wish {
  readonly subscriptionId: number;
  readonly tierId: number;
  /** Undefined: more at once, less when the paid days are over. */
  readonly when?: Applies;
  /** Undefined: as the purchase, where the tier has it. */
  readonly currency?: Currency;
  /** The new price as the member knows it. */
  readonly amount?: number;
}

/** A change as a member is shown it, and agrees to it. */
export interface Offer extends Quote {
  readonly row: SubscriptionRow;
  readonly accountId: number;
  readonly fromTier: string;
  readonly tier: TierRecord;
  readonly price: PriceVersion;
  /** Stands for all of that: the same token is the same bargain. */
  readonly token: string;
}

/** What a change costs, before it is made. */
@Injectable()
export class ChangeQuoteService {
  constructor(
    private readonly subscriptions: SubscriptionRepository,
    private readonly changes: SubscriptionChangeRepository,
    private readonly tiers: TierRepository,
    private readonly seats: SeatService,
    private readonly plans: MandatePlanService,
    private readonly clock: Clock,
  ) {}

  /** Whether the gateway is expected to charge another price. Outside of any unit of work; asks the gateway. */
  async takesPlans({ id, status, mandateId }: SubscriptionRow): Promise<boolean> {
    if (mandateId === null || status !== 'active' || (await this.changes.wasRefused(id))) return false;
    return this.plans.takesPlans(mandateId);
  }

  /** In a unit of work; the purchase as it stands now. 400 for a tier that it can't change to, 409 for its state. */
  async offer(row: SubscriptionRow, wish: Wish, takesPlans: boolean): Promise<Offer> {
    const accountId = row.accountId ?? 0;
    if (row.liveSlot === null || row.status === 'created' || row.status === 'authenticated')
      throw notPossible(row.status);
    if (wish.tierId === row.tierId) throw unfitTier('You have this tier already.');
    const { tier, price } = await this.seats.take(
      accountId,
      wish.tierId,
      wish.currency ?? (await this.currencyOf(row, wish)),
    );
    if (tier.creatorId !== row.creatorId) throw unfitTier('This tier is another creator’s.');
    if (price === undefined) throw unfitTier('This tier is free: join it, and end what you have.');
    const other = await this.subscriptions.live(accountId, tier.id);
    if (other !== undefined && !isReplaceable(other)) throw alreadySubscribed(other.id);
    await this.seats.requireRoom(accountId, tier);
    const now = this.clock.now();
    const quote = quoteOf({ present: row, price, when: wish.when, takesPlans, now });
    if (quote === undefined) throw invalid({ when: ['There are no paid days to wait for: it can only begin now.'] });
    const fromTier = (await this.tiers.byId(row.tierId))?.name ?? '';
    return { ...quote, row, accountId, fromTier, tier, price, token: tokenOf(row, price, quote) };
  }

  /** That of the purchase where the tier has it. */
  private async currencyOf(row: SubscriptionRow, { tierId }: Wish): Promise<Currency | undefined> {
    const tier = await this.tiers.byId(tierId);
    return tier?.prices.find(({ currency }) => currency === row.currency)?.currency;
  }
}

function tokenOf(row: SubscriptionRow, price: PriceVersion, quote: Quote): string {
  const { how, applies, appliesAt, chargeNow, isExact, refundNow } = quote;
  const bargain = [row.id, row.tierId, row.priceId, row.amount, row.currency, price.id, price.amount, price.currency];
  return sha256Hex(JSON.stringify([...bargain, how, applies, appliesAt, chargeNow, isExact, refundNow])).slice(0, 32);
}
