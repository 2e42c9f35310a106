import { Check, Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';

/** A course of an LMS that people can be enrolled in. */
@Entity('course')
@Unique('uq_course_key', ['courseKey'])
@Check('ck_course_capacity', 'capacity is null or capacity >= 0')
export class Course {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_course' })
  id: number;

  /** In canonical form (COMPAT 1.6); `course_id` on the wire. */
  @Column({ name: 'course_key', type: 'varchar', length: 255 })
  courseKey: string;

  @Column({ name: 'display_name', type: 'varchar', length: 255 })
  displayName: string;

  @Column({ ...timestampColumn, name: 'enrolment_start', nullable: true })
  enrolmentStart: Date | null;

  @Column({ ...timestampColumn, name: 'enrolment_end', nullable: true })
  enrolmentEnd: Date | null;

  @Column({ ...timestampColumn, name: 'starts_at', nullable: true })
  startsAt: Date | null;

  @Column({ ...timestampColumn, name: 'ends_at', nullable: true })
  endsAt: Date | null;

  @Column({ type: 'int', nullable: true })
  capacity: number | null;

  @Column({ name: 'invitation_only', type: 'boolean', default: false })
  invitationOnly: boolean;

  /** An archived course takes no new enrolments; those it has stay. */
  @Column({ ...timestampColumn, name: 'archived_at', nullable: true })
  archivedAt: Date | null;

  @Column({ ...timestampColumn, name: 'created_at' })
  createdAt: Date;

  @Column({ ...timestampColumn, name: 'updated_at' })
  updatedAt: Date;
}
