import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { jsonType, timestampColumn } from '../../infra/database/column-types';
import type { ChangeKind, EnrolmentSnapshot } from '../enrolment/enrolment.state';
import { Enrolment } from './enrolment.entity';

/** One change of an enrolment: who, why, and what it was before and after. Never changed, never deleted. */
@Entity('enrolment_history')
@Index('ix_enrolment_history_enrolment', ['enrolmentId'])
export class EnrolmentHistory {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_enrolment_history' })
  id: number;

  @Column({ name: 'enrolment_id', type: 'bigint' })
  enrolmentId: number;

  @ManyToOne(() => Enrolment, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'enrolment_id', foreignKeyConstraintName: 'fk_enrolment_history_enrolment' })
  enrolment?: Relation<Enrolment>;

  /** Null where the enrolment began. */
  @Column({ name: 'state_before', type: jsonType, nullable: true })
  before: EnrolmentSnapshot | null;

  @Column({ name: 'state_after', type: jsonType })
  after: EnrolmentSnapshot;

  @Column({ type: 'varchar', length: 16 })
  source: ChangeKind;

  @Column({ type: 'varchar', length: 64, nullable: true })
  reference: string | null;

  /** The administrator; null for machines, and once that account is closed. */
  @Column({ name: 'actor_id', type: 'bigint', nullable: true })
  actorId: number | null;

  @Column({ type: 'varchar', length: 500, nullable: true })
  reason: string | null;

  @Column({ ...timestampColumn, name: 'changed_at' })
  changedAt: Date;
}
