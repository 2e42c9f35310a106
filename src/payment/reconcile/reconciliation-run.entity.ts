import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { longTextColumn, timestampColumn } from '../../infra/database/column-types';

/** `waiting`: the gateway could not be asked; it goes on when it is due again. */
export const RUN_STATUSES = ['pending', 'running', 'waiting', 'done', 'failed'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** A comparison of what we hold with what the gateway holds, over a stretch of time. */
@Entity('reconciliation_run')
@Index('uq_reconciliation_run_request', ['requestKey'], { unique: true })
@Index('uq_reconciliation_run_running', ['runningSlot'], { unique: true })
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

  /** What was asked for, while it is open; the turn of the schedule for ever. */
  @Column({ name: 'request_key', type: 'varchar', length: 80, nullable: true })
  requestKey: string | null;

  /** 1 for the one that runs. */
  @Column({ name: 'running_slot', type: 'integer', nullable: true })
  runningSlot: number | null;

  /** While it is open: when somebody may take it. */
  @Column({ name: 'due_at', ...timestampColumn, nullable: true })
  dueAt: Date | null;

  /** How often it was taken. */
  @Column({ type: 'integer', default: 0 })
  attempts: number;

  /** How often since it got on. */
  @Column({ type: 'integer', default: 0 })
  tries: number;

  /** JSON: `{stage, cursor, examined}`. */
  @Column({ ...longTextColumn, nullable: true })
  progress: string | null;

  @Column({ name: 'started_at', ...timestampColumn, nullable: true })
  startedAt: Date | null;

  @Column({ name: 'finished_at', ...timestampColumn, nullable: true })
  finishedAt: Date | null;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;
}
