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
import type { GuestKind } from './guest.rules';

/** What somebody without an account buys, until the owner of the mailbox comes for it. */
@Entity('guest_checkout')
@Unique('uq_guest_checkout_username', ['username'])
@Unique('uq_guest_checkout_slot', ['slot'])
@Unique('uq_guest_checkout_subscription', ['subscriptionId'])
@Unique('uq_guest_checkout_order', ['orderId'])
@Unique('uq_guest_checkout_mandate', ['mandateId'])
@Index('ix_guest_checkout_email', ['emailKey', 'paidAt'])
@Index('ix_guest_checkout_unpaid', ['paidAt', 'createdAt'])
@Check('ck_guest_checkout_kind', "kind in ('recurring', 'oneTime', 'commission', 'tip')")
export class GuestCheckout {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_guest_checkout' })
  id: number;

  /** As typed; the contact is kept until somebody has come for it. */
  @Column({ type: 'varchar', length: 254, nullable: true })
  email: string | null;

  @Column({ name: 'email_key', type: 'varchar', length: 254, nullable: true })
  emailKey: string | null;

  @Column({ type: 'varchar', length: 32, nullable: true })
  phone: string | null;

  /** Of the account to come, where there is none. */
  @Column({ type: 'varchar', length: 32 })
  username: string;

  @Column({ type: 'varchar', length: 16 })
  kind: GuestKind;

  @Column({ name: 'tier_id', type: 'bigint', nullable: true })
  tierId: number | null;

  @Column({ name: 'commission_id', type: 'bigint', nullable: true })
  commissionId: number | null;

  @Column({ type: 'varchar', length: 3 })
  currency: string;

  @Column({ name: 'subscription_id', type: 'bigint', nullable: true })
  subscriptionId: number | null;

  @ManyToOne(() => Subscription, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'subscription_id', foreignKeyConstraintName: 'fk_guest_checkout_subscription' })
  subscription?: Relation<Subscription>;

  @Column({ name: 'order_id', type: 'bigint', nullable: true })
  orderId: number | null;

  @Column({ name: 'mandate_id', type: 'bigint', nullable: true })
  mandateId: number | null;

  @Column({ type: 'varchar', length: 120, nullable: true })
  slot: string | null;

  @Column({ name: 'paid_at', ...timestampColumn, nullable: true })
  paidAt: Date | null;

  @Column({ name: 'mailed_for', type: 'bigint', nullable: true })
  mailedFor: number | null;

  @Column({ name: 'claimed_by', type: 'bigint', nullable: true })
  claimedBy: number | null;

  @Column({ name: 'claimed_at', ...timestampColumn, nullable: true })
  claimedAt: Date | null;

  /** When it was ended, to be paid back: its owner has the same already. */
  @Column({ name: 'returned_at', ...timestampColumn, nullable: true })
  returnedAt: Date | null;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;

  @Column({ name: 'updated_at', ...timestampColumn })
  updatedAt: Date;
}
