import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import { SubscriptionChange } from './subscription-change.entity';

export type ChangeRow = Omit<SubscriptionChange, 'subscription' | 'tier' | 'price'>;
export type NewChange = Omit<ChangeRow, 'id'>;

const ROW = `select c.id, c.subscription_id as "subscriptionId", c.tier_id as "tierId", c.price_id as "priceId", c.amount,
  c.currency, c.how, c.applies, c.applies_at as "appliesAt", c.quote, c.state, c.open_slot as "openSlot",
  c.successor_id as "successorId", c.paid_before as "paidBefore", c.created_at as "createdAt",
  c.updated_at as "updatedAt" from subscription_change c`;

const OPEN_OF = statement('subscription-change.open-of', `${ROW} where c.open_slot = $1`);
const BY_SUCCESSOR = statement('subscription-change.by-successor', `${ROW} where c.successor_id = $1`);

const AGREED = statement(
  'subscription-change.agreed',
  `${ROW} where c.subscription_id = $1 and c.quote = $2 and c.state in ('open', 'done') order by c.id desc limit 1`,
);

const REFUSED = statement(
  'subscription-change.refused',
  `select 1 as found from subscription_change c where c.subscription_id = $1 and c.state = 'refused' limit 1`,
);

/** A change by a new authorisation that is there. */
const SUCCEEDED = statement(
  'subscription-change.succeeded',
  `${ROW} where c.subscription_id = $1 and c.state = 'done' and c.how = 'new_mandate' order by c.id desc limit 1`,
);

/** From the authorisation of the new one until it is charged. */
const BRIDGED = statement(
  'subscription-change.bridged',
  `select 1 as found from subscription_change c join subscription n on n.id = c.successor_id
    where c.subscription_id = $1 and c.state = 'done' and c.applies = 'cycle_end' and n.live_slot is not null
      and n.paid_until is null limit 1`,
);

// What is past due may be shut any day, and takes nobody's place.
const NEXT_TIER = statement(
  'subscription-change.next-tier',
  `select n.tier_id as "tierId" from subscription_change c join subscription n on n.id = c.successor_id
    where c.subscription_id = $1 and c.state = 'done' and n.live_slot is not null and n.paid_until is not null
      and n.past_due_at is null limit 1`,
);

const PRICE = statement(
  'subscription-change.price',
  `select p.tier_id as "tierId", t.creator_id as "creatorId", p.amount, p.currency
    from tier_price p join tier t on t.id = p.tier_id where p.id = $1`,
);

/** A version of a tier's price. */
export interface PriceOfTier {
  readonly tierId: number;
  readonly creatorId: number;
  readonly amount: number;
  readonly currency: string;
}

/** Whoever changes one has locked the tiers of both purchases. */
@Injectable()
export class SubscriptionChangeRepository {
  constructor(private readonly database: Database) {}

  async add(change: NewChange): Promise<number> {
    const entity = this.database.manager.create(SubscriptionChange, change);
    await this.database.manager.insert(SubscriptionChange, entity);
    return Number(entity.id);
  }

  async change(id: number, changes: Partial<NewChange>): Promise<void> {
    await this.database.manager.update(SubscriptionChange, { id }, changes);
  }

  openOf(subscriptionId: number): Promise<ChangeRow | undefined> {
    return this.database.first<ChangeRow>(OPEN_OF, [subscriptionId]);
  }

  bySuccessor(subscriptionId: number): Promise<ChangeRow | undefined> {
    return this.database.first<ChangeRow>(BY_SUCCESSOR, [subscriptionId]);
  }

  /** Open or done, of what the member was told. */
  agreed(subscriptionId: number, quote: string): Promise<ChangeRow | undefined> {
    return this.database.first<ChangeRow>(AGREED, [subscriptionId, quote]);
  }

  price(id: number): Promise<PriceOfTier | undefined> {
    return this.database.first<PriceOfTier>(PRICE, [id]);
  }

  async wasRefused(subscriptionId: number): Promise<boolean> {
    return (await this.database.first(REFUSED, [subscriptionId])) !== undefined;
  }

  /** The one by which another purchase has taken its place. */
  succeeded(subscriptionId: number): Promise<ChangeRow | undefined> {
    return this.database.first<ChangeRow>(SUCCEEDED, [subscriptionId]);
  }

  /** Whether another purchase is to take its place, and has not been charged yet. */
  async isBridged(subscriptionId: number): Promise<boolean> {
    return (await this.database.first(BRIDGED, [subscriptionId])) !== undefined;
  }

  /** Of the purchase that has taken its place, and is paid. */
  async nextTier(subscriptionId: number): Promise<number | undefined> {
    return (await this.database.first<{ tierId: number }>(NEXT_TIER, [subscriptionId]))?.tierId;
  }
}
