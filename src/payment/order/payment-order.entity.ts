import { Check, Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';
import type { CaptureMode } from '../gateway/payment-gateway';
import type { Purpose } from '../purpose';
import type { OrderStatus } from './order.state';

/** Something that is to be paid once. Amounts are in minor units of the currency. */
@Entity('payment_order')
@Unique('uq_payment_order_gateway', ['gatewayId'])
@Unique('uq_payment_order_receipt', ['receipt'])
@Index('ix_payment_order_payer', ['payerId'])
@Index('ix_payment_order_payee', ['payeeId'])
@Index('ix_payment_order_reference', ['purpose', 'reference'])
@Index('ix_payment_order_status', ['status', 'createdAt'])
@Check('ck_payment_order_amount', 'amount > 0')
export class PaymentOrder {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_payment_order' })
  id: number;

  @Column({ name: 'gateway_id', type: 'varchar', length: 40, nullable: true })
  gatewayId: string | null;

  @Column({ type: 'varchar', length: 40 })
  receipt: string;

  @Column({ type: 'varchar', length: 16 })
  purpose: Purpose;

  @Column({ type: 'varchar', length: 64, nullable: true })
  reference: string | null;

  @Column({ name: 'payer_id', type: 'bigint', nullable: true })
  payerId: number | null;

  @Column({ name: 'payee_id', type: 'bigint', nullable: true })
  payeeId: number | null;

  @Column({ type: 'bigint' })
  amount: number;

  @Column({ type: 'varchar', length: 3 })
  currency: string;

  @Column({ type: 'varchar', length: 9 })
  capture: CaptureMode;

  @Column({ type: 'varchar', length: 16 })
  status: OrderStatus;

  @Column({ name: 'refunded_amount', type: 'bigint', default: 0 })
  refundedAmount: number;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;

  @Column({ name: 'updated_at', ...timestampColumn })
  updatedAt: Date;
}
