import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import type { EnrolmentStatus } from '../enrolment/enrolment.state';
import type { Settlement, Told } from './lms-delivery.state';
import { LmsAttempt } from './lms-attempt.entity';
import type { MadeCall } from './lms-call';

/** A delivery in a worker's hands. */
export interface DueDelivery {
  readonly id: number;
  readonly lmsId: number;
  readonly enrolmentId: number;
  readonly told: Told | null;
  readonly version: number;
  readonly forced: boolean;
  readonly attempts: number;
  readonly lease: number;
  readonly pendingSince: Date;
  /** Sealed. */
  readonly address: string | null;
}

/** The enrolment as it stands, and whose it is: nulls where the account is gone. */
export interface Subject {
  readonly status: EnrolmentStatus;
  readonly expiresAt: Date | null;
  readonly updatedAt: Date;
  readonly courseKey: string;
  readonly username: string | null;
  readonly email: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
}

const NEW_COLUMNS = 'lms_id, enrolment_id, status, forced, run_at, pending_since, created_at, updated_at';

const WANT = statement(
  'lms-queue.want',
  `insert into lms_delivery (${NEW_COLUMNS})
   select l.id, $1::bigint, 'pending', false, $2::timestamptz, $2::timestamptz, $2::timestamptz, $2::timestamptz
     from lms l order by l.id
   on conflict (lms_id, enrolment_id) do update set
     status = 'pending', version = lms_delivery.version + 1, attempts = 0,
     run_at = excluded.run_at, pending_since = excluded.pending_since, updated_at = excluded.updated_at`,
  `insert into lms_delivery (${NEW_COLUMNS})
   select l.id, $1, 'pending', false, $2, $2, $2, $2 from lms l order by l.id
   on duplicate key update
     status = 'pending', version = version + 1, attempts = 0,
     run_at = values(run_at), pending_since = values(pending_since), updated_at = values(updated_at)`,
);

const ACTIVE = statement(
  'lms-queue.active',
  `select id from enrolment where status = 'active' and id > $1 order by id limit $2`,
);
const FILL = statement(
  'lms-queue.fill',
  `insert into lms_delivery (${NEW_COLUMNS})
   select l.id, e.id, 'pending', true, $3::timestamptz, $3::timestamptz, $3::timestamptz, $3::timestamptz
     from lms l cross join enrolment e where l.id = $1 and e.id = any($2) order by e.id
   on conflict (lms_id, enrolment_id) do update set
     status = 'pending', version = lms_delivery.version + 1, attempts = 0, forced = true,
     run_at = excluded.run_at, pending_since = excluded.pending_since, updated_at = excluded.updated_at`,
  `insert into lms_delivery (${NEW_COLUMNS})
   select l.id, e.id, 'pending', true, $3, $3, $3, $3
     from lms l cross join enrolment e where l.id = $1 and e.id in ($2) order by e.id
   on duplicate key update
     status = 'pending', version = version + 1, attempts = 0, forced = true,
     run_at = values(run_at), pending_since = values(pending_since), updated_at = values(updated_at)`,
);

const REVIVED = `status = 'pending', version = version + 1, attempts = 0, forced = true,
  run_at = $2, pending_since = $2, updated_at = $2`;
const REVIVE = statement('lms-queue.revive', `update lms_delivery set ${REVIVED} where id = $1`);
const REVIVE_DEAD = statement(
  'lms-queue.revive-dead',
  `update lms_delivery set ${REVIVED} where lms_id = $1 and status = 'dead'`,
);
// What is under way was begun by what the LMS was before: it is looked at anew when it is over.
const HURRY = statement(
  'lms-queue.hurry',
  `update lms_delivery set version = version + 1, run_at = case when run_at > $2 then $2 else run_at end
    where lms_id = $1 and status = 'pending' and (run_at > $2 or leased_until > $2)`,
);

const OPEN = statement(
  'lms-queue.open',
  'select id from lms where enabled = true and (paused_until is null or paused_until <= $1) order by id',
);
const DUE = statement(
  'lms-queue.due',
  `select id, lms_id as "lmsId", enrolment_id as "enrolmentId", told, version, forced, attempts, lease,
          pending_since as "pendingSince", address
     from lms_delivery
    where lms_id = $1 and status = 'pending' and run_at <= $2 and (leased_until is null or leased_until <= $2)
    order by run_at limit $3 for update skip locked`,
);
const LEASE = statement(
  'lms-queue.lease',
  'update lms_delivery set attempts = attempts + 1, lease = lease + 1, leased_until = $2 where id = $1',
);
const EXTEND = statement('lms-queue.extend', 'update lms_delivery set leased_until = $3 where id = $1 and lease = $2');

const SUBJECT = statement(
  'lms-queue.subject',
  `select e.status, e.expires_at as "expiresAt", e.updated_at as "updatedAt", c.course_key as "courseKey",
          a.username, a.email, a.first_name as "firstName", a.last_name as "lastName"
     from enrolment e
     join course c on c.id = e.course_id
     left join account a on a.id = e.account_id
    where e.id = $1`,
);

const BEGIN = statement(
  'lms-queue.begin',
  `update lms_delivery set told = 'unsure', address = $3 where id = $1 and lease = $2`,
);

