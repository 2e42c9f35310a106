import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import type { Source } from './enrolment.state';
import type { CourseView } from './learner.rules';

// Found by uq_course_key, uq_account_email_key, uq_enrolment_account_course, uq_enrolment_source and
// uq_enrolment_allowance_mailbox; the order is the order in which grants lock.
const VIEW = statement(
  'learner.view',
  `select c.id as "courseId", c.course_key as "courseKey", c.display_name as "displayName",
          a.id as "accountId", a.email_verified_at as "emailVerifiedAt",
          e.id as "enrolmentId", e.status, e.expires_at as "expiresAt", s.id as "sourceId",
          w.id as "allowanceId", w.claimed_by as "claimedBy", k.id as "claimantId",
          w.revoked_at as "revokedAt"
     from course c
     left join account a on a.email_key = $2
     left join enrolment e on e.account_id = a.id and e.course_id = c.id
     left join enrolment_source s on s.enrolment_id = e.id and s.kind = $3 and s.reference = $4
     left join enrolment_allowance w on w.email_key = $2 and w.course_id = c.id
     left join account k on k.id = w.claimed_by
    where c.course_key = any($1) and c.archived_at is null
    order by c.id`,
);

const LOCK_MAILBOX = statement(
  'learner.lock-mailbox',
  `insert into enrolment_mailbox (email_key, locked_at) values ($1, $2)
   on conflict (email_key) do update set locked_at = excluded.locked_at`,
  `insert into enrolment_mailbox (email_key, locked_at) values ($1, $2)
   on duplicate key update locked_at = values(locked_at)`,
);

const FORGET_MAILBOX = statement('learner.forget-mailbox', 'delete from enrolment_mailbox where email_key = $1');

const ALLOW_COLUMNS = 'email_key, email, course_id, kind, reference, granted_at';

// An allowance that was revoked, or claimed by an account that is gone, is granted afresh: the closing of that account,
// told later, must not find its claim.
const ALLOW = statement(
  'learner.allow',
  `insert into enrolment_allowance (${ALLOW_COLUMNS})
   select $1::varchar, $2::varchar, id, $4::varchar, $5::varchar, $6::timestamptz
     from course where id = any($3) order by id
   on conflict (email_key, course_id) do update set
     kind = excluded.kind, reference = excluded.reference, granted_at = excluded.granted_at,
     claimed_by = null, claimed_at = null, revoked_at = null, revoked_by = null, revoke_reason = null`,
  `insert into enrolment_allowance (${ALLOW_COLUMNS})
   select $1, $2, id, $4, $5, $6 from course where id in ($3) order by id
   on duplicate key update
     kind = values(kind), reference = values(reference), granted_at = values(granted_at),
     claimed_by = null, claimed_at = null, revoked_at = null, revoked_by = null, revoke_reason = null`,
);

// An account that no longer exists binds nobody, whether its closing has been told or not.
const BINDS_NOBODY = '(claimed_by is null or not exists (select k.id from account k where k.id = claimed_by))';

const CLAIM = statement(
  'learner.claim',
  `update enrolment_allowance set claimed_by = $2, claimed_at = $3
    where id = any($1) and ${BINDS_NOBODY} and revoked_at is null`,
);

const OPEN_ALLOWANCES = `select w.id as "allowanceId", w.kind, w.reference, c.course_key as "courseKey"
     from enrolment_allowance w join course c on c.id = w.course_id
    where w.email_key = $1 and ${BINDS_NOBODY} and w.revoked_at is null
    order by w.course_id for update`;

// MariaDB knows no "of".
const OPEN = statement('learner.open-allowances', `${OPEN_ALLOWANCES} of w`, OPEN_ALLOWANCES);

const FORGET_CLAIMS = statement('learner.forget-claims', 'delete from enrolment_allowance where claimed_by = $1');

export interface OpenAllowance extends Source {
  readonly allowanceId: number;
  readonly courseKey: string;
}

/** A mailbox, the account that has it, and the courses it may enter. */
@Injectable()
export class LearnerRepository {
  constructor(private readonly database: Database) {}

  /** The known ones of the courses that are not archived. */
  view(emailKey: string, courseKeys: readonly string[], source: Source): Promise<CourseView[]> {
    return this.database.rows<CourseView>(VIEW, [courseKeys, emailKey, source.kind, source.reference]);
  }

  /** Until the unit of work ends, no other grants to this mailbox or claims what it was granted. */
  async lockMailbox(emailKey: string, now: Date): Promise<void> {
    await this.database.execute(LOCK_MAILBOX, [emailKey, now]);
  }

  async forgetMailbox(emailKey: string): Promise<void> {
    await this.database.execute(FORGET_MAILBOX, [emailKey]);
  }

  async allow(
    mailbox: { readonly key: string; readonly email: string },
    courseIds: readonly number[],
    source: Source,
    now: Date,
  ): Promise<void> {
    await this.database.execute(ALLOW, [mailbox.key, mailbox.email, courseIds, source.kind, source.reference, now]);
  }

  /** Locks them: whoever revokes one waits, and finds it claimed. */
  openAllowances(emailKey: string): Promise<OpenAllowance[]> {
    return this.database.rows<OpenAllowance>(OPEN, [emailKey]);
  }

  /** Binds allowances to the account for as long as it exists; gives how many were still open. */
  async claim(allowanceIds: readonly number[], accountId: number, now: Date): Promise<number> {
    return (await this.database.execute(CLAIM, [allowanceIds, accountId, now])).affected;
  }

  async forgetClaims(accountId: number): Promise<void> {
    await this.database.execute(FORGET_CLAIMS, [accountId]);
  }
}
