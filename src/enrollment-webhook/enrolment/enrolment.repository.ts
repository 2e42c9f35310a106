import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import {
  type ChangeKind,
  type EnrolmentSnapshot,
  type EnrolmentState,
  type EnrolmentStatus,
  type HeldSource,
  inOrder,
  snapshot,
  type Source,
  without,
} from './enrolment.state';
import { LostRace } from './lost-race';

/** Why an enrolment changes: what history keeps beside before and after. */
export interface Cause {
  readonly kind: ChangeKind;
  readonly reference: string;
  /** The administrator. */
  readonly actorId: number | null;
  readonly reason: string | null;
}

export interface NewEnrolments {
  readonly accountId: number;
  readonly courseIds: readonly number[];
  readonly state: EnrolmentState;
  readonly source: Source;
  readonly cause: Cause;
}

/** An enrolment under lock. */
export interface LockedEnrolment extends EnrolmentState {
  readonly id: number;
  readonly accountId: number | null;
  readonly courseId: number;
  readonly courseKey: string;
  readonly displayName: string;
  readonly sources: readonly HeldSource[];
}

interface LockedRow {
  id: number;
  accountId: number | null;
  courseId: number;
  courseKey: string;
  displayName: string;
  status: EnrolmentStatus;
  mode: string;
  expiresAt: Date | null;
}

const COLUMNS = 'account_id, course_id, mode, status, expires_at, created_at, updated_at';
const HISTORY = 'enrolment_id, state_before, state_after, source, reference, actor_id, reason, changed_at';

// The account is held while it is enrolled: one that is being closed is either enrolled before, and cleaned up by the
// listener of that, or not found. In the order of the courses, so that no two transactions wait for each other.
const BEGIN = statement(
  'enrolment.begin',
  `with learner as (select id from account where id = $1 for key share),
   begun as (
     insert into enrolment (${COLUMNS})
     select l.id, c.id, $3::varchar, 'active', $4::timestamptz, $5::timestamptz, $5::timestamptz
       from learner l cross join course c where c.id = any($2) order by c.id
     on conflict (account_id, course_id) do nothing
     returning id, course_id),
   held as (
     insert into enrolment_source (enrolment_id, kind, reference, created_at)
     select id, $6::varchar, $7::varchar, $5::timestamptz from begun),
   noted as (
     insert into enrolment_history (${HISTORY})
     select id, null, $8::jsonb, $9::varchar, $10::varchar, $11::bigint, $12::varchar, $5::timestamptz from begun)
   select id, course_id as "courseId" from begun`,
  // Not run: MySQL has no statement that changes several tables. See beginOneByOne.
  'select 1',
);

const MYSQL_BEGIN = statement(
  'enrolment.mysql-begin',
  `insert ignore into enrolment (${COLUMNS})
   select a.id, c.id, $3, 'active', $4, $5, $5 from account a cross join course c
    where a.id = $1 and c.id in ($2) order by c.id lock in share mode`,
);
const MYSQL_HELD = statement(
  'enrolment.mysql-held',
  `insert into enrolment_source (enrolment_id, kind, reference, created_at)
   select id, $3, $4, $5 from enrolment where account_id = $1 and course_id in ($2) order by id`,
);
const MYSQL_NOTED = statement(
  'enrolment.mysql-noted',
  `insert into enrolment_history (${HISTORY})
   select id, null, $3, $4, $5, $6, $7, $8 from enrolment where account_id = $1 and course_id in ($2) order by id`,
);
const BEGUN = statement(
  'enrolment.begun',
  `select id, course_id as "courseId" from enrolment where account_id = $1 and course_id = any($2) order by course_id`,
);

const LOCK = statement(
  'enrolment.lock',
  `select e.id, e.account_id as "accountId", e.course_id as "courseId", c.course_key as "courseKey",
          c.display_name as "displayName", e.status, e.mode, e.expires_at as "expiresAt"
     from enrolment e join course c on c.id = e.course_id
    where e.id = any($1) order by e.id for update of e`,
  // MariaDB knows no "of": an administrator who changes the course waits, too.
  `select e.id, e.account_id as accountId, e.course_id as courseId, c.course_key as courseKey,
          c.display_name as displayName, e.status, e.mode, e.expires_at as expiresAt
     from enrolment e join course c on c.id = e.course_id
    where e.id in ($1) order by e.id for update`,
);

const SOURCES = statement(
  'enrolment.sources',
  `select enrolment_id as "enrolmentId", kind, reference, created_at as "since" from enrolment_source
    where enrolment_id = any($1)`,
);

const OF_ACCOUNT = statement('enrolment.of-account', 'select id from enrolment where account_id = $1 order by id');

