import { Injectable } from '@nestjs/common';
import { offsetOf, type PageRequest } from '../../common/page';
import { Database, statement } from '../../infra/database/database';

export const REPORT_KINDS = ['comment', 'post'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

export interface ReportSubject {
  readonly kind: ReportKind;
  readonly id: number;
  /** On whose page. */
  readonly creatorId: number;
  /** Who wrote it. */
  readonly authorId: number;
}

export interface NewReport extends ReportSubject {
  /** What it says; the beginning is kept. */
  readonly text: string;
  readonly reporterId: number;
  readonly reason: string;
}

export interface ReportRow {
  readonly id: number;
  readonly subject_kind: ReportKind;
  readonly subject_id: number;
  readonly creator_id: number;
  /** Who wrote what is reported. */
  readonly author_id: number;
  readonly excerpt: string;
  readonly reporter_id: number;
  readonly username: string;
  readonly profile_pic: string;
  readonly reason: string;
  readonly created_at: Date;
  readonly resolved_at: Date | null;
}

const COLUMNS = 'subject_kind, subject_id, creator_id, reporter_id, reason, created_at, author_id, excerpt';

// The account stays until the transaction ends: closing it waits, and finds the report.
const ADD = statement(
  'report.add',
  `insert into content_report (${COLUMNS})
   select $1::varchar, $2::bigint, $3::bigint, a.id, $5::varchar, $6::timestamptz, $7::bigint, left($8::text, 500)
     from account a where a.id = $4
   for key share on conflict (subject_kind, subject_id, reporter_id) do nothing`,
  `insert ignore into content_report (${COLUMNS})
   select $1, $2, $3, a.id, $5, $6, $7, left($8, 500) from account a where a.id = $4 lock in share mode`,
);

const VIEW = `select r.id, r.subject_kind, r.subject_id, r.creator_id, r.author_id, r.excerpt, r.reporter_id, a.username, a.profile_pic,
    r.reason, r.created_at, r.resolved_at
  from content_report r join account a on a.id = r.reporter_id`;

const OF_REPORTER = statement(
  'report.of-reporter',
  `${VIEW} where r.subject_kind = $1 and r.subject_id = $2 and r.reporter_id = $3`,
);

const BY_ID = statement('report.by-id', `${VIEW} where r.id = $1`);

const RESOLVE = statement(
  'report.resolve',
  'update content_report set resolved_at = $2 where id = $1 and resolved_at is null',
);

const TITLE = statement('report.title', 'select title from post where id = $1');

const FORGET = statement('report.forget', 'delete from content_report where reporter_id = $1');

const page = (name: string, where: string) => ({
  rows: statement(`report.${name}`, `${VIEW} ${where} order by r.id desc limit $1 offset $2`),
  count: statement(`report.${name}-count`, `select count(*) as count from content_report r ${where}`),
});

const ALL = page('all', '');
const OPEN = page('open', 'where r.resolved_at is null');
const RESOLVED = page('resolved', 'where r.resolved_at is not null');

@Injectable()
export class ReportRepository {
  constructor(private readonly database: Database) {}

  /** False where the account has reported it already, or is gone. */
  async add(report: NewReport, now: Date): Promise<boolean> {
    const { kind, id, creatorId, authorId, text, reporterId, reason } = report;
    const values = [kind, id, creatorId, reporterId, reason, now, authorId, text];
    return (await this.database.execute(ADD, values)).affected > 0;
  }

  /** Undefined where the post is gone. */
  async titleOf(postId: number): Promise<string | undefined> {
    return (await this.database.first<{ title: string }>(TITLE, [postId]))?.title;
  }

  ofReporter({ kind, id }: Pick<ReportSubject, 'kind' | 'id'>, reporterId: number): Promise<ReportRow | undefined> {
    return this.database.first<ReportRow>(OF_REPORTER, [kind, id, reporterId]);
  }

  byId(id: number): Promise<ReportRow | undefined> {
    return this.database.first<ReportRow>(BY_ID, [id]);
  }

  /** Newest first; with `open` those that are resolved, or are not. */
  async find(open: boolean | undefined, request: PageRequest): Promise<[ReportRow[], number]> {
    const { rows, count } = open === undefined ? ALL : open ? OPEN : RESOLVED;
    const [reports, counted] = await Promise.all([
      this.database.rows<ReportRow>(rows, [request.size, offsetOf(request)]),
      this.database.first<{ count: number }>(count),
    ]);
    return [reports, counted?.count ?? 0];
  }

  /** False where somebody has done so. */
  async resolve(id: number, now: Date): Promise<boolean> {
    return (await this.database.execute(RESOLVE, [id, now])).affected > 0;
  }

  async forgetReporter(accountId: number): Promise<void> {
    await this.database.execute(FORGET, [accountId]);
  }
}
