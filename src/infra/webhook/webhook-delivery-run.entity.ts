import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { jsonType, timestampColumn } from '../database/column-types';
import type { JsonObject } from '../outbox/fact';
import { WebhookDelivery } from './webhook-delivery.entity';

/** One processing of a kept delivery after the first, asked for by an administrator. */
@Entity('webhook_delivery_run')
@Index('ix_webhook_delivery_run_delivery', ['deliveryId'])
export class WebhookDeliveryRun {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_webhook_delivery_run' })
  id: number;

  @Column({ name: 'delivery_id', type: 'bigint' })
  deliveryId: number;

  @ManyToOne(() => WebhookDelivery, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'delivery_id', foreignKeyConstraintName: 'fk_webhook_delivery_run_delivery' })
  delivery?: Relation<WebhookDelivery>;

  @Column({ name: 'actor_id', type: 'bigint', nullable: true })
  actorId: number | null;

  @Column({ type: 'int' })
  status: number;

  @Column({ type: jsonType, nullable: true })
  effect: JsonObject | null;

  @Column({ ...timestampColumn, name: 'ran_at' })
  ranAt: Date;
}
