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
import { longTextColumn, timestampColumn } from '../../infra/database/column-types';
import { CommissionOffer } from '../offer/commission-offer.entity';
import type { CommissionStatus } from './commission-order.state';
import type { MoneyStanding } from './commission-order.rules';

/** Somebody's order of a creator's work, with what was agreed. Amounts are in the currency's minor unit. */
@Entity('commission_order')
@Unique('uq_commission_order_open', ['openKey'])
@Unique('uq_commission_order_payment', ['paymentOrderId'])
@Index('ix_commission_order_offer', ['offerId', 'status', 'id'])
@Index('ix_commission_order_creator', ['creatorId', 'id'])
@Index('ix_commission_order_buyer', ['buyerId', 'id'])
@Index('ix_commission_order_due', ['dueAt', 'id'])
@Check('ck_commission_order_amount', 'amount >= 100')
export class CommissionOrder {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_commission_order' })
  id: number;

  @Column({ name: 'offer_id', type: 'bigint' })
  offerId: number;

  @ManyToOne(() => CommissionOffer, { onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'offer_id', foreignKeyConstraintName: 'fk_commission_order_commission_offer' })
  offer?: Relation<CommissionOffer>;

  @Column({ name: 'creator_id', type: 'bigint' })
  creatorId: number;

  @Column({ name: 'buyer_id', type: 'bigint', nullable: true })
  buyerId: number | null;

  @Column({ type: 'varchar', length: 200 })
  title: string;

  @Column({ ...longTextColumn })
  terms: string;

  @Column({ name: 'delivery_mode', type: 'varchar', length: 100 })
  deliveryMode: string;

  @Column({ ...longTextColumn })
  description: string;

  /** Contact details, encrypted for this row. */
  @Column({ ...longTextColumn, nullable: true })
  sealed: string | null;

  @Column({ type: 'bigint' })
  amount: number;

  @Column({ type: 'varchar', length: 3 })
  currency: string;

  @Column({ name: 'payment_order_id', type: 'bigint', nullable: true })
  paymentOrderId: number | null;

  @Column({ type: 'varchar', length: 16 })
  status: CommissionStatus;

  @Column({ type: 'varchar', length: 16 })
  payment: MoneyStanding;

  @Column({ name: 'open_key', type: 'varchar', length: 48, nullable: true })
  openKey: string | null;

  @Column({ name: 'held_at', ...timestampColumn, nullable: true })
  heldAt: Date | null;

  @Column({ name: 'accepting_at', ...timestampColumn, nullable: true })
  acceptingAt: Date | null;

  @Column({ name: 'warned_at', ...timestampColumn, nullable: true })
  warnedAt: Date | null;

  @Column({ name: 'due_at', ...timestampColumn, nullable: true })
  dueAt: Date | null;

  @Column({ type: 'integer', default: 0 })
  revisions: number;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;

  @Column({ name: 'updated_at', ...timestampColumn })
  updatedAt: Date;
}
