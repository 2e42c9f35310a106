import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';

@Entity('content_report')
@Unique('uq_content_report', ['subjectKind', 'subjectId', 'reporterId'])
@Index('ix_content_report_open', ['resolvedAt', 'id'])
@Index('ix_content_report_reporter', ['reporterId'])
export class ContentReport {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_content_report' })
  id: number;

  @Column({ name: 'subject_kind', type: 'varchar', length: 8 })
  subjectKind: string;

  @Column({ name: 'subject_id', type: 'bigint' })
  subjectId: number;

  @Column({ name: 'creator_id', type: 'bigint' })
  creatorId: number;

  @Column({ name: 'author_id', type: 'bigint' })
  authorId: number;

  @Column({ type: 'varchar', length: 500 })
  excerpt: string;

  @Column({ name: 'reporter_id', type: 'bigint' })
  reporterId: number;

  @Column({ type: 'varchar', length: 500 })
  reason: string;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;

  @Column({ name: 'resolved_at', ...timestampColumn, nullable: true })
  resolvedAt: Date | null;
}
