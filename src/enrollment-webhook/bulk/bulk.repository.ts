import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { BulkEnrolment, type BulkStatus } from './bulk-enrolment.entity';
import type { SentRow } from './bulk-rows.reader';
import { BulkRow, type BulkRowState } from './bulk-row.entity';

export interface BulkProgress {
  readonly id: number;
  readonly status: BulkStatus;
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

export interface DueBulk {
  readonly id: number;
  readonly actorId: number;
  readonly attempts: number;
}

export interface WaitingRow extends SentRow {
  readonly position: number;
}

export interface FailedRow extends WaitingRow {
  readonly error: string;
}

const INSERT_BATCH = 500;

const ADD_ROWS = statement(
  'bulk.add-rows',
  `insert into bulk_enrolment_row (bulk_id, position, email, course_id, state)
   select $1::bigint, r.position, r.email, r."courseId", 'waiting'
     from jsonb_to_recordset($2::jsonb) as r(position bigint, email varchar, "courseId" varchar)`,
  // Not run: see addRows.
  'select 1',
);

const PROGRESS = statement(
  'bulk.progress',
  `select b.id, b.status, b.total, b.created_at as "createdAt", b.finished_at as "finishedAt",
          (select count(*) from bulk_enrolment_row r where r.bulk_id = b.id and r.state = 'done') as done,
          (select count(*) from bulk_enrolment_row r where r.bulk_id = b.id and r.state = 'failed') as failed
     from bulk_enrolment b where b.id = $1`,
);

const DUE = statement(
  'bulk.due',
  `select id, actor_id as "actorId", attempts from bulk_enrolment
    where status in ('queued', 'running') and run_at <= $1 order by run_at limit $2 for update skip locked`,
);
const LEASE = statement(
  'bulk.lease',
  `update bulk_enrolment set status = 'running', attempts = attempts + 1, run_at = $2 where id = $1`,
);
const EXTEND = statement('bulk.extend', 'update bulk_enrolment set run_at = $3 where id = $1 and attempts = $2');
const FINISH = statement(
  'bulk.finish',
  `update bulk_enrolment set status = 'done', finished_at = $3 where id = $1 and attempts = $2`,
);

const WAITING = statement(
  'bulk.waiting',
  `select position, email, course_id as "courseId" from bulk_enrolment_row
    where bulk_id = $1 and state = 'waiting' order by position limit $2`,
);
// Before its effect: a second worker, where a lease was not renewed in time, waits here and finds the row settled.
const HOLD = statement(
  'bulk.hold',
  `select position from bulk_enrolment_row where bulk_id = $1 and position = $2 and state = 'waiting' for update`,
);
const SETTLE = statement(
  'bulk.settle',
  `update bulk_enrolment_row set state = $3, error = $4 where bulk_id = $1 and position = $2 and state = 'waiting'`,
);
const FAILURES = statement(
  'bulk.failures',
  `select position, email, course_id as "courseId", error from bulk_enrolment_row
    where bulk_id = $1 and state = 'failed' and position > $2 order by position limit $3`,
);

const EXPIRED = statement('bulk.expired', 'delete from bulk_enrolment where created_at < $1');
const FORGET = statement('bulk.forget', `update bulk_enrolment_row set email = '' where email = $1`);

@Injectable()
export class BulkRepository {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Inside a unit of work: all of it or nothing. */
  async add(rows: readonly SentRow[], actorId: number, now: Date): Promise<number> {
    const { manager } = this.database;
    const job = { status: 'queued', total: rows.length, actorId, runAt: now, attempts: 0, createdAt: now } as const;
    const entity = manager.create(BulkEnrolment, job);
    await manager.insert(BulkEnrolment, entity);
    const bulkId = Number(entity.id);
    for (let start = 0; start < rows.length; start += INSERT_BATCH) {
      await this.addRows(
        bulkId,
        rows.slice(start, start + INSERT_BATCH).map((row, index) => ({ ...row, position: start + index + 1 })),
      );
    }
    return bulkId;
  }

  progress(id: number): Promise<BulkProgress | undefined> {
    return this.database.first<BulkProgress>(PROGRESS, [id]);
  }

  claim(now: Date, leaseUntil: Date, limit: number): Promise<DueBulk[]> {
    return this.unitOfWork.run(async () => {
      const due = await this.database.rows<DueBulk>(DUE, [now, limit]);
      for (const { id } of due) await this.database.execute(LEASE, [id, leaseUntil]);
      return due.map((job) => ({ ...job, attempts: job.attempts + 1 }));
    });
  }

  async extend({ id, attempts }: DueBulk, leaseUntil: Date): Promise<void> {
    await this.database.execute(EXTEND, [id, attempts, leaseUntil]);
  }

  async finish({ id, attempts }: DueBulk, now: Date): Promise<void> {
    await this.database.execute(FINISH, [id, attempts, now]);
  }

  waiting(id: number, limit: number): Promise<WaitingRow[]> {
    return this.database.rows<WaitingRow>(WAITING, [id, limit]);
  }

  /** Until the unit of work ends; false where it was settled before. */
  async hold(id: number, position: number): Promise<boolean> {
    return (await this.database.first(HOLD, [id, position])) !== undefined;
  }

  /** With an error it has failed. */
  async settle(id: number, position: number, error: string | undefined): Promise<void> {
    const state: BulkRowState = error === undefined ? 'done' : 'failed';
    await this.database.execute(SETTLE, [id, position, state, error ?? null]);
  }

  /** In the order in which they were sent, after a position. */
  failures(id: number, after: number, limit: number): Promise<FailedRow[]> {
    return this.database.rows<FailedRow>(FAILURES, [id, after, limit]);
  }

  async removeExpired(before: Date): Promise<void> {
    await this.database.execute(EXPIRED, [before]);
  }

  async forget(email: string): Promise<void> {
    await this.database.execute(FORGET, [email]);
  }

  /** On PostgreSQL without TypeORM, which builds a list of this length for seconds, and holds up requests meanwhile. */
  private async addRows(bulkId: number, rows: readonly WaitingRow[]): Promise<void> {
    const { dialect, manager } = this.database;
    if (dialect === 'postgres') return void (await this.database.execute(ADD_ROWS, [bulkId, JSON.stringify(rows)]));
    await manager.insert(
      BulkRow,
      rows.map((row) => ({ ...row, bulkId, state: 'waiting' as const })),
    );
  }
}
