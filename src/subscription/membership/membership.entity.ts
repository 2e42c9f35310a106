import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';
import { Tier } from '../tier/tier.entity';

@Entity('membership')
@Unique('uq_membership_account_tier', ['accountId', 'tierId'])
@Index('ix_membership_account_creator', ['accountId', 'creatorId'])
@Index('ix_membership_tier', ['tierId'])
@Index('ix_membership_creator', ['creatorId', 'startedAt'])
@Index('ix_membership_creator_account', ['creatorId', 'accountId'])
@Index('ix_membership_due', ['endedAt', 'accessUntil'])
export class Membership {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_membership' })
  id: number;

  @Column({ name: 'account_id', type: 'bigint' })
  accountId: number;

  @Column({ name: 'tier_id', type: 'bigint' })
  tierId: number;

  @ManyToOne(() => Tier, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'tier_id', foreignKeyConstraintName: 'fk_membership_tier' })
  tier?: Relation<Tier>;

  @Column({ name: 'creator_id', type: 'bigint' })
  creatorId: number;

  @Column({ name: 'access_until', ...timestampColumn, nullable: true })
  accessUntil: Date | null;

  @Column({ name: 'started_at', ...timestampColumn })
  startedAt: Date;

  @Column({ name: 'ended_at', ...timestampColumn, nullable: true })
  endedAt: Date | null;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;

  @Column({ name: 'updated_at', ...timestampColumn })
  updatedAt: Date;
}
