import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import { type AdminStep, endDecision } from './end-decision.rules';

// Rows that another instance has in hand are passed over.
const DUE = statement(
  'expiry.due',
  `select id from enrolment where status = 'active' and expires_at <= $1
    order by expires_at limit $2 for update skip locked`,
);

const SOON = statement(
  'expiry.soon',
  `select id from enrolment
    where status = 'active' and expires_at > $1 and expires_at <= $2
      and (expiry_notice_for is null or expiry_notice_for <> expires_at)
    order by expires_at limit $3 for update skip locked`,
);

const NOTED = statement('expiry.noted', 'update enrolment set expiry_notice_for = expires_at where id = any($1)');

const STEPS = statement(
  'expiry.steps',
  `select enrolment_id as "enrolmentId", state_before as "before", state_after as "after", changed_at as "changedAt"
     from enrolment_history where enrolment_id = any($1) and source = 'admin' order by id`,
);

/** Enrolments that end by their date. Only inside a unit of work: what is found is locked. */
@Injectable()
export class ExpiryRepository {
  constructor(private readonly database: Database) {}

  async due(now: Date, limit: number): Promise<number[]> {
    return (await this.database.rows<{ id: number }>(DUE, [now, limit])).map(({ id }) => id);
  }

  /** Of each of them when its date was set. */
  async datedAt(ids: readonly number[]): Promise<Map<number, Date>> {
    const steps = await this.database.rows<AdminStep & { readonly enrolmentId: number }>(STEPS, [ids]);
    const dates = ids.map(
      (id) => [id, endDecision(steps.filter(({ enrolmentId }) => enrolmentId === id))?.at] as const,
    );
    return new Map(dates.flatMap(([id, at]) => (at === undefined ? [] : [[id, at]])));
  }

  /** Those that end until then and whose account has not been told of this date. */
  async endingUntil(until: Date, now: Date, limit: number): Promise<number[]> {
    return (await this.database.rows<{ id: number }>(SOON, [now, until, limit])).map(({ id }) => id);
  }

  async noticeGiven(ids: readonly number[]): Promise<void> {
    await this.database.execute(NOTED, [ids]);
  }
}