// What changed while it was being told is looked at anew, at once.
const SETTLE = statement(
  'lms-queue.settle',
  `update lms_delivery set
     told = $4, address = $5, last_error = $6, leased_until = null, updated_at = $9,
     forced = case when version = $3 and $7::varchar <> 'pending' then false else forced end,
     status = case when version = $3 then $7::varchar else 'pending' end,
     run_at = case when version = $3 then $8::timestamptz else run_at end
    where id = $1 and lease = $2`,
);

const POSTPONE = statement(
  'lms-queue.postpone',
  `update lms_delivery set
     last_error = $4, leased_until = null,
     status = case when version = $3 then $5::varchar else 'pending' end,
     run_at = case when version = $3 then $6::timestamptz else run_at end
    where id = $1 and lease = $2`,
);

const BATCH = 1_000;

/** What LMSs have yet to be told. */
@Injectable()
export class LmsQueueRepository {
  /** So that the first LMSs do not always come first. */
  private turn = 0;

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Every LMS has to look at the enrolment; one that is switched off does so when it is switched on. */
  async want(enrolmentId: number, now: Date): Promise<void> {
    await this.database.execute(WANT, [enrolmentId, now]);
  }

  /** Up to a thousand active enrolments after one; gives the last of them, undefined where there are no more. */
  async fill(lmsId: number, after: number, now: Date): Promise<number | undefined> {
    const ids = (await this.database.rows<{ id: number }>(ACTIVE, [after, BATCH])).map(({ id }) => id);
    if (ids.length > 0) await this.database.execute(FILL, [lmsId, ids, now]);
    return ids.length < BATCH ? undefined : ids.at(-1);
  }

  /** False where there is none. */
  async revive(id: number, now: Date): Promise<boolean> {
    return (await this.database.execute(REVIVE, [id, now])).affected === 1;
  }

  async reviveDead(lmsId: number, now: Date): Promise<void> {
    await this.database.execute(REVIVE_DEAD, [lmsId, now]);
  }

  /** What waits for its next attempt waits no longer. */
  async hurry(lmsId: number, now: Date): Promise<void> {
    await this.database.execute(HURRY, [lmsId, now]);
  }

  /** Of each LMS its share first, so that one with a long queue leaves room for the others. */
  async claim(now: Date, leaseUntil: Date, limit: number): Promise<DueDelivery[]> {
    const open = (await this.database.rows<{ id: number }>(OPEN, [now])).map(({ id }) => id);
    if (open.length === 0) return [];
    const first = this.turn++ % open.length;
    const claimed: DueDelivery[] = [];
    const take = async (lmsId: number, share: number): Promise<boolean> => {
      const room = Math.min(share, limit - claimed.length);
      const rows = room > 0 ? await this.claimOf(lmsId, now, leaseUntil, room) : [];
      claimed.push(...rows);
      return rows.length === room;
    };
    const hungry: number[] = [];
    for (const lmsId of [...open.slice(first), ...open.slice(0, first)]) {
      if (await take(lmsId, Math.ceil(limit / open.length))) hungry.push(lmsId);
    }
    for (const lmsId of hungry) await take(lmsId, limit);
    return claimed;
  }

  async extend({ id, lease }: DueDelivery, leaseUntil: Date): Promise<void> {
    await this.database.execute(EXTEND, [id, lease, leaseUntil]);
  }

  subject(enrolmentId: number): Promise<Subject | undefined> {
    return this.database.first<Subject>(SUBJECT, [enrolmentId]);
  }

  /** Before the call: should this process die, the next one knows that it may have been made. False: another has it. */
  async begin({ id, lease }: DueDelivery, address: string): Promise<boolean> {
    return (await this.database.execute(BEGIN, [id, lease, address])).affected === 1;
  }

  /** @param address sealed */
  async settle(
    { id, lease, version }: DueDelivery,
    { status, told, error, delay }: Settlement,
    address: string | null,
    now: Date,
  ): Promise<void> {
    const runAt = new Date(now.getTime() + delay);
    await this.database.execute(SETTLE, [id, lease, version, told, address, error, status, runAt, now]);
  }

  /** What the LMS knows stays as it was written down last. */
  async postpone({ id, lease, version }: DueDelivery, { status, error, delay }: Settlement, now: Date): Promise<void> {
    const runAt = new Date(now.getTime() + delay);
    await this.database.execute(POSTPONE, [id, lease, version, error, status, runAt]);
  }

  async log(deliveryId: number, calls: readonly MadeCall[]): Promise<void> {
    if (calls.length === 0) return;
    const rows = calls.map((call) => ({ ...call, deliveryId }));
    await this.database.manager.insert(LmsAttempt, rows);
  }

  private claimOf(lmsId: number, now: Date, leaseUntil: Date, limit: number): Promise<DueDelivery[]> {
    return this.unitOfWork.run(async () => {
      const due = await this.database.rows<DueDelivery>(DUE, [lmsId, now, limit]);
      for (const { id } of due) await this.database.execute(LEASE, [id, leaseUntil]);
      return due.map((row) => ({
        ...row,
        forced: Boolean(row.forced),
        attempts: row.attempts + 1,
        lease: row.lease + 1,
      }));
    });
  }
}
