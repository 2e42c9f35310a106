import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { longTextColumn, timestampColumn } from '../../infra/database/column-types';

/** `owner`: switched off by hand. `gone`: its server answered 410. `failing`: nothing arrived for days. */
export const DISABLED_REASONS = ['owner', 'gone', 'failing'] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

/** A URL that hears of what happens to its owner. */
@Entity('webhook_endpoint')
@Unique('uq_webhook_endpoint_slot', ['accountId', 'slot'])
@Index('ix_webhook_endpoint_due', ['dueAt'])
export class WebhookEndpoint {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_webhook_endpoint' })
  id: number;

  @Column({ name: 'account_id', type: 'bigint' })
  accountId: number;

  /** From 1 to as many as an account may have: the unique key is the limit. */
  @Column({ type: 'integer' })
  slot: number;

  @Column({ type: 'varchar', length: 2000 })
  url: string;

  @Column({ type: 'varchar', length: 255 })
  description: string;

  /** JSON: the names of the events that it hears. */
  @Column({ ...longTextColumn })
  events: string;

  /** `EndpointSecrets` as JSON, encrypted for this account. */
  @Column({ ...longTextColumn })
  sealed: string;

  /** Null while it is enabled. */
  @Column({ name: 'disabled_reason', type: 'varchar', length: 8, nullable: true })
  disabledReason: DisabledReason | null;

  @Column({ name: 'disabled_at', ...timestampColumn, nullable: true })
  disabledAt: Date | null;

  /** Since when every attempt has failed. */
  @Column({ name: 'failing_since', ...timestampColumn, nullable: true })
  failingSince: Date | null;

  /** The last of them. */
  @Column({ name: 'failed_at', ...timestampColumn, nullable: true })
  failedAt: Date | null;

  /** How many deliveries failed since then. */
  @Column({ name: 'failed_deliveries', type: 'integer', default: 0 })
  failedDeliveries: number;

  /** When the first of its deliveries is to be sent; null where nothing is to be sent, or it is disabled. */
  @Column({ name: 'due_at', ...timestampColumn, nullable: true })
  dueAt: Date | null;

  /** Until then a worker has it in hand. */
  @Column({ name: 'leased_until', ...timestampColumn })
  leasedUntil: Date;

  /** Counts claims and fences them. */
  @Column({ type: 'integer', default: 0 })
  turns: number;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;

  @Column({ name: 'updated_at', ...timestampColumn })
  updatedAt: Date;
}
