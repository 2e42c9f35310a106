import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { idColumn, longTextColumn, timestampColumn } from '../database/column-types';

export type DeliveryStatus = 'pending' | 'dead';

/** One fact for one listener: a job until it is done, then no row at all. */
@Entity('outbox_delivery')
@Index('ix_outbox_delivery_due', ['status', 'runAt'])
export class OutboxDelivery {
  @PrimaryGeneratedColumn(idColumn)
  id: number;

  @Column({ name: 'fact_id', type: 'varchar', length: 36 })
  factId: string;

  @Column({ type: 'varchar', length: 64 })
  topic: string;

  @Column({ type: 'varchar', length: 96 })
  listener: string;

  @Column(longTextColumn)
  payload: string;

  @Column({ type: 'varchar', length: 16 })
  status: DeliveryStatus;

  /** Also the lease: whoever works on the row moves it ahead, so that it is due again if the worker dies. */
  @Column({ ...timestampColumn, name: 'run_at' })
  runAt: Date;

  /** Counts claims and fences them: only the worker that made the last claim may end it. */
  @Column({ type: 'int' })
  attempts: number;

  @Column({ name: 'last_error', type: 'varchar', length: 500, nullable: true })
  lastError: string | null;

  @Column({ ...timestampColumn, name: 'created_at' })
  createdAt: Date;
}
