import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';

export const BULK_STATUSES = ['queued', 'running', 'done'] as const;
export type BulkStatus = (typeof BULK_STATUSES)[number];

/** A list of people to enrol, worked off behind the requests. */
@Entity('bulk_enrolment')
@Index('ix_bulk_enrolment_due', ['status', 'runAt'])
@Index('ix_bulk_enrolment_created', ['createdAt'])
export class BulkEnrolment {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_bulk_enrolment' })
  id: number;

  @Column({ type: 'varchar', length: 16 })
  status: BulkStatus;

  @Column({ type: 'integer' })
  total: number;

  /** The administrator. */
  @Column({ name: 'actor_id', type: 'bigint' })
  actorId: number;

  /** Also the lease of the worker that has it in hand. */
  @Column({ name: 'run_at', ...timestampColumn })
  runAt: Date;

  @Column({ type: 'integer', default: 0 })
  attempts: number;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;

  @Column({ name: 'finished_at', ...timestampColumn, nullable: true })
  finishedAt: Date | null;
}
