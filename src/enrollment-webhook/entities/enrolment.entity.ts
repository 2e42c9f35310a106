import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
} from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';
import type { EnrolmentStatus } from '../enrolment/enrolment.state';
import { Course } from './course.entity';

/** A person in a course, for as long as any of its sources holds it. */
@Entity('enrolment')
@Unique('uq_enrolment_account_course', ['accountId', 'courseId'])
@Index('ix_enrolment_course', ['courseId'])
@Index('ix_enrolment_expires', ['expiresAt'])
@Check('ck_enrolment_status', "status in ('active', 'suspended', 'ended')")
export class Enrolment {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_enrolment' })
  id: number;

  /** Null once the account is closed: the history stays, nobody's. */
  @Column({ name: 'account_id', type: 'bigint', nullable: true })
  accountId: number | null;

  @Column({ name: 'course_id', type: 'bigint' })
  courseId: number;

  @ManyToOne(() => Course, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'course_id', foreignKeyConstraintName: 'fk_enrolment_course' })
  course?: Relation<Course>;

  /** Open edX's name of what kind of learner this is: audit, honor, verified… */
  @Column({ type: 'varchar', length: 32 })
  mode: string;

  @Column({ type: 'varchar', length: 16 })
  status: EnrolmentStatus;

  @Column({ ...timestampColumn, name: 'expires_at', nullable: true })
  expiresAt: Date | null;

  /** The `expires_at` whose notice was given, so that it is given once, and again when the date is moved. */
  @Column({ ...timestampColumn, name: 'expiry_notice_for', nullable: true })
  expiryNoticeFor: Date | null;

  @Column({ ...timestampColumn, name: 'created_at' })
  createdAt: Date;

  @Column({ ...timestampColumn, name: 'updated_at' })
  updatedAt: Date;
}
