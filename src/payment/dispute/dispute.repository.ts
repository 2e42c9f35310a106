import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import { Dispute } from './dispute.entity';

const DISPUTE = `select id, gateway_id as "gatewayId", payment_id as "paymentId", amount,
  amount_deducted as "amountDeducted", currency, status, phase, created_at as "createdAt", updated_at as "updatedAt"
  from dispute`;

const BY_GATEWAY_ID = statement('dispute.by-gateway-id', `${DISPUTE} where gateway_id = $1`);
const OF_PAYMENT = statement('dispute.of-payment', `${DISPUTE} where payment_id = $1 order by id`);

export type DisputeRow = Omit<Dispute, 'payment'>;
export type NewDisputeRow = Omit<DisputeRow, 'id'>;

/** Whoever writes a dispute locks its payment first. */
@Injectable()
export class DisputeRepository {
  constructor(private readonly database: Database) {}

  async add(dispute: NewDisputeRow): Promise<number> {
    const entity = this.database.manager.create(Dispute, dispute);
    await this.database.manager.insert(Dispute, entity);
    return Number(entity.id);
  }

  byGatewayId(gatewayId: string): Promise<DisputeRow | undefined> {
    return this.database.first<DisputeRow>(BY_GATEWAY_ID, [gatewayId]);
  }

  /** Oldest first. */
  ofPayment(paymentId: number): Promise<DisputeRow[]> {
    return this.database.rows<DisputeRow>(OF_PAYMENT, [paymentId]);
  }

  async change(id: number, changes: Partial<NewDisputeRow>): Promise<void> {
    await this.database.manager.update(Dispute, { id }, changes);
  }
}
