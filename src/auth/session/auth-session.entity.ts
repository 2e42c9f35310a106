import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { idColumn, timestampColumn } from '../../infra/database/column-types';

/** `jwt`: a refresh token family with its access tokens. `key`: one login key of rest-auth (R26). */
export type SessionKind = 'jwt' | 'key';

export type SessionEnd =
  | 'logout'
  | 'ended-by-owner'
  | 'password-changed'
  | 'refresh-reused'
  | 'roles-changed'
  | 'account-disabled'
  | 'account-closed';

/**
 * One sign-in on one device. Its id is the `sid` of the tokens. No foreign key to the account: an ended session outlives
 * a closed account for as long as its access tokens could, so that every instance learns to refuse them.
 */
@Entity('auth_session')
@Index('uq_auth_session_key_hash', ['keyHash'], { unique: true })
@Index('ix_auth_session_account', ['accountId'])
@Index('ix_auth_session_ended', ['endedAt'])
export class AuthSession {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_auth_session' })
  id: number;

  @Column({ ...idColumn, name: 'account_id' })
  accountId: number;

  @Column({ type: 'varchar', length: 8 })
  kind: SessionKind;

  /** SHA-256 of a login key, which is found by it. */
  @Column({ name: 'key_hash', type: 'varchar', length: 64, nullable: true })
  keyHash: string | null;

  /** SHA-256 of the `jti` of the one refresh token that is current. Not indexed: rotation then touches no index. */
  @Column({ name: 'token_hash', type: 'varchar', length: 64, nullable: true })
  tokenHash: string | null;

  /** When the last few predecessors of the current token were replaced, newest first: see refresh-chain.rules.ts. */
  @Column({ type: 'varchar', length: 80, default: '' })
  rotations: string;

  @Column({ type: 'varchar', length: 45 })
  ip: string;

  @Column({ name: 'user_agent', type: 'varchar', length: 255 })
  userAgent: string;

  @Column({ ...timestampColumn, name: 'created_at' })
  createdAt: Date;

  @Column({ ...timestampColumn, name: 'last_used_at' })
  lastUsedAt: Date;

  @Column({ ...timestampColumn, name: 'expires_at' })
  expiresAt: Date;

  @Column({ ...timestampColumn, name: 'ended_at', nullable: true })
  endedAt: Date | null;

  @Column({ name: 'end_reason', type: 'varchar', length: 24, nullable: true })
  endReason: SessionEnd | null;
}
