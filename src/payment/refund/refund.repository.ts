import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import { Refund } from './refund.entity';

const REFUND = `select id, gateway_id as "gatewayId", payment_id as "paymentId", amount, currency, status,
  refund_key as "refundKey", reason, created_at as "createdAt", updated_at as "updatedAt" from refund`;

const BY_ID = statement('refund.by-id', `${REFUND} where id = $1`);
const BY_KEY = statement('refund.by-key', `${REFUND} where refund_key = $1`);
const BY_GATEWAY_ID = statement('refund.by-gateway-id', `${REFUND} where gateway_id = $1`);
const LOCK = statement('refund.lock', `${REFUND} where id = $1 for update`);
const OF_PAYMENT = statement('refund.of-payment', `${REFUND} where payment_id = $1 order by id`);
const REQUESTED = statement(
  'refund.requested',
  `${REFUND} where status = 'requested' and updated_at <= $1 order by created_at limit $2`,
);

export type RefundRow = Omit<Refund, 'payment'>;
export type NewRefundRow = Omit<RefundRow, 'id'>;

/** Whoever writes a refund locks its payment first. */
@Injectable()
export class RefundRepository {
  constructor(private readonly database: Database) {}

  async add(refund: NewRefundRow): Promise<number> {
    const entity = this.database.manager.create(Refund, refund);
    await this.database.manager.insert(Refund, entity);
    return Number(entity.id);
  }

  byId(id: number): Promise<RefundRow | undefined> {
    return this.database.first<RefundRow>(BY_ID, [id]);
  }

  byKey(refundKey: string): Promise<RefundRow | undefined> {
    return this.database.first<RefundRow>(BY_KEY, [refundKey]);
  }

  byGatewayId(gatewayId: string): Promise<RefundRow | undefined> {
    return this.database.first<RefundRow>(BY_GATEWAY_ID, [gatewayId]);
  }

  lock(id: number): Promise<RefundRow | undefined> {
    return this.database.first<RefundRow>(LOCK, [id]);
  }

  /** Oldest first. */
  ofPayment(paymentId: number): Promise<RefundRow[]> {
    return this.database.rows<RefundRow>(OF_PAYMENT, [paymentId]);
  }

  /** Those that the gateway has not made, untouched since `before`; the longest waiting first. */
  requested(before: Date, limit: number): Promise<RefundRow[]> {
    return this.database.rows<RefundRow>(REQUESTED, [before, limit]);
  }

  async change(id: number, changes: Partial<NewRefundRow>): Promise<void> {
    await this.database.manager.update(Refund, { id }, changes);
  }
}
