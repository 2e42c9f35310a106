import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a reader wants otherwise than everybody does unless told. */
@Entity('notification_preference')
export class NotificationPreference {
  @PrimaryColumn({ name: 'account_id', type: 'bigint', primaryKeyConstraintName: 'pk_notification_preference' })
  accountId: number;

  @PrimaryColumn({ type: 'varchar', length: 24, primaryKeyConstraintName: 'pk_notification_preference' })
  kind: string;

  @Column({ type: 'boolean', default: true })
  bell: boolean;

  @Column({ type: 'varchar', length: 9 })
  mail: string;
}
