import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { emailKey } from '../../common/normalise';
import { offsetOf, type PageRequest } from '../../common/page';
import { Database, statement } from '../../infra/database/database';
import { Course } from '../entities/course.entity';
import { Enrolment } from '../entities/enrolment.entity';
import { type ChangeKind, type EnrolmentSnapshot, type EnrolmentStatus, inOrder, type Source } from './enrolment.state';

export interface OwnEnrolment {
  readonly id: number;
  readonly courseKey: string;
  readonly displayName: string;
  readonly mode: string;
  readonly status: EnrolmentStatus;
  readonly expiresAt: Date | null;
}

export interface HistoryEntry {
  readonly before: EnrolmentSnapshot | null;
  readonly after: EnrolmentSnapshot;
  readonly source: ChangeKind;
  readonly reference: string | null;
  readonly actorId: number | null;
  readonly reason: string | null;
  readonly changedAt: Date;
}

interface EnrolmentRow extends OwnEnrolment {
  /** Null where the account is closed, and so are its names. */
  readonly accountId: number | null;
  readonly username: string | null;
  readonly email: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface EnrolmentRecord extends EnrolmentRow {
  readonly sources: readonly Source[];
  /** Oldest first. */
  readonly history: readonly HistoryEntry[];
}

export interface EnrolmentFilter {
  readonly email?: string;
  /** In canonical form. */
  readonly courseKey?: string;
  /** As stored: one whose date has passed is active until the expiry job has come by. */
  readonly status?: EnrolmentStatus;
}

const OWN_PAGE = statement(
  'enrolment.own-page',
  `select e.id, c.course_key as "courseKey", c.display_name as "displayName", e.mode, e.status,
          e.expires_at as "expiresAt"
     from enrolment e join course c on c.id = e.course_id
    where e.account_id = $1 order by e.id desc limit $2 offset $3`,
);
const OWN_COUNT = statement('enrolment.own-count', 'select count(*) as count from enrolment where account_id = $1');

const SOURCES = statement(
  'enrolment.record-sources',
  `select enrolment_id as "enrolmentId", kind, reference from enrolment_source where enrolment_id = any($1)`,
);
const HISTORY = statement(
  'enrolment.record-history',
  `select enrolment_id as "enrolmentId", state_before as "before", state_after as "after", source, reference,
          actor_id as "actorId", reason, changed_at as "changedAt"
     from enrolment_history where enrolment_id = any($1) order by id`,
);

/** Enrolments as people read them. */
@Injectable()
export class EnrolmentViewRepository {
  constructor(private readonly database: Database) {}

  /** An account's own, newest first. */
  ownPage(accountId: number, page: PageRequest): Promise<OwnEnrolment[]> {
    return this.database.rows<OwnEnrolment>(OWN_PAGE, [accountId, page.size, offsetOf(page)]);
  }

  async ownCount(accountId: number): Promise<number> {
    return (await this.database.first<{ count: number }>(OWN_COUNT, [accountId]))?.count ?? 0;
  }

  async find(filter: EnrolmentFilter, page: PageRequest): Promise<[EnrolmentRecord[], number]> {
    const rows = await this.select(filter)
      .orderBy('e.id', 'DESC')
      .offset(offsetOf(page))
      .limit(page.size)
      .getRawMany<EnrolmentRow>();
    return [await this.completed(rows), await this.select(filter).getCount()];
  }

  async byId(id: number): Promise<EnrolmentRecord | undefined> {
    const rows = await this.select({}).andWhere('e.id = :id', { id }).getRawMany<EnrolmentRow>();
    return (await this.completed(rows))[0];
  }

  private select({ email, courseKey, status }: EnrolmentFilter): SelectQueryBuilder<Enrolment> {
    const query = this.database.manager
      .createQueryBuilder(Enrolment, 'e')
      .innerJoin(Course, 'c', 'c.id = e.course_id')
      .leftJoin('account', 'a', 'a.id = e.account_id')
      .select('e.id', 'id')
      .addSelect('c.course_key', 'courseKey')
      .addSelect('c.display_name', 'displayName')
      .addSelect('e.mode', 'mode')
      .addSelect('e.status', 'status')
      .addSelect('e.expires_at', 'expiresAt')
      .addSelect('e.account_id', 'accountId')
      .addSelect('a.username', 'username')
      .addSelect('a.email', 'email')
      .addSelect('e.created_at', 'createdAt')
      .addSelect('e.updated_at', 'updatedAt');
    if (email !== undefined) query.andWhere('a.email_key = :key', { key: emailKey(email) });
    if (courseKey !== undefined) query.andWhere('c.course_key = :courseKey', { courseKey });
    if (status !== undefined) query.andWhere('e.status = :status', { status });
    return query;
  }

  private async completed(rows: readonly EnrolmentRow[]): Promise<EnrolmentRecord[]> {
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const sources = await this.database.rows<{ enrolmentId: number } & Source>(SOURCES, [ids]);
    const history = await this.database.rows<{ enrolmentId: number } & HistoryEntry>(HISTORY, [ids]);
    return rows.map((row) => ({
      ...row,
      sources: inOrder(sources.filter(({ enrolmentId }) => enrolmentId === row.id)),
      history: history.filter(({ enrolmentId }) => enrolmentId === row.id),
    }));
  }
}
