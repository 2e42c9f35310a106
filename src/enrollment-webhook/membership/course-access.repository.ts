import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import type { HeldCourse, OpenMembership } from './course-access.rules';

// On PostgreSQL not `for update`, which would hold up whoever names the account with a foreign key.
const LOCK = statement('course-access.lock', 'select email from account where id = $1 for no key update');

const OPEN = statement(
  'course-access.open',
  `select m.id, t.course_ids as "courseKeys" from membership m join tier t on t.id = m.tier_id
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
    const rows = await this.database.rows<{ id: number; courseKeys: string }>(OPEN, [accountId]);
    return rows.map(({ id, courseKeys }) => ({ id, courseKeys: JSON.parse(courseKeys) as string[] }));
  }

  async held(accountId: number): Promise<HeldCourse[]> {
    const rows = await this.database.rows<Omit<HeldCourse, 'membershipId'> & { membershipId: string }>(HELD, [
      accountId,
    ]);
    return rows.map((row) => ({ ...row, membershipId: Number(row.membershipId) }));
  }

  /** Members of a tier after a membership, in the order of their ids. */
  members(tierId: number, after: number, limit: number): Promise<Member[]> {
    return this.database.rows<Member>(MEMBERS, [tierId, after, limit]);
  }
}
