import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import type { Principal } from '../../common/current-user';
import { forbidden, notAuthenticated, notFound } from '../../common/domain-error';
import { mapPage, type Page, pageOf, parsePage } from '../../common/page';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import type { Made } from '../../infra/http/created';
import { viewerOf } from '../access/post-access.service';
import { CommentService } from '../comment/comment.service';
import { PostGateService } from '../post/post-gate.service';
import type { ReportQuery } from './dto/moderation.request';
import { AdminReportResponse, ReportResponse } from './dto/report.response';
import { ModerationLogRepository } from './moderation-log.repository';
import { type NewReport, ReportRepository } from './report.repository';

/** What readers report, and what becomes of it. */
@Injectable()
export class ReportService {
  constructor(
    private readonly reports: ReportRepository,
    private readonly comments: CommentService,
    private readonly gate: PostGateService,
    private readonly log: ModerationLogRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async reportComment(id: number, reason: string, user: Principal): Promise<Made<ReportResponse>> {
    const comment = await this.comments.readable(id, user);
    if (comment.state === 'deleted') throw notFound();
    const { creator_id: creatorId, author_id: authorId, body: text } = comment;
    return this.report({ kind: 'comment', id, creatorId, authorId, text, reason, reporterId: user.accountId });
  }

  async reportPost(id: number, reason: string, user: Principal): Promise<Made<ReportResponse>> {
    const post = await this.gate.look(id, viewerOf(user));
    if (post === undefined) throw notFound();
    if (!post.open) throw forbidden();
    const text = await this.reports.titleOf(id);
    if (text === undefined) throw notFound();
    const { creatorId } = post;
    return this.report({ kind: 'post', id, creatorId, authorId: creatorId, text, reason, reporterId: user.accountId });
  }

  async find({ open, ...query }: ReportQuery, url: URL): Promise<Page<AdminReportResponse>> {
    const page = parsePage(query);
    const [rows, count] = await this.reports.find(open, page);
    return mapPage(pageOf(rows, count, page, url), AdminReportResponse.of);
  }

  /** Repeatable. */
  async resolve(id: number, reason: string, actorId: number): Promise<AdminReportResponse> {
    const before = await this.reports.byId(id);
    if (before === undefined) throw notFound();
    const about = { subjectKind: 'report', subjectId: id, creatorId: before.creator_id, accountId: 0 } as const;
    await this.unitOfWork.run(async () => {
      const now = this.clock.now();
      if (!(await this.reports.resolve(id, now))) return;
      await this.log.add({ actorId, action: 'resolve', ...about, reason }, now);
    });
    return AdminReportResponse.of((await this.reports.byId(id)) ?? before);
  }

  /** Stored once: the first reason stands. */
  private async report(report: NewReport): Promise<Made<ReportResponse>> {
    const isNew = await this.unitOfWork.run(() => this.add(report));
    const row = await this.reports.ofReporter(report, report.reporterId);
    // Credentials outlive a closed account by minutes.
    if (row === undefined) throw notAuthenticated();
    return { isNew, value: ReportResponse.of(row) };
  }

  private async add({ kind, id, creatorId, authorId, ...report }: NewReport): Promise<boolean> {
    const now = this.clock.now();
    if (!(await this.reports.add({ kind, id, creatorId, authorId, ...report }, now))) return false;
    const about = { subjectKind: kind, subjectId: id, creatorId, accountId: authorId };
    await this.log.add({ actorId: report.reporterId, action: 'report', ...about, reason: report.reason }, now);
    return true;
  }
}
