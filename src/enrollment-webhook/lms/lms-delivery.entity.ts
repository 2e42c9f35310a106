import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';
import { longTextColumn, timestampColumn } from '../../infra/database/column-types';
import { Enrolment } from '../entities/enrolment.entity';
import { Lms } from './lms.entity';
import type { DeliveryStatus, Told } from './lms-delivery.state';

/** What an LMS knows of an enrolment: one row for both, however often the enrolment changes. */
@Entity('lms_delivery')
@Unique('uq_lms_delivery', ['lmsId', 'enrolmentId'])
@Index('ix_lms_delivery_due', ['lmsId', 'status', 'runAt'])
@Index('ix_lms_delivery_enrolment', ['enrolmentId'])
export class LmsDelivery {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_lms_delivery' })
  id: number;

  @Column({ name: 'lms_id', type: 'bigint' })
  lmsId: number;

  @ManyToOne(() => Lms, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'lms_id', foreignKeyConstraintName: 'fk_lms_delivery_lms' })
  lms?: Relation<Lms>;

  @Column({ name: 'enrolment_id', type: 'bigint' })
  enrolmentId: number;

  @ManyToOne(() => Enrolment, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'enrolment_id', foreignKeyConstraintName: 'fk_lms_delivery_enrolment' })
  enrolment?: Relation<Enrolment>;

  @Column({ type: 'varchar', length: 16 })
  status: DeliveryStatus;

  /** Null where the LMS has never heard of it. */
  @Column({ type: 'varchar', length: 8, nullable: true })
  told: Told | null;

  /** Grows with every change that has to be looked at: what was sent before it is not the last word. */
  @Column({ type: 'integer', default: 0 })
  version: number;

  /** To be sent even where the LMS knows. */
  @Column({ type: 'boolean', default: false })
  forced: boolean;

  /** Of this version. */
  @Column({ type: 'integer', default: 0 })
  attempts: number;

  /** Grows with every claim: who claimed it before has no say any more. */
  @Column({ type: 'integer', default: 0 })
  lease: number;

  @Column({ ...timestampColumn, name: 'leased_until', nullable: true })
  leasedUntil: Date | null;

  @Column({ ...timestampColumn, name: 'run_at' })
  runAt: Date;

  /** When this version began: a day later it is given up. */
  @Column({ ...timestampColumn, name: 'pending_since' })
  pendingSince: Date;

  /** The mail address that the LMS knows, encrypted: it outlives the account until the LMS has let go of it. */
  @Column({ ...longTextColumn, nullable: true })
  address: string | null;

  /** Of the last attempt that went wrong. */
  @Column({ name: 'last_error', type: 'varchar', length: 500, nullable: true })
  lastError: string | null;

  @Column({ ...timestampColumn, name: 'created_at' })
  createdAt: Date;

  @Column({ ...timestampColumn, name: 'updated_at' })
  updatedAt: Date;
}