const HELD_BY = statement(
  'enrolment.held-by',
  `select e.id from enrolment e join enrolment_source s on s.enrolment_id = e.id
    where e.account_id = $1 and s.kind = $2 and s.reference = $3 order by e.id`,
);

const ANONYMISE = statement('enrolment.anonymise', 'update enrolment set account_id = null where account_id = $1');

const UPDATE = statement(
  'enrolment.update',
  'update enrolment set status = $2, mode = $3, expires_at = $4, updated_at = $5 where id = $1',
);
const ADD_SOURCE = statement(
  'enrolment.add-source',
  'insert into enrolment_source (enrolment_id, kind, reference, created_at) values ($1, $2, $3, $4)',
);
const REMOVE_SOURCE = statement(
  'enrolment.remove-source',
  'delete from enrolment_source where enrolment_id = $1 and kind = $2 and reference = $3',
);
const NOTE = statement(
  'enrolment.note',
  `insert into enrolment_history (${HISTORY}) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);

/** Enrolments as they are written. */
@Injectable()
export class EnrolmentRepository {
  constructor(private readonly database: Database) {}

  /** With source and history. Throws LostRace where one is there already, or the account is gone. */
  async begin(enrolments: NewEnrolments, now: Date): Promise<{ id: number; courseId: number }[]> {
    const begun =
      this.database.dialect === 'mysql' ? this.beginOneByOne(enrolments, now) : this.beginAtOnce(enrolments, now);
    const rows = await begun;
    if (rows.length < enrolments.courseIds.length) throw new LostRace('an enrolment was made meanwhile');
    return rows;
  }

  async ofAccount(accountId: number): Promise<number[]> {
    return idsOf(await this.database.rows<{ id: number }>(OF_ACCOUNT, [accountId]));
  }

  async heldBy(accountId: number, { kind, reference }: Source): Promise<number[]> {
    return idsOf(await this.database.rows<{ id: number }>(HELD_BY, [accountId, kind, reference]));
  }

  /** What happened stays; whose it was does not. */
  async anonymise(accountId: number): Promise<void> {
    await this.database.execute(ANONYMISE, [accountId]);
  }

  /** In the order of their ids, which is the order in which they are locked. */
  async lock(ids: readonly number[]): Promise<LockedEnrolment[]> {
    const rows = await this.database.rows<LockedRow>(LOCK, [ids]);
    const sources = await this.database.rows<{ enrolmentId: number } & HeldSource>(SOURCES, [ids]);
    return rows.map((row) => ({
      ...row,
      sources: inOrder(sources.filter(({ enrolmentId }) => enrolmentId === row.id)),
    }));
  }

  async write(before: LockedEnrolment, after: EnrolmentState, cause: Cause, now: Date): Promise<void> {
    await this.database.execute(UPDATE, [before.id, after.status, after.mode, after.expiresAt, now]);
    for (const { kind, reference } of without(after.sources, before.sources)) {
      await this.database.execute(ADD_SOURCE, [before.id, kind, reference, now]);
    }
    for (const { kind, reference } of without(before.sources, after.sources)) {
      await this.database.execute(REMOVE_SOURCE, [before.id, kind, reference]);
    }
    await this.note(before.id, snapshot(before), snapshot(after), cause, now);
  }

  private async note(
    id: number,
    before: EnrolmentSnapshot,
    after: EnrolmentSnapshot,
    { kind, reference, actorId, reason }: Cause,
    now: Date,
  ): Promise<void> {
    await this.database.execute(NOTE, [id, before, after, kind, reference, actorId, reason, now]);
  }

  private beginAtOnce(
    { accountId, courseIds, state, source, cause }: NewEnrolments,
    now: Date,
  ): Promise<{ id: number; courseId: number }[]> {
    const held = [source.kind, source.reference];
    const noted = [snapshot(state), cause.kind, cause.reference, cause.actorId, cause.reason];
    return this.database.rows(BEGIN, [accountId, courseIds, state.mode, state.expiresAt, now, ...held, ...noted]);
  }

  private async beginOneByOne(
    { accountId, courseIds, state, source, cause }: NewEnrolments,
    now: Date,
  ): Promise<{ id: number; courseId: number }[]> {
    const which = [accountId, courseIds];
    const { affected } = await this.database.execute(MYSQL_BEGIN, [...which, state.mode, state.expiresAt, now]);
    if (affected < courseIds.length) return [];
    await this.database.execute(MYSQL_HELD, [...which, source.kind, source.reference, now]);
    const noted = [snapshot(state), cause.kind, cause.reference, cause.actorId, cause.reason];
    await this.database.execute(MYSQL_NOTED, [...which, ...noted, now]);
    return this.database.rows(BEGUN, which);
  }
}

function idsOf(rows: readonly { readonly id: number }[]): number[] {
  return rows.map(({ id }) => id);
}
