import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';

@Entity('moderation_action')
@Index('ix_moderation_action_subject', ['subjectKind', 'subjectId', 'id'])
@Index('ix_moderation_action_creator', ['creatorId', 'id'])
@Index('ix_moderation_action_account', ['accountId', 'id'])
export class ModerationAction {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_moderation_action' })
  id: number;

  @Column({ name: 'actor_id', type: 'bigint' })
  actorId: number;

  @Column({ type: 'varchar', length: 16 })
  action: string;

  @Column({ name: 'subject_kind', type: 'varchar', length: 8 })
  subjectKind: string;

  @Column({ name: 'subject_id', type: 'bigint' })
  subjectId: number;

  @Column({ name: 'creator_id', type: 'bigint' })
  creatorId: number;

  @Column({ name: 'account_id', type: 'bigint' })
  accountId: number;

  @Column({ type: 'varchar', length: 500 })
  reason: string;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;
}
