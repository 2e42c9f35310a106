import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { longTextColumn, timestampColumn } from '../../infra/database/column-types';

@Entity('tier')
@Index('ix_tier_creator', ['creatorId', 'priceRank', 'id'])
export class Tier {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_tier' })
  id: number;

  @Column({ name: 'creator_id', type: 'bigint' })
  creatorId: number;

  @Column({ type: 'varchar', length: 100 })
  name: string;

  @Column({ ...longTextColumn })
  description: string;

  @Column({ ...longTextColumn })
  prices: string;

  @Column({ name: 'price_rank', type: 'bigint', default: 0 })
  priceRank: number;

  @Column({ name: 'is_public', type: 'boolean', default: false })
  isPublic: boolean;

  @Column({ name: 'member_limit', type: 'integer', nullable: true })
  memberLimit: number | null;

  @Column({ name: 'member_count', type: 'integer', default: 0 })
  memberCount: number;

  @Column({ name: 'course_ids', ...longTextColumn })
  courseIds: string;

  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ name: 'archived_at', ...timestampColumn, nullable: true })
  archivedAt: Date | null;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;

  @Column({ name: 'updated_at', ...timestampColumn })
  updatedAt: Date;
}
