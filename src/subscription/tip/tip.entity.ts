import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';

/** `lapsed`: a guest's that nobody paid in time; what is paid on it after all goes back. */
export const TIP_STATUSES = ['pending', 'paid', 'refunded', 'lapsed'] as const;
export type TipStatus = (typeof TIP_STATUSES)[number];

/** Money for a creator with a word beside it. Amounts are in the currency's minor unit. */
@Entity('tip')
@Unique('uq_tip_order', ['orderId'])
@Index('ix_tip_creator', ['creatorId', 'status', 'paidAt', 'id'])
@Index('ix_tip_account', ['accountId', 'id'])
export class Tip {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_tip' })
  id: number;

  @Column({ name: 'account_id', type: 'bigint', nullable: true })
  accountId: number | null;

  @Column({ name: 'creator_id', type: 'bigint', nullable: true })
  creatorId: number | null;

  @Column({ name: 'order_id', type: 'bigint', nullable: true })
  orderId: number | null;

  @Column({ type: 'bigint' })
  amount: number;

  @Column({ type: 'varchar', length: 3 })
  currency: string;

  @Column({ type: 'varchar', length: 100 })
  name: string;

  @Column({ type: 'varchar', length: 1000 })
  message: string;

  @Column({ type: 'boolean', default: false })
  anonymous: boolean;

  @Column({ name: 'hide_amount', type: 'boolean', default: false })
  hideAmount: boolean;

  @Column({ type: 'varchar', length: 16 })
  status: TipStatus;

  @Column({ name: 'paid_at', ...timestampColumn, nullable: true })
  paidAt: Date | null;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;

  @Column({ name: 'updated_at', ...timestampColumn })
  updatedAt: Date;
}
