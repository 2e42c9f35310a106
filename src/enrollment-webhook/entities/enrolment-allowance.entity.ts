import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';
import type { SourceKind } from '../enrolment/enrolment.state';
import { Course } from './course.entity';

/** A mailbox that may enter a course: it becomes the enrolment of the first account that proves the mailbox. */
@Entity('enrolment_allowance')
@Unique('uq_enrolment_allowance_mailbox', ['emailKey', 'courseId'])
@Index('ix_enrolment_allowance_course', ['courseId'])
@Index('ix_enrolment_allowance_claimed_by', ['claimedBy'])
export class EnrolmentAllowance {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_enrolment_allowance' })
  id: number;

  @Column({ name: 'email_key', type: 'varchar', length: 254 })
  emailKey: string;

  /** As sent. */
  @Column({ type: 'varchar', length: 254 })
  email: string;

  @Column({ name: 'course_id', type: 'bigint' })
  courseId: number;

  @ManyToOne(() => Course, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'course_id', foreignKeyConstraintName: 'fk_enrolment_allowance_course' })
  course?: Relation<Course>;

  /** The source that the enrolment will have. */
  @Column({ type: 'varchar', length: 16 })
  kind: SourceKind;

  @Column({ type: 'varchar', length: 64 })
  reference: string;

  @Column({ ...timestampColumn, name: 'granted_at' })
  grantedAt: Date;

  /** Once: whoever proves the mailbox later finds it used, as long as this account exists. */
  @Column({ name: 'claimed_by', type: 'bigint', nullable: true })
  claimedBy: number | null;

  @Column({ ...timestampColumn, name: 'claimed_at', nullable: true })
  claimedAt: Date | null;

  @Column({ ...timestampColumn, name: 'revoked_at', nullable: true })
  revokedAt: Date | null;

  @Column({ name: 'revoked_by', type: 'bigint', nullable: true })
  revokedBy: number | null;

  @Column({ name: 'revoke_reason', type: 'varchar', length: 500, nullable: true })
  revokeReason: string | null;
}
