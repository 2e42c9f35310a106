import { Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { longTextColumn, timestampColumn } from '../../infra/database/column-types';

/** Where a creator is paid to: one bank account each. */
@Entity('bank_details')
@Unique('uq_bank_details_account', ['accountId'])
export class BankDetails {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_bank_details' })
  id: number;

  @Column({ name: 'account_id', type: 'bigint' })
  accountId: number;

  /** The `BankAccount` as JSON, encrypted for this account. */
  @Column({ ...longTextColumn })
  sealed: string;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;

  @Column({ name: 'updated_at', ...timestampColumn })
  updatedAt: Date;
}
