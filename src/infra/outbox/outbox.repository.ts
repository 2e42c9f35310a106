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

const ADDED = 'INSERT INTO outbox_delivery (fact_id, topic, listener, payload, status, run_at, attempts, created_at)';

// MySQL gives the id of one row at a time.
const ADD = statement(
  'outbox.insert',
  `${ADDED} SELECT $1, $2, listener, $4, 'pending', $5, 0, $5 FROM unnest($3::varchar[]) AS listener RETURNING id`,
  `${ADDED} VALUES ($1, $2, $3, $4, 'pending', $5, 0, $5)`,
);

const CLAIMED = 'id, fact_id AS "factId", topic, listener, payload, attempts';

const due = (columns: string, limit: string): string =>
  `SELECT ${columns} FROM outbox_delivery
   WHERE status = 'pending' AND run_at <= $1 ORDER BY run_at LIMIT ${limit} FOR UPDATE SKIP LOCKED`;

const LEASED = 'attempts = attempts + 1, run_at = $2, last_error = NULL';

const CLAIM = statement(
  'outbox.claim',
  `WITH due AS (${due('id', '$3')})
   UPDATE outbox_delivery SET ${LEASED} WHERE id IN (SELECT id FROM due) RETURNING ${CLAIMED}`,
);

// On MySQL, which does the same in two steps.
const SELECT_DUE = statement('outbox.select-due', due(CLAIMED, '$2'));
const LEASE = statement('outbox.lease', `UPDATE outbox_delivery SET ${LEASED} WHERE id = any($1)`);

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

export interface NewFact {
  readonly id: string;
  readonly topic: string;
  /** JSON. */
  readonly payload: string;
  readonly listeners: readonly string[];
}

@Injectable()
export class OutboxRepository {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The ids of the new deliveries, one for each of the listeners. */
  async add({ id, topic, payload, listeners }: NewFact, now: Date): Promise<number[]> {
    const values = (listener: unknown): unknown[] => [id, topic, listener, payload, now];
    if (this.database.dialect === 'postgres') {
      return (await this.database.rows<{ id: number }>(ADD, values(listeners))).map((row) => row.id);
    }
    const ids: number[] = [];
    for (const listener of listeners) {
      ids.push((await this.database.execute(ADD, values(listener))).insertId ?? 0);
    }
    return ids;
  }

  /** Whether each of them has been tried: it is done, or it has an error to show. */
  async tried(ids: readonly number[]): Promise<boolean> {
    return (await this.database.first(UNTRIED, [ids])) === undefined;
  }

  /** Takes at most `limit` of what is due and not in another worker's hands, leased until `leaseUntil`. */
  claim(now: Date, leaseUntil: Date, limit: number): Promise<DueDelivery[]> {
    if (this.database.dialect === 'postgres') return this.database.rows<DueDelivery>(CLAIM, [now, leaseUntil, limit]);
    return this.unitOfWork.run(async () => {
      const due = await this.database.rows<DueDelivery>(SELECT_DUE, [now, limit]);
      if (due.length > 0) await this.database.execute(LEASE, [due.map(({ id }) => id), leaseUntil]);
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
