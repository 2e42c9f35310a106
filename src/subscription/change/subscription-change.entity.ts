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
import { Subscription } from '../purchase/subscription.entity';
import { Tier } from '../tier/tier.entity';
import { TierPrice } from '../tier/tier-price.entity';
import type { Applies, How } from './change.rules';
import type { ChangeState } from './change.state';

/** A member's wish to have another tier of the same creator in place of the present one. */
@Entity('subscription_change')
@Unique('uq_subscription_change_open', ['openSlot'])
@Unique('uq_subscription_change_successor', ['successorId'])
@Index('ix_subscription_change_subscription', ['subscriptionId', 'id'])
@Check('ck_subscription_change_how', "how in ('update', 'new_mandate')")
@Check('ck_subscription_change_applies', "applies in ('now', 'cycle_end')")
export class SubscriptionChange {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_subscription_change' })
  id: number;

  @Column({ name: 'subscription_id', type: 'bigint' })
  subscriptionId: number;

  @ManyToOne(() => Subscription, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'subscription_id', foreignKeyConstraintName: 'fk_subscription_change_subscription' })
  subscription?: Relation<Subscription>;

  @Column({ name: 'tier_id', type: 'bigint' })
  tierId: number;

  @ManyToOne(() => Tier, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'tier_id', foreignKeyConstraintName: 'fk_subscription_change_tier' })
  tier?: Relation<Tier>;

  @Column({ name: 'price_id', type: 'bigint' })
  priceId: number;

  @ManyToOne(() => TierPrice, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'price_id', foreignKeyConstraintName: 'fk_subscription_change_tier_price' })
  price?: Relation<TierPrice>;

  @Column({ type: 'bigint' })
  amount: number;

  @Column({ type: 'varchar', length: 3 })
  currency: string;

  @Column({ type: 'varchar', length: 16 })
  how: How;

  @Column({ type: 'varchar', length: 16 })
  applies: Applies;

  @Column({ name: 'applies_at', ...timestampColumn, nullable: true })
  appliesAt: Date | null;

  /** What the member has agreed to. */
  @Column({ type: 'varchar', length: 64 })
  quote: string;

  @Column({ type: 'varchar', length: 16 })
  state: ChangeState;

  @Column({ name: 'open_slot', type: 'bigint', nullable: true })
  openSlot: number | null;

  /** A purchase. */
  @Column({ name: 'successor_id', type: 'bigint', nullable: true })
  successorId: number | null;

  @Column({ name: 'paid_before', type: 'integer' })
  paidBefore: number;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;

  @Column({ name: 'updated_at', ...timestampColumn })
  updatedAt: Date;
}
