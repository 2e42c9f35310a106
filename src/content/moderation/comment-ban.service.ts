import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { notFound } from '../../common/domain-error';
import { mapPage, type Page, pageOf, type PageQuery, parsePage } from '../../common/page';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import type { Made } from '../../infra/http/created';
import { unknownPk } from '../content.errors';
import { CommentBanRepository, EVERYWHERE } from './comment-ban.repository';
import { CommentModerationService } from './comment-moderation.service';
import type { BanRequest } from './dto/moderation.request';
import { bansOneself } from './moderation.errors';
import { BanResponse } from './dto/moderation.response';
import { type ModerationActionName, ModerationLogRepository } from './moderation-log.repository';

/** Who may not comment, on the posts of a creator or everywhere. */
@Injectable()
export class CommentBanService {
  constructor(
    private readonly bans: CommentBanRepository,
    private readonly moderation: CommentModerationService,
    private readonly log: ModerationLogRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Repeatable: the first reason stands. `creatorId` may be EVERYWHERE. */
  async ban(request: BanRequest, creatorId: number, actorId: number): Promise<Made<BanResponse>> {
    const { account, reason, hide_comments: hides = false } = request;
    if (account === actorId) throw bansOneself();
    const isNew = await this.unitOfWork.run(() => this.add(account, creatorId, reason, actorId));
    const onPage = creatorId === EVERYWHERE ? undefined : creatorId;
    if (hides) await this.moderation.hideAll(account, onPage, actorId, reason);
    const row = await this.bans.one(creatorId, account);
    if (row === undefined) throw unknownPk('account', account);
    return { isNew, value: BanResponse.of(row) };
  }

  async lift(accountId: number, creatorId: number, actorId: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      if (!(await this.bans.remove(creatorId, accountId))) throw notFound();
      await this.record('unban', accountId, creatorId, actorId, '');
    });
  }

  async find(query: PageQuery, creatorId: number, url: URL): Promise<Page<BanResponse>> {
    const page = parsePage(query);
    const [rows, count] = await this.bans.page(creatorId, page);
    return mapPage(pageOf(rows, count, page, url), BanResponse.of);
  }

  private async add(accountId: number, creatorId: number, reason: string, actorId: number): Promise<boolean> {
    if (!(await this.bans.lockAccount(accountId))) throw unknownPk('account', accountId);
    const isNew = await this.bans.add(creatorId, accountId, reason, actorId, this.clock.now());
    if (isNew) await this.record('ban', accountId, creatorId, actorId, reason);
    return isNew;
  }

  private record(
    action: ModerationActionName,
    accountId: number,
    creatorId: number,
    actorId: number,
    reason: string,
  ): Promise<void> {
    const about = { subjectKind: 'account', subjectId: accountId, creatorId, accountId } as const;
    return this.log.add({ actorId, action, ...about, reason }, this.clock.now());
  }
}
