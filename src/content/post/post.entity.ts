import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { longTextColumn, timestampColumn } from '../../infra/database/column-types';

@Entity('post')
@Index('ix_post_creator_publish', ['creatorId', 'publishAt', 'id'])
@Index('ix_post_creator_listed', ['creatorId', 'listed', 'publishAt', 'id'])
@Index('ix_post_creator_counted', ['creatorId', 'counted', 'publishAt'])
@Index('ix_post_counted', ['counted', 'publishAt'])
@Check('ck_post_visibility', "visibility in ('public', 'followers', 'members', 'tiers')")
@Check('ck_post_kind', "kind in ('text', 'image', 'video', 'audio', 'link')")
export class Post {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_post' })
  id: number;

  @Column({ name: 'creator_id', type: 'bigint' })
  creatorId: number;

  @Column({ type: 'varchar', length: 8 })
  kind: string;

  @Column({ type: 'varchar', length: 200 })
  title: string;

  @Column({ type: 'varchar', length: 1000 })
  teaser: string;

  @Column({ ...longTextColumn })
  body: string;

  @Column({ name: 'body_html', ...longTextColumn })
  bodyHtml: string;

  @Column({ type: 'varchar', length: 2048, nullable: true })
  link: string | null;

  @Column({ type: 'varchar', length: 10 })
  visibility: string;

  @Column({ name: 'is_draft', type: 'boolean', default: false })
  isDraft: boolean;

  @Column({ name: 'publish_at', ...timestampColumn, nullable: true })
  publishAt: Date | null;

  @Column({ type: 'boolean', default: false })
  listed: boolean;

  @Column({ type: 'boolean', default: false })
  counted: boolean;

  @Column({ type: 'boolean', default: false })
  announced: boolean;

  @Column({ name: 'hidden_at', ...timestampColumn, nullable: true })
  hiddenAt: Date | null;

  @Column({ name: 'like_count', type: 'integer', default: 0 })
  likeCount: number;

  @Column({ name: 'comment_count', type: 'integer', default: 0 })
  commentCount: number;

  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;

  @Column({ name: 'updated_at', ...timestampColumn })
  updatedAt: Date;
}
