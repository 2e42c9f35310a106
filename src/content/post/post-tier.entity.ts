import { Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Post } from './post.entity';

@Entity('post_tier')
@Index('ix_post_tier_tier', ['tierId'])
export class PostTier {
  @PrimaryColumn({ name: 'post_id', type: 'bigint', primaryKeyConstraintName: 'pk_post_tier' })
  postId: number;

  @ManyToOne(() => Post, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'post_id', foreignKeyConstraintName: 'fk_post_tier_post' })
  post?: Relation<Post>;

  @PrimaryColumn({ name: 'tier_id', type: 'bigint', primaryKeyConstraintName: 'pk_post_tier' })
  tierId: number;
}
