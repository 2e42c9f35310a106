import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';

/** What the gateway paid into our bank at once. */
@Entity('settlement')
@Unique('uq_settlement_gateway', ['gatewayId'])
@Index('ix_settlement_settled', ['settledAt'])
export class Settlement {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_settlement' })
  id: number;

  @Column({ name: 'gateway_id', type: 'varchar', length: 40 })
  gatewayId: string;

  /** Minor units, of the lines booked so far: credits without debits. */
  @Column({ type: 'bigint', default: 0 })
  amount: number;

  @Column({ type: 'varchar', length: 3 })
  currency: string;

  /** What the bank calls it. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  utr: string | null;

  @Column({ name: 'settled_at', ...timestampColumn })
  settledAt: Date;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;

  @Column({ name: 'updated_at', ...timestampColumn })
  updatedAt: Date;
}
