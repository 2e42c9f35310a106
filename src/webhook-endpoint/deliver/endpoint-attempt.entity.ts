import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';
import { EndpointDelivery } from './endpoint-delivery.entity';

/** What came of one call. */
@Entity('endpoint_attempt')
@Index('ix_endpoint_attempt_delivery', ['deliveryId', 'id'])
export class EndpointAttempt {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_endpoint_attempt' })
  id: number;

  @Column({ name: 'delivery_id', type: 'bigint' })
  deliveryId: number;

  @ManyToOne(() => EndpointDelivery, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'delivery_id', foreignKeyConstraintName: 'fk_endpoint_attempt_endpoint_delivery' })
  delivery?: Relation<EndpointDelivery>;

  /** Of the answer; null where there was none. */
  @Column({ type: 'integer', nullable: true })
  status: number | null;

  /** Why there was none. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  error: string | null;

  /** How long it took. */
  @Column({ type: 'integer' })
  ms: number;

  @Column({ ...timestampColumn })
  at: Date;
}
