import { Injectable } from '@nestjs/common';
import { FieldCipher } from '../../infra/crypto/field-cipher';
import { Database, statement } from '../../infra/database/database';
import { CommissionOrder } from './commission-order.entity';
import { CommissionStep } from './commission-step.entity';

export type OrderRow = Omit<CommissionOrder, 'offer' | 'sealed'>;
export type NewOrderRow = Omit<OrderRow, 'id'>;
export type NewStepRow = Omit<CommissionStep, 'id' | 'order'>;

const ROW = `select id, offer_id as "offerId", creator_id as "creatorId", buyer_id as "buyerId", title, terms,
  delivery_mode as "deliveryMode", description, amount, currency, payment_order_id as "paymentOrderId", status,
  payment, open_key as "openKey", held_at as "heldAt", accepting_at as "acceptingAt", warned_at as "warnedAt",
  due_at as "dueAt", revisions, created_at as "createdAt", updated_at as "updatedAt" from commission_order`;

const BY_ID = statement('commission-order.by-id', `${ROW} where id = $1`);
const LOCK = statement('commission-order.lock', `${ROW} where id = $1 for update`);
const LOCK_OPEN = statement('commission-order.lock-open', `${ROW} where open_key = $1 for update`);
const WAITING = `where offer_id = $1 and status = 'waitlisted'`;
const LOCK_WAITING = statement('commission-order.lock-waiting', `${ROW} ${WAITING} order by id limit $2 for update`);
const COUNT_WAITING = statement(
  'commission-order.count-waiting',
  `select count(*) as count from commission_order ${WAITING}`,
);
const AHEAD = statement(
  'commission-order.place',
  `select count(*) as count from commission_order ${WAITING} and id <= $2`,
);
const BY_PAYMENT = statement('commission-order.by-payment', `${ROW} where payment_order_id = $1`);
const DUE = statement(
  'commission-order.due',
  `select id, due_at as "dueAt" from commission_order
    where due_at <= $1 and due_at >= $2 and (due_at > $2 or id > $3) order by due_at, id limit $4`,
);
const LIVE = `status in ('waitlisted', 'ordered', 'accepted', 'delivered', 'in_revision')`;
const LIVE_OF_BUYER = statement(
  'commission-order.live-of-buyer',
  `select id from commission_order where buyer_id = $1 and id > $2 and ${LIVE} order by id limit $3`,
);
const LIVE_OF_CREATOR = statement(
  'commission-order.live-of-creator',
  `select id from commission_order where creator_id = $1 and id > $2 and ${LIVE} order by id limit $3`,
);
const FORGET = statement(
  'commission-order.forget',
  `update commission_order set buyer_id = null, sealed = null, updated_at = $2 where buyer_id = $1`,
);
const FORGET_CONTACTS = statement(
  'commission-order.forget-contacts',
  'update commission_order set sealed = null, updated_at = $2 where creator_id = $1 and sealed is not null',
);
const SEAL = statement('commission-order.seal', 'update commission_order set sealed = $2 where id = $1');
const SEALED = statement('commission-order.sealed', 'select sealed from commission_order where id = $1');
const SHOWN_BY = statement(
  'commission-order.shown-by',
  `select s.id from commission_step s join commission_order o on o.id = s.order_id
    where o.creator_id = $1 and exists (
      select 1 from media_use u where u.holder = 'commission_step' and u.holder_id = s.id) order by s.id limit $2`,
);

/** An order that the house has to look at. */
export interface DueOrder {
  readonly id: number;
  readonly dueAt: Date;
}

type Count = { readonly count: number };

/** What of files says that a step shows them. */
export const STEP_HOLDER = 'commission_step';

/** Whoever changes an order locks its offer first. */
@Injectable()
export class OrderRepository {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** Hits `uq_commission_order_open` where the buyer asks for the same offer already. */
  async add(order: NewOrderRow, contactDetails: string): Promise<number> {
    const entity = this.database.manager.create(CommissionOrder, { ...order, sealed: null });
    await this.database.manager.insert(CommissionOrder, entity);
    const id = Number(entity.id);
    await this.seal(id, contactDetails);
    return id;
  }

