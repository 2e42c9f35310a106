import { Injectable, Logger } from '@nestjs/common';
import { MembershipRepository } from '../membership/membership.repository';
import { priceOfPlan } from '../purchase/plan-key.rules';
import { SubscriptionRepository, type SubscriptionRow } from '../purchase/subscription.repository';
import { SubscriptionChangeRepository } from './subscription-change.repository';

/** What a purchase is of. */
export type Place = Pick<SubscriptionRow, 'tierId' | 'priceId' | 'amount' | 'currency'>;

interface Charged {
  readonly planKey: string;
  readonly paidCount: number;
}

/** Which tier a purchase is of, by what the gateway charges for it. Only inside a unit of work that holds it. */
@Injectable()
export class ChangePlace {
  private readonly logger = new Logger(ChangePlace.name);

  constructor(
    private readonly changes: SubscriptionChangeRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly memberships: MembershipRepository,
  ) {}

  /** Where another price than before is charged: of that tier, which is held as well. Otherwise as it is. */
  async of(row: SubscriptionRow, { planKey, paidCount }: Charged): Promise<Place> {
    const priceId = priceOfPlan(planKey);
    if (priceId === undefined || priceId === row.priceId || row.endedAt !== null) return row;
    const price = await this.changes.price(priceId);
    if (price === undefined || price.creatorId !== row.creatorId) return row;
    const open = await this.changes.openOf(row.id);
    // The new price is in force, and not paid yet.
    if (open?.applies === 'cycle_end' && paidCount <= open.paidBefore) return row;
    const { tierId, amount, currency } = price;
    const place = { tierId, priceId, amount, currency };
    if (tierId === row.tierId || row.accountId === null) return place;
    await this.memberships.lockTier(tierId);
    const other = await this.subscriptions.live(row.accountId, tierId);
    if (other === undefined || other.id === row.id) return place;
    this.logger.warn(`Subscription ${row.id} is charged for tier ${tierId}, which subscription ${other.id} is of`);
    return row;
  }

  /** Whether another purchase, authorised but not charged yet, is to take its place. */
  isBridged({ id, kind, endsAtCycle }: SubscriptionRow): Promise<boolean> {
    return endsAtCycle || kind === 'one_time' ? this.changes.isBridged(id) : Promise.resolve(false);
  }

  /** The tier of a purchase that was to take its place, and has: it is paid. */
  next({ id, paidUntil }: SubscriptionRow): Promise<number | undefined> {
    return paidUntil === null ? Promise.resolve(undefined) : this.changes.nextTier(id);
  }
}
