import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';
import { longTextColumn, timestampColumn } from '../../infra/database/column-types';
import { WebhookEndpoint } from '../endpoint/webhook-endpoint.entity';

/** `dead`: it is tried no more, unless its owner asks for it. */
export const DELIVERY_STATUSES = ['pending', 'delivered', 'dead'] as const;
export type EndpointDeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** An event on its way to an endpoint: one row for each fact. */
@Entity('endpoint_delivery')
@Unique('uq_endpoint_delivery_message', ['endpointId', 'messageId'])
@Index('ix_endpoint_delivery_due', ['endpointId', 'status', 'runAt'])
@Index('ix_endpoint_delivery_created', ['createdAt'])
@Index('ix_endpoint_delivery_person', ['personId'])
export class EndpointDelivery {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_endpoint_delivery' })
  id: number;

  @Column({ name: 'endpoint_id', type: 'bigint' })
  endpointId: number;

  @ManyToOne(() => WebhookEndpoint, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'endpoint_id', foreignKeyConstraintName: 'fk_endpoint_delivery_webhook_endpoint' })
  endpoint?: Relation<WebhookEndpoint>;

  /** The header `webhook-id`: the fact's, and the same at every attempt. */
  @Column({ name: 'message_id', type: 'varchar', length: 64 })
  messageId: string;

  @Column({ type: 'varchar', length: 40 })
  type: string;

  /** The bytes that are signed and sent. */
  @Column({ ...longTextColumn })
  body: string;

  /** Whom the body names; null: nobody who has an account. */
  @Column({ name: 'person_id', type: 'bigint', nullable: true })
  personId: number | null;

  @Column({ type: 'varchar', length: 9 })
  status: EndpointDeliveryStatus;

  /** Of a pending one. */
  @Column({ name: 'run_at', ...timestampColumn })
  runAt: Date;

  /** In all; fences what workers write. */
  @Column({ type: 'integer', default: 0 })
  attempts: number;

  /** Since it was made, or asked for again: the place in the schedule. */
  @Column({ type: 'integer', default: 0 })
  tries: number;

  @Column({ name: 'created_at', ...timestampColumn })
  createdAt: Date;

  @Column({ name: 'finished_at', ...timestampColumn, nullable: true })
  finishedAt: Date | null;
}
