import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { longTextColumn, timestampColumn } from '../../infra/database/column-types';
import { CommissionOrder } from './commission-order.entity';
import type { Actor, CommissionStatus } from './commission-order.state';

/** What happened to an order, with what was said and, by `media_use`, shown. */
@Entity('commission_step')
@Index('ix_commission_step_order', ['orderId', 'id'])
export class CommissionStep {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_commission_step' })
  id: number;

  @Column({ name: 'order_id', type: 'bigint' })
  orderId: number;

  @ManyToOne(() => CommissionOrder, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'order_id', foreignKeyConstraintName: 'fk_commission_step_commission_order' })
  order?: Relation<CommissionOrder>;

  /** What it became. */
  @Column({ type: 'varchar', length: 16 })
  status: CommissionStatus;

  @Column({ type: 'varchar', length: 8 })
  actor: Actor;

  @Column({ ...longTextColumn })
  message: string;

  @Column({ ...timestampColumn })
  at: Date;
}
