import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';

@Entity('comment_ban')
@Index('ix_comment_ban_account', ['accountId'])
export class CommentBan {
  @PrimaryColumn({ name: 'creator_id', type: 'bigint', primaryKeyConstraintName: 'pk_comment_ban' })
  creatorId: number;

  @PrimaryColumn({ name: 'account_id', type: 'bigint', primaryKeyConstraintName: 'pk_comment_ban' })
  accountId: number;

  @Column({ type: 'varchar', length: 500 })
  reason: string;

  @Column({ name: 'banned_by', type: 'bigint' })
  bannedBy: number;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;
}
