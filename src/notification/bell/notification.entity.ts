import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { longTextColumn, timestampColumn } from '../../infra/database/column-types';

/** One fact, told to one reader. It names things by their ids: what may be shown of them is decided when it is read. */
@Entity('notification')
@Unique('uq_notification_account_fact', ['accountId', 'factKey'])
@Index('ix_notification_unread', ['accountId', 'shown', 'unread', 'id'])
@Index('ix_notification_shown', ['accountId', 'shown', 'id'])
@Index('ix_notification_actor', ['actorId', 'id'])
export class Notification {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_notification' })
  id: number;

  @Column({ name: 'account_id', type: 'bigint' })
  accountId: number;

  @Column({ name: 'fact_key', type: 'varchar', length: 100 })
  factKey: string;

  @Column({ type: 'varchar', length: 24 })
  kind: string;

  @Column({ name: 'actor_id', type: 'bigint', nullable: true })
  actorId: number | null;

  @Column({ name: 'target_type', type: 'varchar', length: 16, nullable: true })
  targetType: string | null;

  @Column({ name: 'target_id', type: 'bigint', nullable: true })
  targetId: number | null;

  @Column({ name: 'object_type', type: 'varchar', length: 16, nullable: true })
  objectType: string | null;

  @Column({ name: 'object_id', type: 'bigint', nullable: true })
  objectId: number | null;

  /** JSON */
  @Column({ ...longTextColumn })
  data: string;

  /** Whether it is in the bell: what is only mailed is not. */
  @Column({ type: 'boolean', default: true })
  shown: boolean;

  @Column({ type: 'boolean', default: true })
  unread: boolean;

  @Column({ type: 'varchar', length: 9 })
  mail: string;

  @Column({ type: 'boolean', default: false })
  emailed: boolean;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;
}
