import { Injectable } from '@nestjs/common';
import { AccountClosed, type AccountClosedPayload } from '../../auth/events/account-closed.event';
import { OnFact } from '../../infra/outbox/on-fact';
import { CommentBanRepository } from './comment-ban.repository';
import { ReportRepository } from './report.repository';

/** What was done, and by which account, stays in the trail. */
@Injectable()
export class ModerationListener {
  constructor(
    private readonly bans: CommentBanRepository,
    private readonly reports: ReportRepository,
  ) {}

  @OnFact(AccountClosed.topic, 'content.moderation.account-closed')
  async forget({ account_id }: AccountClosedPayload): Promise<void> {
    await this.bans.forgetAccount(account_id);
    await this.reports.forgetReporter(account_id);
  }
}
