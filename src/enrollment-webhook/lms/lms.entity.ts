import { Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { longTextColumn, timestampColumn } from '../../infra/database/column-types';

/** An LMS that is told who may enter its courses. */
@Entity('lms')
@Unique('uq_lms_name', ['name'])
export class Lms {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_lms' })
  id: number;

  @Column({ type: 'varchar', length: 100 })
  name: string;

  /** Of its lernito plugin. */
  @Column({ type: 'varchar', length: 2000 })
  url: string;

  /** Encrypted at rest, as the other two secrets. */
  @Column(longTextColumn)
  secret: string;

  /** The one before, for a while after it was changed. */
  @Column({ ...longTextColumn, name: 'previous_secret', nullable: true })
  previousSecret: string | null;

  @Column({ ...timestampColumn, name: 'rotated_at', nullable: true })
  rotatedAt: Date | null;

  /** Where it wants to hear that an enrolment has ended. */
  @Column({ name: 'events_url', type: 'varchar', length: 2000, nullable: true })
  eventsUrl: string | null;

  /** Of an Open edX whose API takes enrolments back; this and the next two are all set or all null. */
  @Column({ name: 'openedx_url', type: 'varchar', length: 2000, nullable: true })
  openedxUrl: string | null;

  @Column({ name: 'openedx_client_id', type: 'varchar', length: 255, nullable: true })
  openedxClientId: string | null;

  @Column({ ...longTextColumn, name: 'openedx_client_secret', nullable: true })
  openedxClientSecret: string | null;

  @Column({ type: 'boolean', default: true })
  enabled: boolean;

  /** In a row, without a call that went well between them. */
  @Column({ type: 'integer', default: 0 })
  failures: number;

  /** Until then nothing is sent: it did not answer, or not as it should. */
  @Column({ ...timestampColumn, name: 'paused_until', nullable: true })
  pausedUntil: Date | null;

  @Column({ ...timestampColumn, name: 'created_at' })
  createdAt: Date;

  @Column({ ...timestampColumn, name: 'updated_at' })
  updatedAt: Date;
}
