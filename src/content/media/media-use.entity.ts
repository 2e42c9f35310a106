import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Media } from './media.entity';

/** A file that something other than a post shows. */
@Entity('media_use')
@Index('ix_media_use_media', ['mediaId'])
export class MediaUse {
  @PrimaryColumn({ type: 'varchar', length: 24, primaryKeyConstraintName: 'pk_media_use' })
  holder: string;

  @PrimaryColumn({ name: 'holder_id', type: 'bigint', primaryKeyConstraintName: 'pk_media_use' })
  holderId: number;

  @PrimaryColumn({ name: 'media_id', type: 'bigint', primaryKeyConstraintName: 'pk_media_use' })
  mediaId: number;

  @ManyToOne(() => Media, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'media_id', foreignKeyConstraintName: 'fk_media_use_media' })
  media?: Relation<Media>;

  @Column({ type: 'integer' })
  position: number;
}
