import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';
import { Post } from './post.entity';

@Entity('post_early')
@Index('ix_post_early_tier', ['tierId'])
export class PostEarly {
  @PrimaryColumn({ name: 'post_id', type: 'bigint', primaryKeyConstraintName: 'pk_post_early' })
  postId: number;

  @ManyToOne(() => Post, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'post_id', foreignKeyConstraintName: 'fk_post_early_post' })
  post?: Relation<Post>;

  @PrimaryColumn({ name: 'tier_id', type: 'bigint', primaryKeyConstraintName: 'pk_post_early' })
  tierId: number;

  @Column({ name: 'from_at', ...timestampColumn })
  fromAt: Date;
}
