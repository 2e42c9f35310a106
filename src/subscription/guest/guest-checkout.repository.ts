import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import { GuestCheckout } from './guest-checkout.entity';

export type GuestCheckoutRow = Omit<GuestCheckout, 'subscription'>;
export type NewGuestCheckout = Omit<GuestCheckoutRow, 'id'>;

const ROW = `select g.id, g.email, g.email_key as "emailKey", g.phone, g.username, g.kind, g.tier_id as "tierId",
  g.commission_id as "commissionId", g.currency, g.subscription_id as "subscriptionId", g.order_id as "orderId",
  g.mandate_id as "mandateId", g.slot, g.paid_at as "paidAt", g.mailed_for as "mailedFor", g.claimed_by as "claimedBy",
  g.claimed_at as "claimedAt", g.returned_at as "returnedAt", g.created_at as "createdAt", g.updated_at as "updatedAt"
  from guest_checkout g`;

const BY_ID = statement('guest-checkout.by-id', `${ROW} where g.id = $1`);
const LOCK = statement('guest-checkout.lock', `${ROW} where g.id = $1 for update`);
const LOCK_BY_SLOT = statement('guest-checkout.lock-by-slot', `${ROW} where g.slot = $1 for update`);
const PAID_BY = statement('guest-checkout.paid-by', `${ROW} where g.order_id = $1 or g.mandate_id = $2`);

/** $1 = what the gateway calls the subscription or the order of a checkout. */
const BY_CHECKOUT = statement(
  'guest-checkout.by-checkout',
  `${ROW} where g.mandate_id = (select m.id from mandate m where m.gateway_id = $1)
    or g.order_id = (select o.id from payment_order o where o.gateway_id = $1)`,
);

/** In the order in which tiers are locked. */
const WAITING = statement(
  'guest-checkout.waiting',
  `${ROW} where g.email_key = $1 and g.paid_at is not null and g.claimed_by is null and g.returned_at is null
    order by g.tier_id, g.id limit $2`,
);

const WAITING_IN = statement(
  'guest-checkout.waiting-in',
  `select g.id from tier t join subscription s on s.tier_id = t.id join guest_checkout g on g.subscription_id = s.id
    where t.creator_id = $1 and g.paid_at is not null and g.claimed_by is null and g.returned_at is null
    order by g.id limit $2`,
);

const UNPAID = statement(
  'guest-checkout.unpaid',
  'select id from guest_checkout where paid_at is null and created_at < $1 and id > $2 order by id limit $3',
);

const REMOVE = statement('guest-checkout.remove', 'delete from guest_checkout where id = $1');

/** Whoever locks one and its tier locks the tier first. */
@Injectable()
export class GuestCheckoutRepository {
  constructor(private readonly database: Database) {}

  async add(checkout: NewGuestCheckout): Promise<number> {
    const entity = this.database.manager.create(GuestCheckout, checkout);
    await this.database.manager.insert(GuestCheckout, entity);
    return Number(entity.id);
  }

  async change(id: number, changes: Partial<NewGuestCheckout>): Promise<void> {
    await this.database.manager.update(GuestCheckout, { id }, changes);
  }

  byId(id: number): Promise<GuestCheckoutRow | undefined> {
    return this.database.first<GuestCheckoutRow>(BY_ID, [id]);
  }

  /** Nobody else changes it until the transaction ends. */
  lock(id: number): Promise<GuestCheckoutRow | undefined> {
    return this.database.first<GuestCheckoutRow>(LOCK, [id]);
  }

  lockBySlot(slot: string): Promise<GuestCheckoutRow | undefined> {
    return this.database.first<GuestCheckoutRow>(LOCK_BY_SLOT, [slot]);
  }

  /** By our ids of what it is paid by. */
  paidBy(orderId: number | null, mandateId: number | null): Promise<GuestCheckoutRow | undefined> {
    return this.database.first<GuestCheckoutRow>(PAID_BY, [orderId, mandateId]);
  }

  /** By what the gateway calls its subscription or order. */
  byCheckout(gatewayId: string): Promise<GuestCheckoutRow | undefined> {
    return this.database.first<GuestCheckoutRow>(BY_CHECKOUT, [gatewayId]);
  }

  /** What is paid and waits for the owner of a mailbox. */
  waiting(emailKey: string, limit: number): Promise<GuestCheckoutRow[]> {
    return this.database.rows<GuestCheckoutRow>(WAITING, [emailKey, limit]);
  }

  /** Ids of those that wait in a creator's tiers. */
  async waitingIn(creatorId: number, limit: number): Promise<number[]> {
    return (await this.database.rows<{ id: number }>(WAITING_IN, [creatorId, limit])).map(({ id }) => id);
  }

  /** Ids of those that nobody has paid since then; of those with a greater id the first. */
  async unpaid(before: Date, after: number, limit: number): Promise<number[]> {
    return (await this.database.rows<{ id: number }>(UNPAID, [before, after, limit])).map(({ id }) => id);
  }

  async remove(id: number): Promise<void> {
    await this.database.execute(REMOVE, [id]);
  }
}
