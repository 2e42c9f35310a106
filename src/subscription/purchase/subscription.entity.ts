import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
} from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';
import { Tier } from '../tier/tier.entity';
import { TierPrice } from '../tier/tier-price.entity';
import type { MandateStatus } from '../../payment/events/mandate-changed.event';
import type { AccessReason } from './subscription.state';

/** Charged every month, paid for a month, or for nothing. */
export const PURCHASE_KINDS = ['recurring', 'one_time', 'free'] as const;
export type PurchaseKind = (typeof PURCHASE_KINDS)[number];

/** A member's way into a tier. Its access is a source of the membership, named by this row's id. */
@Entity('subscription')
@Unique('uq_subscription_live', ['liveSlot'])
@Unique('uq_subscription_mandate', ['mandateId'])
@Unique('uq_subscription_order', ['orderId'])
@Index('ix_subscription_account', ['accountId', 'id'])
@Index('ix_subscription_tier', ['tierId', 'status', 'createdAt'])
@Index('ix_subscription_due', ['status', 'accessUntil'])
@Check('ck_subscription_kind', "kind in ('recurring', 'one_time', 'free')")
export class Subscription {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_subscription' })
  id: number;

  /** Null: a guest's, who has not come for it yet. */
  @Column({ name: 'account_id', type: 'bigint', nullable: true })
  accountId: number | null;

  @Column({ name: 'tier_id', type: 'bigint' })
  tierId: number;

  @ManyToOne(() => Tier, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'tier_id', foreignKeyConstraintName: 'fk_subscription_tier' })
  tier?: Relation<Tier>;

  @Column({ name: 'creator_id', type: 'bigint' })
  creatorId: number;

  @Column({ type: 'varchar', length: 16 })
  kind: PurchaseKind;

  @Column({ name: 'price_id', type: 'bigint', nullable: true })
  priceId: number | null;

  @ManyToOne(() => TierPrice, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'price_id', foreignKeyConstraintName: 'fk_subscription_tier_price' })
  price?: Relation<TierPrice>;

  @Column({ type: 'bigint' })
  amount: number;

  @Column({ type: 'varchar', length: 3 })
  currency: string;

  @Column({ name: 'mandate_id', type: 'bigint', nullable: true })
  mandateId: number | null;

  @Column({ name: 'order_id', type: 'bigint', nullable: true })
  orderId: number | null;

  @Column({ type: 'varchar', length: 16 })
  status: MandateStatus;

  @Column({ type: 'varchar', length: 32 })
  reason: AccessReason;

  @Column({ name: 'live_slot', type: 'varchar', length: 48, nullable: true })
  liveSlot: string | null;

  @Column({ name: 'ends_at_cycle', type: 'boolean', default: false })
  endsAtCycle: boolean;

  @Column({ name: 'paid_until', ...timestampColumn, nullable: true })
  paidUntil: Date | null;

  @Column({ name: 'access_until', ...timestampColumn, nullable: true })
  accessUntil: Date | null;

  @Column({ name: 'past_due_at', ...timestampColumn, nullable: true })
  pastDueAt: Date | null;

  @Column({ name: 'ended_at', ...timestampColumn, nullable: true })
  endedAt: Date | null;

  /** When a guest's became somebody's; null of members'. */
  @Column({ name: 'opened_at', ...timestampColumn, nullable: true })
  openedAt: Date | null;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;

  @Column({ name: 'updated_at', ...timestampColumn })
  updatedAt: Date;
}
