import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Post } from '../post/post.entity';
import { Media } from './media.entity';

@Entity('post_media')
@Index('ix_post_media_media', ['mediaId'])
export class PostMedia {
  @PrimaryColumn({ name: 'post_id', type: 'bigint', primaryKeyConstraintName: 'pk_post_media' })
  postId: number;

  @ManyToOne(() => Post, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'post_id', foreignKeyConstraintName: 'fk_post_media_post' })
  post?: Relation<Post>;

  @PrimaryColumn({ name: 'media_id', type: 'bigint', primaryKeyConstraintName: 'pk_post_media' })
  mediaId: number;

  @ManyToOne(() => Media, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'media_id', foreignKeyConstraintName: 'fk_post_media_media' })
  media?: Relation<Media>;

  @Column({ type: 'integer' })
  position: number;
}
