import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import { PaymentOrder } from './payment-order.entity';

const ORDER = `select id, gateway_id as "gatewayId", receipt, purpose, reference, payer_id as "payerId",
  payee_id as "payeeId", amount, currency, capture, status, refunded_amount as "refundedAmount",
  created_at as "createdAt", updated_at as "updatedAt" from payment_order`;

const BY_ID = statement('payment-order.by-id', `${ORDER} where id = $1`);
const BY_GATEWAY_ID = statement('payment-order.by-gateway-id', `${ORDER} where gateway_id = $1`);
const LOCK = statement('payment-order.lock', `${ORDER} where id = $1 for update`);
const LOCK_BY_GATEWAY_ID = statement('payment-order.lock-by-gateway-id', `${ORDER} where gateway_id = $1 for update`);
const LOCK_BY_RECEIPT = statement('payment-order.lock-by-receipt', `${ORDER} where receipt = $1 for update`);

const STORE = statement(
  'payment-order.store',
  'update payment_order set gateway_id = $2, payee_id = $3, status = $4, updated_at = $5 where id = $1',
);

const ADD_REFUNDED = statement(
  'payment-order.add-refunded',
  'update payment_order set refunded_amount = refunded_amount + $2, updated_at = $3 where id = $1',
);

export type OrderRow = PaymentOrder;
export type NewOrderRow = Omit<PaymentOrder, 'id'>;

/** Whoever locks an order and its payments locks the order first. */
@Injectable()
export class PaymentOrderRepository {
  constructor(private readonly database: Database) {}

  async add(order: NewOrderRow): Promise<number> {
    const entity = this.database.manager.create(PaymentOrder, order);
    await this.database.manager.insert(PaymentOrder, entity);
    return Number(entity.id);
  }

  byId(id: number): Promise<OrderRow | undefined> {
    return this.database.first<OrderRow>(BY_ID, [id]);
  }

  byGatewayId(gatewayId: string): Promise<OrderRow | undefined> {
    return this.database.first<OrderRow>(BY_GATEWAY_ID, [gatewayId]);
  }

  /** Nobody else changes it, nor what hangs on it, until the transaction ends. */
  lock(id: number): Promise<OrderRow | undefined> {
    return this.database.first<OrderRow>(LOCK, [id]);
  }

  lockByGatewayId(gatewayId: string): Promise<OrderRow | undefined> {
    return this.database.first<OrderRow>(LOCK_BY_GATEWAY_ID, [gatewayId]);
  }

  lockByReceipt(receipt: string): Promise<OrderRow | undefined> {
    return this.database.first<OrderRow>(LOCK_BY_RECEIPT, [receipt]);
  }

  async change(id: number, changes: Partial<NewOrderRow>): Promise<void> {
    await this.database.manager.update(PaymentOrder, { id }, changes);
  }

  /** What of it the gateway decides; the row is locked. */
  async store({ id, gatewayId, payeeId, status }: OrderRow, now: Date): Promise<void> {
    await this.database.execute(STORE, [id, gatewayId, payeeId, status, now]);
  }

  async addRefunded(id: number, amount: number, now: Date): Promise<void> {
    await this.database.execute(ADD_REFUNDED, [id, amount, now]);
  }
}
