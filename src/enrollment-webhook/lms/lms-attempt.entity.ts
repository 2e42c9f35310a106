import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';
import type { CallKind } from './lms-call';
import { LmsDelivery } from './lms-delivery.entity';

/** One call and what came of it, kept for thirty days. */
@Entity('lms_attempt')
@Index('ix_lms_attempt_delivery', ['deliveryId'])
@Index('ix_lms_attempt_at', ['at'])
export class LmsAttempt {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_lms_attempt' })
  id: number;

  @Column({ name: 'delivery_id', type: 'bigint' })
  deliveryId: number;

  @ManyToOne(() => LmsDelivery, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'delivery_id', foreignKeyConstraintName: 'fk_lms_attempt_lms_delivery' })
  delivery?: Relation<LmsDelivery>;

  @Column({ type: 'varchar', length: 16 })
  kind: CallKind;

  /** Null where there was no answer. */
  @Column({ type: 'integer', nullable: true })
  status: number | null;

  @Column({ type: 'varchar', length: 500, nullable: true })
  error: string | null;

  /** Milliseconds. */
  @Column({ type: 'integer' })
  duration: number;

  /** The beginning of the answer, without the mail address. */
  @Column({ type: 'varchar', length: 500, nullable: true })
  excerpt: string | null;

  @Column({ ...timestampColumn })
  at: Date;
}
