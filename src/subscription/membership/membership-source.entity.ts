import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';
import { Membership } from './membership.entity';

/** What may hold a membership: an administrator's gift, a running subscription, a payment for once. */
export type SourceKind = 'comp' | 'subscription' | 'order';

@Entity('membership_source')
@Unique('uq_membership_source_live', ['membershipId', 'liveSlot'])
@Index('ix_membership_source_reference', ['kind', 'reference'])
@Index('ix_membership_source_due', ['endedAt', 'endsAt'])
export class MembershipSource {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_membership_source' })
  id: number;

  @Column({ name: 'membership_id', type: 'bigint' })
  membershipId: number;

  @ManyToOne(() => Membership, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'membership_id', foreignKeyConstraintName: 'fk_membership_source_membership' })
  membership?: Relation<Membership>;

  @Column({ type: 'varchar', length: 16 })
  kind: SourceKind;

  @Column({ type: 'varchar', length: 64 })
  reference: string;

  @Column({ name: 'ends_at', ...timestampColumn, nullable: true })
  endsAt: Date | null;

  @Column({ type: 'varchar', length: 500, nullable: true })
  reason: string | null;

  @Column({ name: 'granted_by', type: 'bigint', nullable: true })
  grantedBy: number | null;

  @Column({ name: 'live_slot', type: 'varchar', length: 81, nullable: true })
  liveSlot: string | null;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;

  @Column({ name: 'ended_at', ...timestampColumn, nullable: true })
  endedAt: Date | null;
}