  /** Readable in this row alone. */
  async seal(id: number, contactDetails: string): Promise<void> {
    await this.database.execute(SEAL, [id, this.cipher.encrypt(contactDetails, contextOf(id))]);
  }

  /** Contact details as they were given; undefined where they were let go of. */
  opened(id: number, sealed: string | null): string | undefined {
    return sealed === null ? undefined : this.cipher.decrypt(sealed, contextOf(id));
  }

  /** Contact details of one; undefined where they were let go of. */
  async contactOf(id: number): Promise<string | undefined> {
    const row = await this.database.first<{ sealed: string | null }>(SEALED, [id]);
    return row && this.opened(id, row.sealed);
  }

  async change(id: number, changes: Partial<NewOrderRow>): Promise<void> {
    await this.database.manager.update(CommissionOrder, { id }, changes);
  }

  /** Gives its id. */
  async addStep(step: NewStepRow): Promise<number> {
    const entity = this.database.manager.create(CommissionStep, step);
    await this.database.manager.insert(CommissionStep, entity);
    return Number(entity.id);
  }

  byId(id: number): Promise<OrderRow | undefined> {
    return this.database.first<OrderRow>(BY_ID, [id]);
  }

  /** By what is paid for it, ours. */
  byPaymentOrder(paymentOrderId: number): Promise<OrderRow | undefined> {
    return this.database.first<OrderRow>(BY_PAYMENT, [paymentOrderId]);
  }

  /** Nobody else changes it until the transaction ends; nor those that the other locks give. */
  lock(id: number): Promise<OrderRow | undefined> {
    return this.database.first<OrderRow>(LOCK, [id]);
  }

  lockOpen(openKey: string): Promise<OrderRow | undefined> {
    return this.database.first<OrderRow>(LOCK_OPEN, [openKey]);
  }

  /** The first of an offer's waitlist. */
  lockWaiting(offerId: number, limit: number): Promise<OrderRow[]> {
    return this.database.rows<OrderRow>(LOCK_WAITING, [offerId, limit]);
  }

  async waiting(offerId: number): Promise<number> {
    return (await this.database.first<Count>(COUNT_WAITING, [offerId]))?.count ?? 0;
  }

  /** From 1; null where it does not wait. */
  async positionOf({ id, offerId, status }: OrderRow): Promise<number | null> {
    if (status !== 'waitlisted') return null;
    return (await this.database.first<Count>(AHEAD, [offerId, id]))?.count ?? null;
  }

  /** The longest due first, and only those after `last`. */
  due(now: Date, last: DueOrder, limit: number): Promise<DueOrder[]> {
    return this.database.rows<DueOrder>(DUE, [now, last.dueAt, last.id, limit]);
  }

  /** By id, behind `last`; also those of creators. */
  async liveOfBuyer(accountId: number, last: number, limit: number): Promise<number[]> {
    return idsOf(await this.database.rows<{ id: number }>(LIVE_OF_BUYER, [accountId, last, limit]));
  }

  async liveOfCreator(accountId: number, last: number, limit: number): Promise<number[]> {
    return idsOf(await this.database.rows<{ id: number }>(LIVE_OF_CREATOR, [accountId, last, limit]));
  }

  /** Of an account that is gone nobody knows any more who it was, nor how to reach them. */
  async forget(accountId: number, now: Date): Promise<void> {
    await this.database.execute(FORGET, [accountId, now]);
    await this.database.execute(FORGET_CONTACTS, [accountId, now]);
  }

  /** Steps of a creator's orders that show files. */
  async stepsShowing(creatorId: number, limit: number): Promise<number[]> {
    return idsOf(await this.database.rows<{ id: number }>(SHOWN_BY, [creatorId, limit]));
  }
}

const contextOf = (id: number): string => `commission_order:${id}`;

function idsOf(rows: readonly { id: number }[]): number[] {
  return rows.map(({ id }) => id);
}
