import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import type { PaidFor } from '../../payment/payment/payer.service';
import { Subscription } from './subscription.entity';

export type SubscriptionRow = Omit<Subscription, 'tier' | 'price'>;
export type NewSubscription = Omit<SubscriptionRow, 'id'>;

const ROW = `select s.id, s.account_id as "accountId", s.tier_id as "tierId", s.creator_id as "creatorId", s.kind,
  s.price_id as "priceId", s.amount, s.currency, s.mandate_id as "mandateId", s.order_id as "orderId", s.status, s.reason,
  s.live_slot as "liveSlot", s.ends_at_cycle as "endsAtCycle", s.paid_until as "paidUntil",
  s.access_until as "accessUntil", s.past_due_at as "pastDueAt", s.ended_at as "endedAt", s.opened_at as "openedAt",
  s.created_at as "createdAt", s.updated_at as "updatedAt" from subscription s`;

const BY_ID = statement('subscription.by-id', `${ROW} where s.id = $1`);
const LOCK = statement('subscription.lock', `${ROW} where s.id = $1 for update`);
const LOCK_LIVE = statement('subscription.lock-live', `${ROW} where s.live_slot = $1 for update`);
const BY_SLOT = statement('subscription.by-slot', `${ROW} where s.live_slot = $1`);

/** $1 = what the gateway calls the subscription or the order of a checkout, $2 = whose. */
const BY_CHECKOUT = statement(
  'subscription.by-checkout',
  `${ROW} where s.id in (
     select x.id from subscription x join mandate m on m.id = x.mandate_id where m.gateway_id = $1 and x.account_id = $2
     union all
     select x.id from subscription x join payment_order o on o.id = x.order_id
       where o.gateway_id = $1 and x.account_id = $2)`,
);

/** Checkouts under way hold a seat for a while, and guests who have paid until they come for it. */
const RESERVED = statement(
  'subscription.reserved',
  `select count(*) as count from subscription
    where tier_id = $1 and live_slot is not null and (account_id is null or account_id <> $3)
      and ((status = 'created' and created_at > $2) or (status <> 'created' and account_id is null))`,
);

const LAPSED = statement(
  'subscription.lapsed',
  `select id from subscription
    where tier_id = $1 and live_slot is not null and status = 'created' and created_at <= $2
      and (account_id is null or account_id <> $3) order by id limit $4`,
);

const UNPAID = statement(
  'subscription.unpaid',
  `select s.id, s.mandate_id as "mandateId", s.order_id as "orderId" from subscription s
    where s.status = 'created' and s.live_slot is not null and s.account_id is not null and s.created_at <= $1
      and s.id > $2 order by s.id limit $3`,
);

const DUE = statement(
  'subscription.due',
  `select s.id from subscription s where s.status in ('active', 'pending', 'paused') and s.access_until <= $1
    and s.updated_at < s.access_until order by s.access_until limit $2`,
);

const OPEN_OF_ACCOUNT = statement(
  'subscription.open-of-account',
  `select s.id from subscription s where s.account_id = $1 and s.live_slot is not null order by s.id limit $2`,
);
const OPEN_OF_CREATOR = statement(
  'subscription.open-of-creator',
  `select s.id from subscription s join tier t on t.id = s.tier_id
    where t.creator_id = $1 and s.live_slot is not null order by s.id limit $2`,
);

/** Whoever changes one locks its tier first, as memberships do. */
@Injectable()
export class SubscriptionRepository {
  constructor(private readonly database: Database) {}

  async add(subscription: NewSubscription): Promise<number> {
    const entity = this.database.manager.create(Subscription, subscription);
    await this.database.manager.insert(Subscription, entity);
    return Number(entity.id);
  }

  async change(id: number, changes: Partial<NewSubscription>): Promise<void> {
    await this.database.manager.update(Subscription, { id }, changes);
  }

  async byId(id: number): Promise<SubscriptionRow | undefined> {
    return rowOf(await this.database.first<SubscriptionRow>(BY_ID, [id]));
  }

  /** Nobody else changes it until the transaction ends. */
  async lock(id: number): Promise<SubscriptionRow | undefined> {
    return rowOf(await this.database.first<SubscriptionRow>(LOCK, [id]));
  }

  /** The account's one that counts in a tier, locked. */
  async lockLive(accountId: number, tierId: number): Promise<SubscriptionRow | undefined> {
    return rowOf(await this.database.first<SubscriptionRow>(LOCK_LIVE, [slotOf(accountId, tierId)]));
  }

  async live(accountId: number, tierId: number): Promise<SubscriptionRow | undefined> {
    return rowOf(await this.database.first<SubscriptionRow>(BY_SLOT, [slotOf(accountId, tierId)]));
  }

  /** The account's own whose checkout the gateway knows by this id, of a subscription or of an order. */
  async byCheckout(gatewayId: string, accountId: number): Promise<SubscriptionRow | undefined> {
    return rowOf(await this.database.first<SubscriptionRow>(BY_CHECKOUT, [gatewayId, accountId]));
  }

  /** How many others have begun a checkout of the tier since then. */
  async reserved(tierId: number, since: Date, besides: number | null): Promise<number> {
    return (await this.database.first<{ count: number }>(RESERVED, [tierId, since, besides ?? 0]))?.count ?? 0;
  }

  /** Others' checkouts of the tier, begun until then, that nobody has paid. */
  async lapsed(tierId: number, until: Date, besides: number | null, limit: number): Promise<number[]> {
    return (await this.database.rows<{ id: number }>(LAPSED, [tierId, until, besides ?? 0, limit])).map(({ id }) => id);
  }

  /** Members' checkouts begun until then, that nobody has paid; of those with a greater id the first. */
  unpaid(until: Date, after: number, limit: number): Promise<(PaidFor & { readonly id: number })[]> {
    return this.database.rows(UNPAID, [until, after, limit]);
  }

  /** Whose access has run out since they were looked at. */
  async due(now: Date, limit: number): Promise<number[]> {
    return (await this.database.rows<{ id: number }>(DUE, [now, limit])).map(({ id }) => id);
  }

  async openOfAccount(accountId: number, limit: number): Promise<number[]> {
    return (await this.database.rows<{ id: number }>(OPEN_OF_ACCOUNT, [accountId, limit])).map(({ id }) => id);
  }

  async openOfCreator(creatorId: number, limit: number): Promise<number[]> {
    return (await this.database.rows<{ id: number }>(OPEN_OF_CREATOR, [creatorId, limit])).map(({ id }) => id);
  }
}

/** So a member has one that counts in a tier. */
export function slotOf(accountId: number, tierId: number): string {
  return `${accountId}:${tierId}`;
}

/** A guest's waits beside all others. */
export function ownSlotOf({ id, accountId, tierId }: Pick<SubscriptionRow, 'id' | 'accountId' | 'tierId'>): string {
  return accountId === null ? `guest:${id}` : slotOf(accountId, tierId);
}

/** Booleans are 0 or 1 on MySQL. */
function rowOf(row: SubscriptionRow | undefined): SubscriptionRow | undefined {
  return row && { ...row, endsAtCycle: Boolean(row.endsAtCycle) };
}
