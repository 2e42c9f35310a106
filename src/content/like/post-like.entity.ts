import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';
import { Post } from '../post/post.entity';

@Entity('post_like')
@Unique('uq_post_like_post_account', ['postId', 'accountId'])
@Index('ix_post_like_post', ['postId', 'liked', 'id'])
@Index('ix_post_like_account', ['accountId', 'id'])
@Index('ix_post_like_creator', ['creatorId', 'createdAt'])
export class PostLike {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_post_like' })
  id: number;

  @Column({ name: 'post_id', type: 'bigint' })
  postId: number;

  @ManyToOne(() => Post, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'post_id', foreignKeyConstraintName: 'fk_post_like_post' })
  post?: Relation<Post>;

  @Column({ name: 'account_id', type: 'bigint' })
  accountId: number;

  @Column({ name: 'creator_id', type: 'bigint' })
  creatorId: number;

  @Column({ type: 'boolean', default: true })
  liked: boolean;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;

  @Column({ name: 'updated_at', ...timestampColumn })
  updatedAt: Date;
}
