import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import type { Payment } from './payment.entity';

const COLUMNS = `id, gateway_id as "gatewayId", order_id as "orderId", mandate_id as "mandateId", purpose,
  payer_id as "payerId", payee_id as "payeeId", amount, currency, status, fee, tax,
  refunded_amount as "refundedAmount", invoice_id as "invoiceId", period_start as "periodStart",
  period_end as "periodEnd", method, error_code as "errorCode", error_description as "errorDescription", parked,
  gateway_created_at as "gatewayCreatedAt", captured_at as "capturedAt", created_at as "createdAt",
  updated_at as "updatedAt"`;
const PAYMENT = `select ${COLUMNS} from payment`;

const BY_ID = statement('payment.by-id', `${PAYMENT} where id = $1`);
const BY_GATEWAY_ID = statement('payment.by-gateway-id', `${PAYMENT} where gateway_id = $1`);
const LOCK = statement('payment.lock', `${PAYMENT} where id = $1 for update`);
const LOCK_BY_GATEWAY_ID = statement('payment.lock-by-gateway-id', `${PAYMENT} where gateway_id = $1 for update`);
const OF_ORDER = statement('payment.of-order', `${PAYMENT} where order_id = $1 order by id`);
const OF_MANDATE = statement('payment.of-mandate', `${PAYMENT} where mandate_id = $1 order by id`);

// A row that is there is written as it is, which locks it. MySQL's "insert ignore" would leave those who lose with a shared
// lock, and lead them into a deadlock.
const CLAIMED = `insert into payment (gateway_id, amount, currency, status, gateway_created_at, created_at, updated_at)
  values ($1, $2, $3, 'created', $4, $5, $5)`;
const CLAIM = statement(
  'payment.claim',
  `${CLAIMED} on conflict (gateway_id) do update set gateway_id = excluded.gateway_id returning ${COLUMNS}`,
  `${CLAIMED} on duplicate key update gateway_id = gateway_id`,
);

const STORE = statement(
  'payment.store',
  `update payment set order_id = $2, mandate_id = $3, purpose = $4, payer_id = $5, payee_id = $6, status = $7, fee = $8,
     tax = $9, refunded_amount = $10, invoice_id = $11, period_start = $12, period_end = $13, method = $14,
     error_code = $15, error_description = $16, parked = $17, captured_at = $18, updated_at = $19
    where id = $1`,
);

const ORDER_IS_PAID = statement(
  'payment.order-is-paid',
  `select id from payment where order_id = $1 and id <> $2 and captured_at is not null and purpose is not null
    limit 1`,
);

const WITHOUT_FEE = statement(
  'payment.lock-without-fee',
  `${PAYMENT} where gateway_id = any($1::varchar[]) and fee is null and captured_at is not null order by id for update`,
);

const DISPUTED = statement(
  'payment.disputed',
  `select p.gateway_id as "gatewayId" from payment p
    where p.gateway_id = any($1::varchar[]) and exists (select 1 from dispute d where d.payment_id = p.id)`,
);

export type PaymentRow = Omit<Payment, 'order' | 'mandate'>;

/** Whoever locks a payment and its order or mandate locks those first. */
@Injectable()
export class PaymentRepository {
  constructor(private readonly database: Database) {}

  byId(id: number): Promise<PaymentRow | undefined> {
    return this.database.first<PaymentRow>(BY_ID, [id]);
  }

  byGatewayId(gatewayId: string): Promise<PaymentRow | undefined> {
    return this.database.first<PaymentRow>(BY_GATEWAY_ID, [gatewayId]);
  }

  /** Oldest first. */
  ofOrder(orderId: number): Promise<PaymentRow[]> {
    return this.database.rows<PaymentRow>(OF_ORDER, [orderId]);
  }

  /** Oldest first. */
  ofMandate(mandateId: number): Promise<PaymentRow[]> {
    return this.database.rows<PaymentRow>(OF_MANDATE, [mandateId]);
  }

  /** Nobody else changes it until the transaction ends. */
  lock(id: number): Promise<PaymentRow | undefined> {
    return this.database.first<PaymentRow>(LOCK, [id]);
  }

  /** The row of this payment, made where it is not there, and locked: it is nobody's yet. */
  async claim(payment: Pick<PaymentRow, 'gatewayId' | 'amount' | 'currency' | 'gatewayCreatedAt'>, now: Date) {
    const { gatewayId, amount, currency, gatewayCreatedAt } = payment;
    const values = [gatewayId, amount, currency, gatewayCreatedAt, now];
    const [written] = await this.database.rows<PaymentRow>(CLAIM, values);
    const claimed = written ?? (await this.lockByGatewayId(gatewayId));
    if (claimed === undefined) throw new Error(`The payment ${gatewayId} could not be stored`);
    return claimed;
  }

  lockByGatewayId(gatewayId: string): Promise<PaymentRow | undefined> {
    return this.database.first<PaymentRow>(LOCK_BY_GATEWAY_ID, [gatewayId]);
  }

  /** All of it that can change; the row is locked. */
  async store(payment: PaymentRow, now: Date): Promise<void> {
    const { id, orderId, mandateId, purpose, payerId, payeeId, status, fee, tax, refundedAmount } = payment;
    const { invoiceId, periodStart, periodEnd, method, errorCode, errorDescription, parked, capturedAt } = payment;
    const paid = [orderId, mandateId, purpose, payerId, payeeId, status, fee, tax, refundedAmount];
    const told = [invoiceId, periodStart, periodEnd, method, errorCode, errorDescription];
    await this.database.execute(STORE, [id, ...paid, ...told, parked, capturedAt, now]);
  }

  /** Whether another payment has paid the order. */
  async orderIsPaid(orderId: number, butFor: number): Promise<boolean> {
    return (await this.database.first(ORDER_IS_PAID, [orderId, butFor])) !== undefined;
  }

  /** Of these, by the gateway's ids, those that were captured and whose fee we don't know; locked. */
  lockWithoutFee(gatewayIds: readonly string[]): Promise<PaymentRow[]> {
    return this.database.rows<PaymentRow>(WITHOUT_FEE, [gatewayIds]);
  }

  /** Which of these, by the gateway's ids, are or were disputed. */
  async disputed(gatewayIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.database.rows<{ gatewayId: string }>(DISPUTED, [gatewayIds]);
    return new Set(rows.map(({ gatewayId }) => gatewayId));
  }
}
