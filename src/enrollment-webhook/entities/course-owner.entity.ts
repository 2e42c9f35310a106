import { Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Course } from './course.entity';

/** A creator who may sell a course. */
@Entity('course_owner')
@Index('ix_course_owner_account', ['accountId'])
export class CourseOwner {
  @PrimaryColumn({ name: 'course_id', type: 'bigint', primaryKeyConstraintName: 'pk_course_owner' })
  courseId: number;

  @PrimaryColumn({ name: 'account_id', type: 'bigint', primaryKeyConstraintName: 'pk_course_owner' })
  accountId: number;

  @ManyToOne(() => Course, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'course_id', foreignKeyConstraintName: 'fk_course_owner_course' })
  course?: Relation<Course>;
}
