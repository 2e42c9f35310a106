import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';

/** One mailed link with which a mailbox's owner comes for what waits. */
@Entity('guest_claim')
@Unique('uq_guest_claim_key_hash', ['keyHash'])
@Index('ix_guest_claim_email', ['emailKey', 'id'])
@Index('ix_guest_claim_expires', ['expiresAt'])
export class GuestClaim {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_guest_claim' })
  id: number;

  @Column({ name: 'email_key', type: 'varchar', length: 254 })
  emailKey: string;

  /** SHA-256 of the key in the link. */
  @Column({ name: 'key_hash', type: 'varchar', length: 64 })
  keyHash: string;

  @Column({ name: 'expires_at', ...timestampColumn })
  expiresAt: Date;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;
}
