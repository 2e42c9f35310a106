import { Check, Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { JsonObject } from '../outbox/fact';
import { binaryType, jsonType, longTextType, timestampColumn } from '../database/column-types';

export type Verdict = 'accepted' | 'rejected';

/**
 * `pending`: the worker has yet to process it; `again`: once more, because an administrator said so, behind all that is
 * pending. `dead`: given up. `done`: nothing is left to do, as of every call that is processed as it comes.
 */
export type DeliveryState = 'pending' | 'again' | 'done' | 'dead';

/** One call of a webhook as it arrived, and what came of it. A repeat of an accepted call is counted on its row. */
@Entity('webhook_delivery')
@Unique('uq_webhook_delivery_event', ['source', 'eventKey'])
@Index('ix_webhook_delivery_verdict', ['source', 'verdict', 'id'])
@Index('ix_webhook_delivery_received', ['receivedAt'])
@Index('ix_webhook_delivery_open', ['state', 'dueAt'], { where: "state <> 'done'" })
@Check('ck_webhook_delivery_verdict', "verdict in ('accepted', 'rejected')")
export class WebhookDelivery {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_webhook_delivery' })
  id: number;

  @Column({ type: 'varchar', length: 32 })
  source: string;

  /** What makes two calls one event. Null for rejected calls: anybody could have made it up. */
  @Column({ name: 'event_key', type: 'varchar', length: 128, nullable: true })
  eventKey: string | null;

  @Column({ type: 'varchar', length: 16 })
  verdict: Verdict;

  /** Why the call was rejected. */
  @Column({ type: 'varchar', length: 32, nullable: true })
  fault: string | null;

  /** The status of the last answer. */
  @Column({ type: 'int' })
  status: number;

  /** Names the secret of the source's list that verified the call, without telling it. */
  @Column({ name: 'secret_id', type: 'varchar', length: 16, nullable: true })
  secretId: string | null;

  /** The instant the sender signed, where it signs one. */
  @Column({ ...timestampColumn, name: 'signed_at', nullable: true })
  signedAt: Date | null;

  @Column({ type: jsonType })
  headers: Record<string, string>;

  /** The raw bytes; of a rejected call the first 4 KiB. */
  @Column({ type: binaryType })
  body: Buffer;

  /** Bytes as sent. */
  @Column({ name: 'body_size', type: 'int' })
  bodySize: number;

  /** What the call can be found by, in lower case: addresses, course keys, ids. */
  @Column({ type: longTextType })
  terms: string;

  /** What the last run that changed something did, or why it failed. */
  @Column({ type: jsonType, nullable: true })
  effect: JsonObject | null;

  @Column({ type: 'int' })
  receipts: number;

  @Column({ ...timestampColumn, name: 'received_at' })
  receivedAt: Date;

  @Column({ ...timestampColumn, name: 'last_received_at' })
  lastReceivedAt: Date;

  @Column({ type: 'varchar', length: 8, default: 'done' })
  state: DeliveryState;

  /** How often it was processed. Fences the worker too: only who made the last claim may end it. */
  @Column({ type: 'int', default: 0 })
  attempts: number;

  /** Claims by the worker since it was queued last. */
  @Column({ type: 'int', default: 0 })
  tries: number;

  /** While it waits for the worker. Also the lease: who works on it moves it ahead. */
  @Column({ ...timestampColumn, name: 'due_at', nullable: true })
  dueAt: Date | null;

  @Column({ name: 'last_error', type: 'varchar', length: 500, nullable: true })
  lastError: string | null;

  /** The account of the administrator who queued it again. */
  @Column({ name: 'requeued_by', type: 'bigint', nullable: true })
  requeuedBy: number | null;
}
