import { Injectable } from '@nestjs/common';
import type { Currency } from '../../common/price';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { MandateService } from '../../payment/mandate/mandate.service';
import { OrderService } from '../../payment/order/order.service';
import { alreadySubscribed, unfitTier } from './purchase.errors';
import { PurchaseDraft } from './purchase.draft';
import { isReplaceable } from './purchase.rules';
import { PurchaseSettler } from './purchase.settler';
import { type Seat, SeatService } from './seat.service';
import type { PurchaseKind } from './subscription.entity';
import { SubscriptionRepository, type SubscriptionRow } from './subscription.repository';

/** What a checkout page needs. */
export interface Checkout {
  /** The gateway's: of a subscription, or of an order where it is paid once. */
  readonly gatewayId: string;
  readonly publicKey: string;
}

interface Wish {
  readonly accountId: number;
  readonly tierId: number;
  readonly kind: PurchaseKind;
  readonly currency?: Currency;
}

/** Buying a tier. A member has one purchase that counts in a tier: asked again, the same checkout is given. */
@Injectable()
export class PurchaseService {
  constructor(
    private readonly subscriptions: SubscriptionRepository,
    private readonly seats: SeatService,
    private readonly settler: PurchaseSettler,
    private readonly drafts: PurchaseDraft,
    private readonly mandates: MandateService,
    private readonly orders: OrderService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Charged every month. 409 where the account has the tier; DomainError `unavailable` while the gateway is away. */
  async subscribe(accountId: number, tierId: number, currency?: Currency): Promise<Checkout> {
    const { mandateId } = await this.reserve({ accountId, tierId, currency, kind: 'recurring' });
    return this.mandates.publish(idOf(mandateId));
  }

  /** For a month, paid once. */
  async buyOnce(accountId: number, tierId: number, currency?: Currency): Promise<Checkout> {
    const { orderId } = await this.reserve({ accountId, tierId, currency, kind: 'one_time' });
    return this.orders.publish(idOf(orderId));
  }

  /** A free tier. Repeatable. */
  async join(accountId: number, tierId: number): Promise<void> {
    await this.reserve({ accountId, tierId, kind: 'free' });
  }

  private reserve(wish: Wish): Promise<SubscriptionRow> {
    return this.unitOfWork.run(async () => {
      const seat = await this.seats.take(wish.accountId, wish.tierId, wish.currency);
      const isFree = wish.kind === 'free';
      if (seat.price === undefined && !isFree) throw unfitTier('This tier is free: there is nothing to pay.');
      if (seat.price !== undefined && isFree) throw unfitTier('This tier is not free.');
      const known = await this.known(wish);
      if (known !== undefined && isSame(known, wish, seat)) return known;
      if (known !== undefined) await this.settler.retire(known);
      await this.seats.requireRoom(wish.accountId, seat.tier);
      return this.drafts.draft(wish, seat);
    });
  }

  /** The one that counts, as it stands now; throws where nothing may take its place. */
  private async known({ accountId, tierId, kind }: Wish): Promise<SubscriptionRow | undefined> {
    const live = await this.subscriptions.lockLive(accountId, tierId);
    if (live === undefined) return undefined;
    const now = await this.settler.bring(live);
    if (now.liveSlot === null) return undefined;
    if (isReplaceable(now) || (kind === 'free' && now.kind === 'free')) return now;
    throw alreadySubscribed(now.id);
  }
}

/** Whether the checkout that is there is what is asked for; a free tier is had once. */
function isSame(known: SubscriptionRow, { kind }: Wish, { price }: Seat): boolean {
  if (known.kind !== kind || known.endsAtCycle) return false;
  return kind === 'free' || (known.status === 'created' && known.priceId === (price?.id ?? null));
}

function idOf(id: number | null): number {
  if (id === null) throw new Error('A purchase has lost what it is paid by');
  return id;
}
