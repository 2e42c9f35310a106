import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import type { HeldCourse, KnownOfCourses, OpenMembership } from './course-access.rules';

// On PostgreSQL not `for update`, which would hold up whoever names the account with a foreign key.
const LOCK = statement('course-access.lock', 'select email from account where id = $1 for no key update');

const OPEN = statement(
  'course-access.open',
  `select m.id, m.creator_id as "creatorId", m.started_at as "startedAt", t.course_ids as "courseKeys" from membership m join tier t on t.id = m.tier_id
    where m.account_id = $1 and m.ended_at is null order by m.id`,
);

const HELD = statement(
  'course-access.held',
  `select e.id as "enrolmentId", s.reference as "membershipId", c.course_key as "courseKey"
     from enrolment e
     join enrolment_source s on s.enrolment_id = e.id and s.kind = 'membership'
     join course c on c.id = e.course_id
    where e.account_id = $1 order by e.id`,
);

const SOLD = statement(
  'course-access.sold',
  `select o.account_id as "creatorId", c.course_key as "courseKey"
     from course c join course_owner o on o.course_id = c.id
    where c.course_key = any($1) and o.account_id = any($2)`,
);

const STEPS = statement(
  'course-access.steps',
  `select c.course_key as "courseKey", h.state_before as "before", h.state_after as "after", h.changed_at as "changedAt"
     from course c
     join enrolment e on e.course_id = c.id and e.account_id = $2
     join enrolment_history h on h.enrolment_id = e.id and h.source = 'admin'
    where c.course_key = any($1) order by h.id`,
);

// A superset: `_` and the letters' case count for less here than in keys.
const CARRYING = statement(
  'course-access.carrying',
  `select id, course_ids as "courseKeys" from tier where course_ids like $1 order by id`,
);

const MEMBERS = statement(
  'course-access.members',
  `select id, account_id as "accountId" from membership
    where tier_id = $1 and ended_at is null and id > $2 order by id limit $3`,
);

export interface Member {
  /** The membership. */
  readonly id: number;
  readonly accountId: number;
}

/** Members and their courses, across memberships and enrolments. */
@Injectable()
export class CourseAccessRepository {
  constructor(private readonly database: Database) {}

  /** The address, until the unit of work ends nobody else's to settle; undefined where the account is gone. */
  async lockAccount(accountId: number): Promise<string | undefined> {
    return (await this.database.first<{ email: string }>(LOCK, [accountId]))?.email;
  }

  async open(accountId: number): Promise<OpenMembership[]> {
    const rows = await this.database.rows<Omit<OpenMembership, 'courseKeys'> & { courseKeys: string }>(OPEN, [
      accountId,
    ]);
    return rows.map((row) => ({ ...row, courseKeys: JSON.parse(row.courseKeys) as string[] }));
  }

  async held(accountId: number): Promise<HeldCourse[]> {
    const rows = await this.database.rows<Omit<HeldCourse, 'membershipId'> & { membershipId: string }>(HELD, [
      accountId,
    ]);
    return rows.map((row) => ({ ...row, membershipId: Number(row.membershipId) }));
  }

  /** What decides whether the courses of these memberships may be opened to their member. */
  async knownOf(accountId: number, memberships: readonly OpenMembership[]): Promise<KnownOfCourses> {
    const keys = [...new Set(memberships.flatMap(({ courseKeys }) => courseKeys))];
    const creators = [...new Set(memberships.map(({ creatorId }) => creatorId))];
    return {
      sold: await this.database.rows(SOLD, [keys, creators]),
      steps: await this.database.rows(STEPS, [keys, accountId]),
    };
  }

  /** Tiers that name the course. */
  async tiersWith(courseKey: string): Promise<number[]> {
    const rows = await this.database.rows<{ id: number; courseKeys: string }>(CARRYING, [`%"${courseKey}"%`]);
    return rows.filter((row) => (JSON.parse(row.courseKeys) as string[]).includes(courseKey)).map(({ id }) => id);
  }

  /** Members of a tier after a membership, in the order of their ids. */
  members(tierId: number, after: number, limit: number): Promise<Member[]> {
    return this.database.rows<Member>(MEMBERS, [tierId, after, limit]);
  }
}
