import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { longTextColumn, timestampColumn } from '../database/column-types';

/** One key that a caller sent along with a request, and the answer to it. The key itself is not kept. */
@Entity('idempotency_key')
@Unique('uq_idempotency_key_scope', ['scope'])
@Index('ix_idempotency_key_expires', ['expiresAt'])
export class IdempotencyKey {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_idempotency_key' })
  id: number;

  /** `scopeOf(call)`: caller, route and key. */
  @Column({ type: 'varchar', length: 64 })
  scope: string;

  /** Names the request that holds the key: what took over its lease has another. */
  @Column({ type: 'varchar', length: 32 })
  claim: string;

  /** `fingerprintOf` the request, encrypted: a body may be short enough to be guessed from its hash. */
  @Column({ type: 'varchar', length: 255 })
  fingerprint: string;

  /** Encrypted; null while the request runs. */
  @Column({ ...longTextColumn, nullable: true })
  answer: string | null;

  /** Without an answer by then, the process is gone. */
  @Column({ name: 'leased_until', ...timestampColumn })
  leasedUntil: Date;

  @Column({ name: 'expires_at', ...timestampColumn })
  expiresAt: Date;
}
