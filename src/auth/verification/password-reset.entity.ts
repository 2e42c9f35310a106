import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { idColumn, timestampColumn } from '../../infra/database/column-types';
import { Account } from '../account/account.entity';

/** One mailed link with which a forgotten password is replaced. */
@Entity('password_reset')
@Index('uq_password_reset_token_hash', ['tokenHash'], { unique: true })
@Index('ix_password_reset_account', ['accountId', 'createdAt'])
@Index('ix_password_reset_expires', ['expiresAt'])
export class PasswordReset {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_password_reset' })
  id: number;

  @ForeignKey(() => Account, { name: 'fk_password_reset_account', onDelete: 'CASCADE' })
  @Column({ ...idColumn, name: 'account_id' })
  accountId: number;

  /** SHA-256 of the token in the link. */
  @Column({ name: 'token_hash', type: 'varchar', length: 64 })
  tokenHash: string;

  /** `passwordMark` of the password that is to be replaced: once that one is gone, so is this link. */
  @Column({ name: 'password_mark', type: 'varchar', length: 64 })
  passwordMark: string;

  @Column({ ...timestampColumn, name: 'expires_at' })
  expiresAt: Date;

  @Column({ ...timestampColumn, name: 'created_at' })
  createdAt: Date;
}
