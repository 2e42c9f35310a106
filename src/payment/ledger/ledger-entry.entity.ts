import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import type { LedgerAccount } from './ledger.rules';
import { LedgerTransaction } from './ledger-transaction.entity';

@Entity('ledger_entry')
@Index('ix_ledger_entry_transaction', ['transactionId'])
@Index('ix_ledger_entry_owner', ['ownerId', 'account', 'currency', 'transactionId'])
export class LedgerEntry {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_ledger_entry' })
  id: number;

  @Column({ name: 'transaction_id', type: 'bigint' })
  transactionId: number;

  @ManyToOne(() => LedgerTransaction, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'transaction_id', foreignKeyConstraintName: 'fk_ledger_entry_ledger_transaction' })
  transaction?: Relation<LedgerTransaction>;

  @Column({ type: 'varchar', length: 24 })
  account: LedgerAccount;

  @Column({ name: 'owner_id', type: 'bigint' })
  ownerId: number;

  @Column({ type: 'varchar', length: 3 })
  currency: string;

  @Column({ type: 'bigint' })
  amount: number;
}
