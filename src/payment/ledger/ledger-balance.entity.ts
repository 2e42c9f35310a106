import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LedgerAccount } from './ledger.rules';

/** What an account of a person comes to; the house's own are summed up when somebody asks. */
@Entity('ledger_balance')
export class LedgerBalance {
  @PrimaryColumn({ type: 'varchar', length: 24, primaryKeyConstraintName: 'pk_ledger_balance' })
  account: LedgerAccount;

  @PrimaryColumn({ name: 'owner_id', type: 'bigint', primaryKeyConstraintName: 'pk_ledger_balance' })
  ownerId: number;

  @PrimaryColumn({ type: 'varchar', length: 3, primaryKeyConstraintName: 'pk_ledger_balance' })
  currency: string;

  @Column({ type: 'bigint' })
  balance: number;
}
