import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import { Tip } from './tip.entity';

export type TipRow = Tip;

const ROW = `select t.id, t.account_id as "accountId", t.creator_id as "creatorId", t.order_id as "orderId", t.amount,
  t.currency, t.name, t.message, t.anonymous, t.hide_amount as "hideAmount", t.status, t.paid_at as "paidAt",
  t.created_at as "createdAt", t.updated_at as "updatedAt" from tip t`;

const LOCK = statement('tip.lock', `${ROW} where t.id = $1 for update`);

const LOCK_BY_ORDER = statement('tip.lock-by-order', `${ROW} where t.order_id = $1 for update`);

/** $1 = what the gateway calls the order, $2 = whose tip. */
const BY_CHECKOUT = statement(
  'tip.by-checkout',
  `${ROW} join payment_order o on o.id = t.order_id where o.gateway_id = $1 and t.account_id = $2`,
);

const ASSIGN = statement(
  'tip.assign',
  'update tip set account_id = $2, updated_at = $3 where order_id = $1 and account_id is null',
);

const FORGET = statement(
  'tip.forget',
  `update tip set account_id = null, name = '', anonymous = true, updated_at = $2 where account_id = $1`,
);

@Injectable()
export class TipRepository {
  constructor(private readonly database: Database) {}

  async add(tip: Omit<TipRow, 'id'>): Promise<number> {
    const entity = this.database.manager.create(Tip, tip);
    await this.database.manager.insert(Tip, entity);
    return Number(entity.id);
  }

  async change(id: number, changes: Partial<Omit<TipRow, 'id'>>): Promise<void> {
    await this.database.manager.update(Tip, { id }, changes);
  }

  /** Nobody else changes it until the transaction ends. */
  async lock(id: number): Promise<TipRow | undefined> {
    return rowOf(await this.database.first<TipRow>(LOCK, [id]));
  }

  async lockByOrder(orderId: number): Promise<TipRow | undefined> {
    return rowOf(await this.database.first<TipRow>(LOCK_BY_ORDER, [orderId]));
  }

  /** The account's own whose order the gateway knows by this id. */
  async byCheckout(gatewayId: string, accountId: number): Promise<TipRow | undefined> {
    return rowOf(await this.database.first<TipRow>(BY_CHECKOUT, [gatewayId, accountId]));
  }

  /** What has a payer keeps it. */
  async assign(orderId: number, accountId: number, now: Date): Promise<void> {
    await this.database.execute(ASSIGN, [orderId, accountId, now]);
  }

  /** Of an account that is gone the money and the words stay, without a name. */
  async forget(accountId: number, now: Date): Promise<void> {
    await this.database.execute(FORGET, [accountId, now]);
  }
}

/** Booleans are 0 or 1 on MySQL. */
function rowOf(row: TipRow | undefined): TipRow | undefined {
  return row && { ...row, anonymous: Boolean(row.anonymous), hideAmount: Boolean(row.hideAmount) };
}
