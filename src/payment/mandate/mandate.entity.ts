import { Check, Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';
import type { Purpose } from '../purpose';
import type { MandateStatus } from '../events/mandate-changed.event';

/** What the gateway has yet to hear. */
export type Wanted = 'cancelled' | 'cancelled_at_end' | 'paused' | 'resumed' | 'plan_now' | 'plan_at_end' | 'plan_kept';

/** A payer's consent to be charged every month: a subscription of the gateway. Amounts are in minor units. */
@Entity('mandate')
@Unique('uq_mandate_gateway', ['gatewayId'])
@Index('ix_mandate_payer', ['payerId'])
@Index('ix_mandate_payee', ['payeeId'])
@Index('ix_mandate_reference', ['purpose', 'reference'])
@Index('ix_mandate_wanted', ['wanted', 'updatedAt'])
@Index('ix_mandate_status', ['status', 'createdAt'])
@Check('ck_mandate_amount', 'amount > 0')
export class Mandate {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_mandate' })
  id: number;

  @Column({ name: 'gateway_id', type: 'varchar', length: 40, nullable: true })
  gatewayId: string | null;

  /** The gateway's. */
  @Column({ name: 'plan_id', type: 'varchar', length: 40, nullable: true })
  planId: string | null;

  @Column({ name: 'plan_key', type: 'varchar', length: 64 })
  planKey: string;

  @Column({ name: 'plan_name', type: 'varchar', length: 255 })
  planName: string;

  @Column({ type: 'varchar', length: 16 })
  purpose: Purpose;

  @Column({ type: 'varchar', length: 64, nullable: true })
  reference: string | null;

  @Column({ name: 'payer_id', type: 'bigint', nullable: true })
  payerId: number | null;

  @Column({ name: 'payee_id', type: 'bigint', nullable: true })
  payeeId: number | null;

  @Column({ type: 'bigint' })
  amount: number;

  @Column({ type: 'varchar', length: 3 })
  currency: string;

  @Column({ type: 'varchar', length: 16 })
  status: MandateStatus;

  @Column({ name: 'total_count', type: 'integer' })
  totalCount: number;

  @Column({ name: 'paid_count', type: 'integer', default: 0 })
  paidCount: number;

  @Column({ name: 'current_start', ...timestampColumn, nullable: true })
  currentStart: Date | null;

  @Column({ name: 'current_end', ...timestampColumn, nullable: true })
  currentEnd: Date | null;

  @Column({ name: 'charge_at', ...timestampColumn, nullable: true })
  chargeAt: Date | null;

  @Column({ name: 'start_at', ...timestampColumn, nullable: true })
  startAt: Date | null;

  @Column({ name: 'ended_at', ...timestampColumn, nullable: true })
  endedAt: Date | null;

  @Column({ name: 'has_scheduled_changes', type: 'boolean', default: false })
  hasScheduledChanges: boolean;

  /** Whether it was cancelled as of the end of what is paid. */
  @Column({ name: 'ends_at_cycle', type: 'boolean', default: false })
  endsAtCycle: boolean;

  /** How old the newest snapshot applied is. */
  @Column({ name: 'snapshot_at', ...timestampColumn, nullable: true })
  snapshotAt: Date | null;

  @Column({ type: 'varchar', length: 16, nullable: true })
  wanted: Wanted | null;

  /** What it is to be charged in place of `planKey`; its currency stays. */
  @Column({ name: 'next_plan_key', type: 'varchar', length: 64, nullable: true })
  nextPlanKey: string | null;

  @Column({ name: 'next_plan_name', type: 'varchar', length: 255, nullable: true })
  nextPlanName: string | null;

  @Column({ name: 'next_amount', type: 'bigint', nullable: true })
  nextAmount: number | null;

  /** Where the payer authorises it, or sees to a failing card. */
  @Column({ name: 'short_url', type: 'varchar', length: 255, nullable: true })
  shortUrl: string | null;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;

  @Column({ name: 'updated_at', ...timestampColumn })
  updatedAt: Date;
}
