import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';
import { Payment } from '../payment/payment.entity';
import type { DisputeStatus } from './dispute.state';

/** A payer's bank wants a payment back. Amounts are in minor units. */
@Entity('dispute')
@Unique('uq_dispute_gateway', ['gatewayId'])
@Index('ix_dispute_payment', ['paymentId'])
export class Dispute {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_dispute' })
  id: number;

  @Column({ name: 'gateway_id', type: 'varchar', length: 40 })
  gatewayId: string;

  @Column({ name: 'payment_id', type: 'bigint' })
  paymentId: number;

  @ManyToOne(() => Payment, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'payment_id', foreignKeyConstraintName: 'fk_dispute_payment' })
  payment?: Relation<Payment>;

  @Column({ type: 'bigint' })
  amount: number;

  /** What the gateway has taken from our balance for it. */
  @Column({ name: 'amount_deducted', type: 'bigint', default: 0 })
  amountDeducted: number;

  @Column({ type: 'varchar', length: 3 })
  currency: string;

  @Column({ type: 'varchar', length: 16 })
  status: DisputeStatus;

  @Column({ type: 'varchar', length: 32 })
  phase: string;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;

  @Column({ name: 'updated_at', ...timestampColumn })
  updatedAt: Date;
}
