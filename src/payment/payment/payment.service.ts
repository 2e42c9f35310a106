import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';

/** What became of an order's money. */
export interface OrderPayment {
  /** Ours, of the payment that was captured; null = none was yet. */
  readonly paymentId: number | null;
  /** When it was paid, as the gateway says and whenever we heard of it; null = it is not captured yet. */
  readonly paidAt: Date | null;
  /** When the last of it was paid back; null = some of it is still there. */
  readonly refundedAt: Date | null;
  /** The account that it went to; null = nobody's yet. */
  readonly payeeId: number | null;
}

/** What became of a mandate's charges. */
export interface PaidMonths {
  /** The end of the last period that they are for; null where none was captured, or none says it. */
  readonly paidThrough: Date | null;
  /** When the payments of that period went back in full; null = some of them is still there. */
  readonly refundedAt: Date | null;
}

interface Row {
  readonly paymentId: number;
  readonly paidAt: Date;
  readonly amount: number;
  /** A sum: a database may give it as text. */
  readonly refunded: number | string;
  readonly refundedAt: Date | null;
  readonly payeeId: number | null;
}

const refundsOf = (what: string): string =>
  `coalesce((select sum(r.amount) from refund r where r.payment_id = p.id and ${what}), 0)`;

// A second payment of the same order, or one of another amount, has no purpose: it pays for nothing, whoever gets it. The
// sum of what went back only grows, and may have counted what came to nothing at the bank later.
const OF_ORDER = statement(
  'payment.paid-order',
  `select p.id as "paymentId", p.gateway_created_at as "paidAt", p.amount,
     greatest(p.refunded_amount - ${refundsOf(`r.status = 'failed' and r.gateway_id is not null`)},
       ${refundsOf(`r.status = 'processed'`)}) as refunded,
     p.payee_id as "payeeId",
     (select max(r.created_at) from refund r where r.payment_id = p.id and r.status = 'processed') as "refundedAt"
   from payment p where p.order_id = $1 and p.captured_at is not null and p.purpose is not null
   order by p.captured_at, p.id limit 1`,
);

// The oldest: it is the one that is captured.
const HELD = statement(
  'payment.held-of-order',
  `select p.gateway_created_at as "heldAt" from payment p
   where p.order_id = $1 and p.status = 'authorized' and p.purpose is not null order by p.id limit 1`,
);

const OF_MANDATE = `from payment p
  where p.mandate_id = $1 and p.captured_at is not null and p.purpose is not null`;

const PAID_THROUGH = statement(
  'payment.paid-through',
  `select max(p.period_end) as "paidThrough",
     max(case when p.refunded_amount < p.amount then p.period_end end) as "keptThrough" ${OF_MANDATE}`,
);

const REFUNDED_AT = statement(
  'payment.period-refunded-at',
  `select max(coalesce((select max(r.created_at) from refund r where r.payment_id = p.id and r.status = 'processed'),
     p.gateway_created_at)) as "refundedAt" ${OF_MANDATE} and p.period_end = $2`,
);

/** Payments as those who sell need them. */
@Injectable()
export class PaymentService {
  constructor(private readonly database: Database) {}

  async ofOrder(orderId: number): Promise<OrderPayment> {
    const row = await this.database.first<Row>(OF_ORDER, [orderId]);
    if (row === undefined) return { paymentId: null, paidAt: null, refundedAt: null, payeeId: null };
    const isRefunded = Number(row.refunded) >= row.amount;
    const { paymentId, paidAt, payeeId } = row;
    return { paymentId, paidAt, payeeId, refundedAt: isRefunded ? (row.refundedAt ?? paidAt) : null };
  }

  async ofMandate(mandateId: number): Promise<PaidMonths> {
    const row = await this.database.first<{ paidThrough: Date | null; keptThrough: Date | null }>(PAID_THROUGH, [
      mandateId,
    ]);
    const { paidThrough = null, keptThrough = null } = row ?? {};
    if (paidThrough === null || paidThrough.getTime() === keptThrough?.getTime())
      return { paidThrough, refundedAt: null };
    return { paidThrough, refundedAt: await this.refundedAt(mandateId, paidThrough, keptThrough) };
  }

  /** When the payment was made that a payer's bank holds for an order, and that nobody has captured; null = none. */
  async heldSince(orderId: number): Promise<Date | null> {
    return (await this.database.first<{ heldAt: Date }>(HELD, [orderId]))?.heldAt ?? null;
  }

  /** What an earlier month still keeps open stays so. */
  private async refundedAt(mandateId: number, period: Date, kept: Date | null): Promise<Date | null> {
    const row = await this.database.first<{ refundedAt: Date | null }>(REFUNDED_AT, [mandateId, period]);
    const at = row?.refundedAt ?? null;
    return at !== null && kept !== null && at < kept ? kept : at;
  }
}
