import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
} from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';
import { Payment } from '../payment/payment.entity';
import type { RefundStatus } from './refund.state';

/** Money that goes back to its payer, by us or by the gateway's dashboard. Amounts are in minor units. */
@Entity('refund')
@Unique('uq_refund_gateway', ['gatewayId'])
@Unique('uq_refund_key', ['refundKey'])
@Index('ix_refund_payment', ['paymentId'])
@Index('ix_refund_status', ['status', 'createdAt'])
@Check('ck_refund_amount', 'amount > 0')
export class Refund {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_refund' })
  id: number;

  @Column({ name: 'gateway_id', type: 'varchar', length: 40, nullable: true })
  gatewayId: string | null;

  @Column({ name: 'payment_id', type: 'bigint' })
  paymentId: number;

  @ManyToOne(() => Payment, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'payment_id', foreignKeyConstraintName: 'fk_refund_payment' })
  payment?: Relation<Payment>;

  @Column({ type: 'bigint' })
  amount: number;

  @Column({ type: 'varchar', length: 3 })
  currency: string;

  @Column({ type: 'varchar', length: 16 })
  status: RefundStatus;

  /** Ours; null where somebody made it in the gateway's dashboard. */
  @Column({ name: 'refund_key', type: 'varchar', length: 64, nullable: true })
  refundKey: string | null;

  @Column({ type: 'varchar', length: 500, nullable: true })
  reason: string | null;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;

  @Column({ name: 'updated_at', ...timestampColumn })
  updatedAt: Date;
}
