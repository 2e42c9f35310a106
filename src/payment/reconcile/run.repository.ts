import { Injectable } from '@nestjs/common';
import { offsetOf, type PageRequest } from '../../common/page';
import { Database, statement } from '../../infra/database/database';
import { isUniqueViolation } from '../../infra/database/database-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import type { Drift } from './drift.rules';
import type { ReconciliationRun, RunStatus } from './reconciliation-run.entity';
import type { Window } from './window.rules';

/** How far a run is. */
export interface Progress {
  readonly stage: string;
  /** The stage's own; undefined at its beginning. */
  readonly cursor?: unknown;
  /** Things compared so far. */
  readonly examined: number;
}

export interface RunRecord extends Omit<ReconciliationRun, 'drift' | 'progress'> {
  readonly drift: readonly Drift[];
  readonly progress: Progress | null;
}

export interface NewRun extends Window {
  readonly requestKey: string;
  readonly dryRun: boolean;
  readonly requestedBy: number | null;
}

const RUN = `select id, from_at as "fromAt", to_at as "toAt", dry_run as "dryRun", status, drift, error,
  requested_by as "requestedBy", request_key as "requestKey", running_slot as "runningSlot", due_at as "dueAt", attempts,
  tries, progress, started_at as "startedAt", finished_at as "finishedAt", created_at as "createdAt"
  from reconciliation_run`;

const BY_ID = statement('run.by-id', `${RUN} where id = $1`);
const BY_REQUEST = statement('run.by-request', `${RUN} where request_key = $1`);
const LIST = statement('run.list', `${RUN} order by id desc limit $1 offset $2`);
const COUNT = statement('run.count', 'select count(*) as count from reconciliation_run');

const ADD = `insert into reconciliation_run
  (from_at, to_at, dry_run, status, requested_by, request_key, due_at, attempts, tries, created_at)
  values ($1, $2, $3, 'pending', $4, $5, $6, 0, 0, $6)`;
const ADD_ONCE = statement(
  'run.add',
  `${ADD} on conflict (request_key) do nothing`,
  `${ADD} on duplicate key update request_key = request_key`,
);

const OPEN = `status in ('pending', 'waiting', 'running')`;

const OPEN_OF_SCHEDULE = statement(
  'run.open-of-schedule',
  `select id from reconciliation_run where ${OPEN} and requested_by is null limit 1`,
);

// One that died while it ran comes before those that wait for it.
const DUE = statement(
  'run.due',
  `${RUN} where ${OPEN} and due_at <= $1
    and (running_slot is not null or not exists (select 1 from reconciliation_run r where r.running_slot is not null))
    order by running_slot is null, id limit 1 for update skip locked`,
);
const TAKE = statement(
  'run.take',
  `update reconciliation_run set status = 'running', running_slot = 1, attempts = attempts + 1, tries = tries + 1,
     due_at = $2, started_at = coalesce(started_at, $3) where id = $1`,
);

const HELD = `where id = $1 and attempts = $2 and status = 'running'`;
const EXTEND = statement('run.extend', `update reconciliation_run set due_at = $3 ${HELD}`);
const LOCK = statement('run.lock', `select id from reconciliation_run ${HELD} for update`);
const KEEP = statement('run.keep', 'update reconciliation_run set drift = $2 where id = $1');
const TURN = statement(
  'run.turn',
  'update reconciliation_run set drift = $2, progress = $3, tries = 0, error = null where id = $1',
);
const WAIT = statement(
  'run.wait',
  `update reconciliation_run set status = 'waiting', running_slot = null, due_at = $3, error = $4 ${HELD}`,
);
const RELEASE = statement('run.release', `update reconciliation_run set due_at = $3, tries = 0 ${HELD}`);

// The schedule's turn stays taken.
const END = statement(
  'run.end',
  `update reconciliation_run set status = $3, running_slot = null, due_at = null, error = $4, finished_at = $5,
     request_key = case when requested_by is null then request_key end ${HELD}`,
);

const PURGE = statement(
  'run.purge',
  `delete from reconciliation_run where status in ('done', 'failed') and requested_by is null and created_at < $1`,
);

