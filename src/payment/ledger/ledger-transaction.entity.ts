import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';
import { Payment } from '../payment/payment.entity';

@Entity('ledger_transaction')
@Unique('uq_ledger_transaction_source', ['source'])
@Index('ix_ledger_transaction_payment', ['paymentId'])
@Index('ix_ledger_transaction_payee', ['payeeId', 'occurredAt'])
export class LedgerTransaction {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_ledger_transaction' })
  id: number;

  @Column({ type: 'varchar', length: 24 })
  kind: string;

  /** What it was booked for: `capture:pay_x`. */
  @Column({ type: 'varchar', length: 80 })
  source: string;

  @Column({ type: 'varchar', length: 3 })
  currency: string;

  @Column({ name: 'occurred_at', ...timestampColumn })
  occurredAt: Date;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;

  /** Null where it is of none, as a settlement is. */
  @Column({ name: 'payment_id', type: 'bigint', nullable: true })
  paymentId: number | null;

  @ManyToOne(() => Payment, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'payment_id', foreignKeyConstraintName: 'fk_ledger_transaction_payment' })
  payment?: Relation<Payment>;

  /** Whose the payment was when this was booked; null while it was parked. */
  @Column({ name: 'payee_id', type: 'bigint', nullable: true })
  payeeId: number | null;
}
