import { Injectable } from '@nestjs/common';
import { Database, statement } from '../database/database';
import { UnitOfWork } from '../database/unit-of-work';

export interface DueDelivery {
  readonly id: number;
  readonly factId: string;
  readonly topic: string;
  readonly listener: string;
  readonly payload: string;
  readonly attempts: number;
}

const INSERT = statement(
  'outbox.insert',
  `INSERT INTO outbox_delivery (fact_id, topic, listener, payload, status, run_at, attempts, created_at)
   VALUES ($1, $2, $3, $4, 'pending', $5, 0, $5) RETURNING id`,
);

const SELECT_DUE = statement(
  'outbox.select-due',
  `SELECT id, fact_id AS "factId", topic, listener, payload, attempts FROM outbox_delivery
   WHERE status = 'pending' AND run_at <= $1 ORDER BY run_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
  `SELECT id, fact_id AS factId, topic, listener, payload, attempts FROM outbox_delivery
   WHERE status = 'pending' AND run_at <= $1 ORDER BY run_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
);

const LEASE = statement(
  'outbox.lease',
  'UPDATE outbox_delivery SET attempts = attempts + 1, run_at = $2, last_error = NULL WHERE id = $1',
);

const EXTEND = statement('outbox.extend', 'UPDATE outbox_delivery SET run_at = $3 WHERE id = $1 AND attempts = $2');

const DONE = statement('outbox.done', 'DELETE FROM outbox_delivery WHERE id = $1 AND attempts = $2');

const FAILED = statement(
  'outbox.failed',
  'UPDATE outbox_delivery SET status = $3, run_at = $4, last_error = $5 WHERE id = $1 AND attempts = $2',
);

const UNTRIED = statement(
  'outbox.untried',
  'SELECT id FROM outbox_delivery WHERE id = any($1) AND last_error IS NULL LIMIT 1',
);

@Injectable()
export class OutboxRepository {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The id of the new delivery. */
  async add(fact: { id: string; topic: string; payload: string; listener: string }, now: Date): Promise<number> {
    const values = [fact.id, fact.topic, fact.listener, fact.payload, now];
    return (await this.database.execute(INSERT, values)).insertId ?? 0;
  }

  /** Whether each of them has been tried: it is done, or it has an error to show. */
  async tried(ids: readonly number[]): Promise<boolean> {
    return (await this.database.first(UNTRIED, [ids])) === undefined;
  }

  /** Takes at most `limit` of what is due and not in another worker's hands, leased until `leaseUntil`. */
  claim(now: Date, leaseUntil: Date, limit: number): Promise<DueDelivery[]> {
    return this.unitOfWork.run(async () => {
      const due = await this.database.rows<DueDelivery>(SELECT_DUE, [now, limit]);
      for (const { id } of due) await this.database.execute(LEASE, [id, leaseUntil]);
      return due.map((delivery) => ({ ...delivery, attempts: delivery.attempts + 1 }));
    });
  }

  async extend(delivery: DueDelivery, leaseUntil: Date): Promise<void> {
    await this.database.execute(EXTEND, [delivery.id, delivery.attempts, leaseUntil]);
  }

  async done(delivery: DueDelivery): Promise<void> {
    await this.database.execute(DONE, [delivery.id, delivery.attempts]);
  }

  async failed(delivery: DueDelivery, next: { status: 'pending' | 'dead'; runAt: Date; error: string }): Promise<void> {
    await this.database.execute(FAILED, [delivery.id, delivery.attempts, next.status, next.runAt, next.error]);
  }
}
