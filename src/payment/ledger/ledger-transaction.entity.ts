import { Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';

@Entity('ledger_transaction')
@Unique('uq_ledger_transaction_source', ['source'])
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
}