interface Stored extends Omit<ReconciliationRun, 'dryRun'> {
  readonly dryRun: boolean | number;
}

/** What a claim ends, it ends only while it is the last one. */
export type Claim = Pick<ReconciliationRun, 'id' | 'attempts'>;

@Injectable()
export class RunRepository {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The run of this key, made where there is none. Undefined where it has ended in this moment. */
  async add({ from, to, dryRun, requestedBy, requestKey }: NewRun, now: Date): Promise<RunRecord | undefined> {
    await this.database.execute(ADD_ONCE, [from, to, dryRun, requestedBy, requestKey, now]);
    return recordOf(await this.database.first<Stored>(BY_REQUEST, [requestKey]));
  }

  async byId(id: number): Promise<RunRecord | undefined> {
    return recordOf(await this.database.first<Stored>(BY_ID, [id]));
  }

  /** Newest first. */
  async find(page: PageRequest): Promise<[RunRecord[], number]> {
    const [rows, counted] = await Promise.all([
      this.database.rows<Stored>(LIST, [page.size, offsetOf(page)]),
      this.database.first<{ count: number }>(COUNT),
    ]);
    return [rows.flatMap((row) => recordOf(row) ?? []), Number(counted?.count ?? 0)];
  }

  async isScheduledOpen(): Promise<boolean> {
    return (await this.database.first(OPEN_OF_SCHEDULE)) !== undefined;
  }

  /** The next one that is due, leased; none while another one runs. */
  async claim(now: Date, leaseUntil: Date): Promise<RunRecord | undefined> {
    try {
      return await this.unitOfWork.run(async () => {
        const due = recordOf(await this.database.first<Stored>(DUE, [now]));
        if (due === undefined) return undefined;
        await this.database.execute(TAKE, [due.id, leaseUntil, now]);
        return { ...due, status: 'running', attempts: due.attempts + 1, tries: due.tries + 1 };
      });
    } catch (error) {
      if (isUniqueViolation(error, 'uq_reconciliation_run_running')) return undefined;
      throw error;
    }
  }

  async extend({ id, attempts }: Claim, leaseUntil: Date): Promise<void> {
    await this.database.execute(EXTEND, [id, attempts, leaseUntil]);
  }

  /** In a unit of work: whether the claim still counts. It does until the transaction ends. */
  async hold({ id, attempts }: Claim): Promise<boolean> {
    return (await this.database.first(LOCK, [id, attempts])) !== undefined;
  }

  /** Of one that is held. */
  async keep(id: number, drift: readonly Drift[]): Promise<void> {
    await this.database.execute(KEEP, [id, JSON.stringify(drift)]);
  }

  /** Of one that is held: it has got on. */
  async turn(id: number, drift: readonly Drift[], progress: Progress): Promise<void> {
    await this.database.execute(TURN, [id, JSON.stringify(drift), JSON.stringify(progress)]);
  }

  async wait({ id, attempts }: Claim, until: Date, error: string): Promise<void> {
    await this.database.execute(WAIT, [id, attempts, until, error]);
  }

  /** Anybody may go on with it. */
  async release({ id, attempts }: Claim, now: Date): Promise<void> {
    await this.database.execute(RELEASE, [id, attempts, now]);
  }

  async end(
    { id, attempts }: Claim,
    status: Extract<RunStatus, 'done' | 'failed'>,
    error: string | null,
    now: Date,
  ): Promise<void> {
    await this.database.execute(END, [id, attempts, status, error, now]);
  }

  /** Ended runs of the schedule from before. */
  async purge(before: Date): Promise<void> {
    await this.database.execute(PURGE, [before]);
  }
}

function recordOf(row: Stored | undefined): RunRecord | undefined {
  if (row === undefined) return undefined;
  const drift = row.drift === null ? [] : (JSON.parse(row.drift) as Drift[]);
  const progress = row.progress === null ? null : (JSON.parse(row.progress) as Progress);
  return { ...row, dryRun: Boolean(row.dryRun), drift, progress };
}
