import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { MandateService } from '../../payment/mandate/mandate.service';
import { OrderService } from '../../payment/order/order.service';
import { planKeyOf } from './plan-key.rules';
import { PurchaseSettler } from './purchase.settler';
import type { Seat } from './seat.service';
import type { PurchaseKind } from './subscription.entity';
import {
  type NewSubscription,
  ownSlotOf,
  slotOf,
  SubscriptionRepository,
  type SubscriptionRow,
} from './subscription.repository';

/** Who buys what: an account, or a guest, whom the purchase waits for. */
export interface Draft {
  readonly accountId: number | null;
  readonly tierId: number;
  readonly kind: PurchaseKind;
  /** Of the first charge; at once, where absent. */
  readonly startAt?: Date;
}

/** Ten years of months: the gateway wants an end. */
const CYCLES = 120;

/** A new purchase with what it is paid by. Only inside a unit of work that has taken the seat. */
@Injectable()
export class PurchaseDraft {
  constructor(
    private readonly subscriptions: SubscriptionRepository,
    private readonly settler: PurchaseSettler,
    private readonly mandates: MandateService,
    private readonly orders: OrderService,
    private readonly clock: Clock,
  ) {}

  async draft(draft: Draft, seat: Seat): Promise<SubscriptionRow> {
    const row = await this.add(draft, seat);
    const { price, tier } = seat;
    if (price === undefined) return this.settler.bring(row);
    const intent = {
      purpose: 'tier',
      reference: String(row.id),
      payerId: row.accountId,
      payeeId: tier.creatorId,
      amount: price.amount,
      currency: price.currency,
    } as const;
    if (row.kind === 'one_time') {
      const orderId = await this.orders.draft({ ...intent, capture: 'automatic' });
      await this.subscriptions.change(row.id, { orderId, liveSlot: row.liveSlot });
      return { ...row, orderId };
    }
    const plan = { planKey: planKeyOf(price.id), planName: tier.name, totalCount: CYCLES };
    const mandateId = await this.mandates.draft({ ...intent, ...plan, startAt: draft.startAt });
    await this.subscriptions.change(row.id, { mandateId, liveSlot: row.liveSlot });
    return { ...row, mandateId };
  }

  private async add({ accountId, tierId, kind }: Draft, { tier, price }: Seat): Promise<SubscriptionRow> {
    const now = this.clock.now();
    const { amount = 0, currency = 'INR' } = price ?? {};
    const added: NewSubscription = {
      ...{ accountId, tierId, creatorId: tier.creatorId, kind, priceId: price?.id ?? null, amount, currency },
      ...{ mandateId: null, orderId: null, status: 'created', reason: 'not_paid', endsAtCycle: false },
      ...{ paidUntil: null, accessUntil: null, pastDueAt: null, endedAt: null, openedAt: null },
      // A guest's is named after the row, once that has an id.
      liveSlot: accountId === null ? null : slotOf(accountId, tierId),
      createdAt: now,
      updatedAt: now,
    };
    const id = await this.subscriptions.add(added);
    return { ...added, id, liveSlot: ownSlotOf({ accountId, tierId, id }) };
  }
}
