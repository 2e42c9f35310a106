import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';

@Entity('follow')
@Index('ix_follow_creator', ['creatorId', 'createdAt'])
@Index('ix_follow_creator_follower', ['creatorId', 'followerId'])
export class Follow {
  @PrimaryColumn({ name: 'follower_id', type: 'bigint', primaryKeyConstraintName: 'pk_follow' })
  followerId: number;

  @PrimaryColumn({ name: 'creator_id', type: 'bigint', primaryKeyConstraintName: 'pk_follow' })
  creatorId: number;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;
}
