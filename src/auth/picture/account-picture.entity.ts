import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The file of ours that an account has uploaded: what its profile shows may be somewhere else by now. */
@Entity('account_picture')
export class AccountPicture {
  @PrimaryColumn({ name: 'account_id', type: 'bigint', primaryKeyConstraintName: 'pk_account_picture' })
  accountId: number;

  @Column({ name: 'storage_key', type: 'varchar', length: 128 })
  storageKey: string;
}
