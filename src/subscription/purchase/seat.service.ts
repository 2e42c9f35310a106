import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { invalid } from '../../common/domain-error';
import type { Currency } from '../../common/price';
import { noSuch } from '../subscription.errors';
import { MembershipRepository } from '../membership/membership.repository';
import { type TierRecord, TierRepository } from '../tier/tier.repository';
import type { PriceVersion } from '../tier/tier.rules';
import { unfitTier } from './purchase.errors';
import { PurchaseSettler } from './purchase.settler';
import { SubscriptionRepository } from './subscription.repository';

/** How long a checkout that nobody has paid keeps others from a seat. */
const RESERVATION_MS = 30 * 60_000;
const BATCH = 50;

export interface Seat {
  readonly tier: TierRecord;
  /** What the member pays; undefined for a free tier. */
  readonly price: PriceVersion | undefined;
}

/** Whether somebody may take a tier, and at what price. Only inside a unit of work. */
@Injectable()
export class SeatService {
  constructor(
    private readonly memberships: MembershipRepository,
    private readonly tiers: TierRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly settler: PurchaseSettler,
    private readonly clock: Clock,
  ) {}

  /**
   * Account and tier are held until the transaction ends. `accountId` null: a guest's. `currency` undefined: the first
   * that the tier has.
   */
  async take(accountId: number | null, tierId: number, currency: Currency | undefined): Promise<Seat> {
    if (accountId !== null) await this.memberships.holdAccount(accountId);
    await this.memberships.lockTier(tierId);
    const tier = await this.tiers.byId(tierId);
    if (tier === undefined) throw invalid({ tierID: [noSuch(tierId)] });
    if (tier.archivedAt !== null) throw unfitTier('This tier is archived.');
    if (tier.creatorId === accountId) throw unfitTier('This tier is your own.');
    return { tier, price: tier.isPublic ? undefined : await this.priceOf(tier, currency) };
  }

  /** Throws where all seats are taken, by members or by others who are about to pay. */
  async requireRoom(accountId: number | null, { id, memberLimit }: TierRecord): Promise<void> {
    if (memberLimit === null) return;
    const membership = accountId === null ? undefined : await this.memberships.ofAccountIn(accountId, id);
    if (membership?.endedAt === null) return;
    const since = new Date(this.clock.now().getTime() - RESERVATION_MS);
    await this.freeSeats(id, since, accountId);
    const members = (await this.tiers.byId(id))?.memberCount ?? 0;
    const reserved = await this.subscriptions.reserved(id, since, accountId);
    if (members + reserved >= memberLimit) throw unfitTier('This tier is full.');
  }

  /** A checkout that kept a seat for too long is no way into the tier any more: what is paid on it after all goes back. */
  private async freeSeats(tierId: number, since: Date, besides: number | null): Promise<void> {
    for (const id of await this.subscriptions.lapsed(tierId, since, besides, BATCH)) {
      const held = await this.subscriptions.lock(id);
      const now = held && (await this.settler.bring(held));
      if (now?.status === 'created' && now.liveSlot !== null) await this.settler.retire(now);
    }
  }

  private async priceOf({ id, prices }: TierRecord, currency: Currency | undefined): Promise<PriceVersion> {
    const wanted = currency ?? prices[0]?.currency;
    const versions = await this.tiers.prices(id);
    const price = versions.find((version) => version.isCurrent && version.currency === wanted);
    if (price === undefined) throw invalid({ currency: [`This tier has no price in ${wanted}.`] });
    return price;
  }
}
