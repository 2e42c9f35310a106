import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { longTextColumn, timestampColumn } from '../../infra/database/column-types';
import { Post } from '../post/post.entity';

@Entity('post_comment')
@Index('ix_post_comment_post', ['postId', 'id'])
@Index('ix_post_comment_state', ['postId', 'state'])
@Index('ix_post_comment_parent', ['parentId'])
@Index('ix_post_comment_author', ['authorId', 'id'])
@Index('ix_post_comment_creator', ['creatorId', 'createdAt'])
@Check('ck_post_comment_state', "state in ('visible', 'hidden', 'deleted')")
export class PostComment {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_post_comment' })
  id: number;

  @Column({ name: 'post_id', type: 'bigint' })
  postId: number;

  @ManyToOne(() => Post, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'post_id', foreignKeyConstraintName: 'fk_post_comment_post' })
  post?: Relation<Post>;

  @Column({ name: 'creator_id', type: 'bigint' })
  creatorId: number;

  @Column({ name: 'author_id', type: 'bigint' })
  authorId: number;

  @Column({ name: 'parent_id', type: 'bigint', nullable: true })
  parentId: number | null;

  @Column({ ...longTextColumn })
  body: string;

  @Column({ type: 'varchar', length: 8 })
  state: string;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;

  @Column({ name: 'updated_at', ...timestampColumn })
  updatedAt: Date;
}
