import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';

/**
 * What is kept for one reader. Whoever writes notifications of a reader holds this row, so that one reader's ids grow in
 * the order in which they are committed: to read on after an id misses nothing.
 */
@Entity('notification_box')
@Index('ix_notification_box_digest', ['digestDueAt'])
export class NotificationBox {
  @PrimaryColumn({ name: 'account_id', type: 'bigint', primaryKeyConstraintName: 'pk_notification_box' })
  accountId: number;

  @Column({ type: 'integer', default: 0 })
  unread: number;

  @Column({ type: 'integer', default: 0 })
  total: number;

  @Column({ type: 'bigint', default: 0 })
  version: number;

  /** An hour of the reader's day, 0 to 23. */
  @Column({ name: 'quiet_from', type: 'integer', nullable: true })
  quietFrom: number | null;

  @Column({ name: 'quiet_until', type: 'integer', nullable: true })
  quietUntil: number | null;

  @Column({ name: 'digest_due_at', ...timestampColumn, nullable: true })
  digestDueAt: Date | null;

  @Column({ name: 'digest_from', type: 'bigint', nullable: true })
  digestFrom: number | null;

  /** `YYYY-MM-DD` of the last one, as the reader's calendar had it. */
  @Column({ name: 'digest_day', type: 'varchar', length: 10, nullable: true })
  digestDay: string | null;
}
