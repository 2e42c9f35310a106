import { Check, Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';

@Entity('media')
@Unique('uq_media_storage_key', ['storageKey'])
@Index('ix_media_owner', ['ownerId', 'id'])
@Check('ck_media_kind', "kind in ('image', 'video', 'audio', 'document')")
export class Media {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_media' })
  id: number;

  @Column({ name: 'owner_id', type: 'bigint' })
  ownerId: number;

  @Column({ type: 'varchar', length: 8 })
  kind: string;

  @Column({ name: 'content_type', type: 'varchar', length: 100 })
  contentType: string;

  @Column({ type: 'varchar', length: 255 })
  name: string;

  @Column({ type: 'bigint' })
  size: number;

  @Column({ type: 'integer', nullable: true })
  width: number | null;

  @Column({ type: 'integer', nullable: true })
  height: number | null;

  @Column({ name: 'storage_key', type: 'varchar', length: 128 })
  storageKey: string;

  @Column({ name: 'preview_key', type: 'varchar', length: 128, nullable: true })
  previewKey: string | null;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;
}
