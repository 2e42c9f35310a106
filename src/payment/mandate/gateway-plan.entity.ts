import { Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';

/** A price that the gateway charges every month; it never changes. */
@Entity('gateway_plan')
@Unique('uq_gateway_plan_gateway', ['gatewayId'])
@Unique('uq_gateway_plan_key', ['planKey'])
export class GatewayPlanRecord {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_gateway_plan' })
  id: number;

  @Column({ name: 'gateway_id', type: 'varchar', length: 40 })
  gatewayId: string;

  /** Its consumer's name for it, as `tier_price:12`. */
  @Column({ name: 'plan_key', type: 'varchar', length: 64 })
  planKey: string;

  @Column({ type: 'varchar', length: 255 })
  name: string;

  @Column({ type: 'bigint' })
  amount: number;

  @Column({ type: 'varchar', length: 3 })
  currency: string;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;
}
