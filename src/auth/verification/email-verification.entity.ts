import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { idColumn, timestampColumn } from '../../infra/database/column-types';
import { Account } from '../account/account.entity';

/** What one verification mail holds: a link that works for days and a code that works for minutes. */
@Entity('email_verification')
@Index('uq_email_verification_key_hash', ['keyHash'], { unique: true })
@Index('ix_email_verification_account', ['accountId', 'id'])
@Index('ix_email_verification_expires', ['expiresAt'])
export class EmailVerification {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_email_verification' })
  id: number;

  @ForeignKey(() => Account, { name: 'fk_email_verification_account', onDelete: 'CASCADE' })
  @Column({ ...idColumn, name: 'account_id' })
  accountId: number;

  /** SHA-256 of the key in the link. */
  @Column({ name: 'key_hash', type: 'varchar', length: 64 })
  keyHash: string;

  /** See VerificationCodes. */
  @Column({ name: 'code_hash', type: 'varchar', length: 64 })
  codeHash: string;

  @Column({ name: 'code_attempts', type: 'int' })
  codeAttempts: number;

  @Column({ ...timestampColumn, name: 'code_expires_at' })
  codeExpiresAt: Date;

  /** Of the link. */
  @Column({ ...timestampColumn, name: 'expires_at' })
  expiresAt: Date;

  @Column({ ...timestampColumn, name: 'created_at' })
  createdAt: Date;
}
