import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';
import type { ReconType } from '../gateway/payment-gateway';
import { Settlement } from './settlement.entity';

/** What one payment, refund or adjustment added to a settlement. */
@Entity('settlement_line')
@Unique('uq_settlement_line_entity', ['entityId'])
@Index('ix_settlement_line_settlement', ['settlementId'])
export class SettlementLine {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_settlement_line' })
  id: number;

  @Column({ name: 'settlement_id', type: 'bigint' })
  settlementId: number;

  @ManyToOne(() => Settlement, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'settlement_id', foreignKeyConstraintName: 'fk_settlement_line_settlement' })
  settlement?: Relation<Settlement>;

  /** The gateway's. */
  @Column({ name: 'entity_id', type: 'varchar', length: 40 })
  entityId: string;

  @Column({ type: 'varchar', length: 16 })
  type: ReconType;

  /** Minor units: credit without debit. */
  @Column({ type: 'bigint' })
  amount: number;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;
}
