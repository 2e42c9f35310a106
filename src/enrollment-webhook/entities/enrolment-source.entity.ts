import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';
import type { SourceKind } from '../enrolment/enrolment.state';
import { Enrolment } from './enrolment.entity';

/** What holds an enrolment: its row is there for as long as it does. */
@Entity('enrolment_source')
@Unique('uq_enrolment_source', ['enrolmentId', 'kind', 'reference'])
export class EnrolmentSource {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_enrolment_source' })
  id: number;

  @Column({ name: 'enrolment_id', type: 'bigint' })
  enrolmentId: number;

  @ManyToOne(() => Enrolment, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'enrolment_id', foreignKeyConstraintName: 'fk_enrolment_source_enrolment' })
  enrolment?: Relation<Enrolment>;

  @Column({ type: 'varchar', length: 16 })
  kind: SourceKind;

  /** Which of its kind: `lernito`, a membership's id; `-` where there is one only. */
  @Column({ type: 'varchar', length: 64 })
  reference: string;

  @Column({ ...timestampColumn, name: 'created_at' })
  createdAt: Date;
}
