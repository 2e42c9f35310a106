import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { BulkEnrolment } from './bulk-enrolment.entity';

export type BulkRowState = 'waiting' | 'done' | 'failed';

@Entity('bulk_enrolment_row')
@Index('ix_bulk_enrolment_row_state', ['bulkId', 'state', 'position'])
@Index('ix_bulk_enrolment_row_email', ['email'])
export class BulkRow {
  @PrimaryColumn({ name: 'bulk_id', type: 'bigint', primaryKeyConstraintName: 'pk_bulk_enrolment_row' })
  bulkId: number;

  @ManyToOne(() => BulkEnrolment, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'bulk_id', foreignKeyConstraintName: 'fk_bulk_enrolment_row_bulk_enrolment' })
  bulk?: Relation<BulkEnrolment>;

  /** From 1, as people count the rows they send. */
  @PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_bulk_enrolment_row' })
  position: number;

  /** As it was sent; empty once its account is closed. */
  @Column({ type: 'varchar', length: 320 })
  email: string;

  /** As it was sent. */
  @Column({ name: 'course_id', type: 'varchar', length: 255 })
  courseId: string;

  @Column({ type: 'varchar', length: 8 })
  state: BulkRowState;

  @Column({ type: 'varchar', length: 500, nullable: true })
  error: string | null;
}
