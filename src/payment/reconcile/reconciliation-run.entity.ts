import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { longTextColumn, timestampColumn } from '../../infra/database/column-types';

export type RunStatus = 'pending' | 'running' | 'done' | 'failed';

/** A comparison of what we hold with what the gateway holds, over a stretch of time. */
@Entity('reconciliation_run')
@Index('ix_reconciliation_run_status', ['status', 'createdAt'])
export class ReconciliationRun {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_reconciliation_run' })
  id: number;

  @Column({ name: 'from_at', ...timestampColumn })
  fromAt: Date;

  @Column({ name: 'to_at', ...timestampColumn })
  toAt: Date;

  @Column({ name: 'dry_run', type: 'boolean', default: false })
  dryRun: boolean;

  @Column({ type: 'varchar', length: 16 })
  status: RunStatus;

  /** JSON: `[{class, count, cured}]`. */
  @Column({ ...longTextColumn, nullable: true })
  drift: string | null;

  @Column({ type: 'varchar', length: 500, nullable: true })
  error: string | null;

  /** An account; null = the schedule. */
  @Column({ name: 'requested_by', type: 'bigint', nullable: true })
  requestedBy: number | null;

  @Column({ name: 'started_at', ...timestampColumn, nullable: true })
  startedAt: Date | null;

  @Column({ name: 'finished_at', ...timestampColumn, nullable: true })
  finishedAt: Date | null;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;
}
