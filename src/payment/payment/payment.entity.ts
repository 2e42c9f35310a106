import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';
import { Mandate } from '../mandate/mandate.entity';
import { PaymentOrder } from '../order/payment-order.entity';
import type { Purpose } from '../purpose';
import type { PaymentStatus } from './payment.state';

/**
 * Why money is nobody's: it matches nothing of ours; it is another amount or currency than its order; nobody is named to
 * receive it; its order had been paid.
 */
export const PARKED_REASONS = ['unmatched', 'amount', 'no_payee', 'duplicate'] as const;
export type ParkedReason = (typeof PARKED_REASONS)[number];

/** One attempt to pay, as the gateway knows it. Amounts are in minor units of the currency. */
@Entity('payment')
@Unique('uq_payment_gateway', ['gatewayId'])
@Index('ix_payment_order', ['orderId'])
@Index('ix_payment_mandate', ['mandateId'])
@Index('ix_payment_payer', ['payerId', 'gatewayCreatedAt'])
@Index('ix_payment_payee', ['payeeId', 'gatewayCreatedAt'])
@Index('ix_payment_status', ['status', 'gatewayCreatedAt'])
export class Payment {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_payment' })
  id: number;

  @Column({ name: 'gateway_id', type: 'varchar', length: 40 })
  gatewayId: string;

  @Column({ name: 'order_id', type: 'bigint', nullable: true })
  orderId: number | null;

  @ManyToOne(() => PaymentOrder, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'order_id', foreignKeyConstraintName: 'fk_payment_payment_order' })
  order?: Relation<PaymentOrder>;

  @Column({ name: 'mandate_id', type: 'bigint', nullable: true })
  mandateId: number | null;

  @ManyToOne(() => Mandate, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'mandate_id', foreignKeyConstraintName: 'fk_payment_mandate' })
  mandate?: Relation<Mandate>;

  @Column({ type: 'varchar', length: 16, nullable: true })
  purpose: Purpose | null;

  @Column({ name: 'payer_id', type: 'bigint', nullable: true })
  payerId: number | null;

  @Column({ name: 'payee_id', type: 'bigint', nullable: true })
  payeeId: number | null;

  @Column({ type: 'bigint' })
  amount: number;

  @Column({ type: 'varchar', length: 3 })
  currency: string;

  @Column({ type: 'varchar', length: 16 })
  status: PaymentStatus;

  /** Of the gateway, `tax` included; null until it is known. */
  @Column({ type: 'bigint', nullable: true })
  fee: number | null;

  @Column({ type: 'bigint', nullable: true })
  tax: number | null;

  @Column({ name: 'refunded_amount', type: 'bigint', default: 0 })
  refundedAmount: number;

  /** The gateway's. */
  @Column({ name: 'invoice_id', type: 'varchar', length: 40, nullable: true })
  invoiceId: string | null;

  /** What a mandate's payment pays for. */
  @Column({ name: 'period_start', ...timestampColumn, nullable: true })
  periodStart: Date | null;

  @Column({ name: 'period_end', ...timestampColumn, nullable: true })
  periodEnd: Date | null;

  @Column({ type: 'varchar', length: 32, nullable: true })
  method: string | null;

  @Column({ name: 'error_code', type: 'varchar', length: 100, nullable: true })
  errorCode: string | null;

  @Column({ name: 'error_description', type: 'varchar', length: 500, nullable: true })
  errorDescription: string | null;

  @Column({ type: 'varchar', length: 24, nullable: true })
  parked: ParkedReason | null;

  @Column({ name: 'gateway_created_at', ...timestampColumn })
  gatewayCreatedAt: Date;

  @Column({ name: 'captured_at', ...timestampColumn, nullable: true })
  capturedAt: Date | null;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;

  @Column({ name: 'updated_at', ...timestampColumn })
  updatedAt: Date;
}
