import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { NewsService } from '../live/news.service';
import { channelsOf } from './delivery.rules';
import { nextDigest } from './local-time.rules';
import { MailDue } from './mail-due.fact';
import type { Notice } from './notice';
import { NoticeRepository, type Told } from './notice.repository';
import { type Reader, ReaderRepository } from './reader.repository';

/** How many are told in one transaction. */
export const BATCH = 500;

/** Writes what a fact means to those it is for: their notifications, counters, and the mails that follow. */
@Injectable()
export class NoticeWriter {
  constructor(
    private readonly readers: ReaderRepository,
    private readonly notices: NoticeRepository,
    private readonly news: NewsService,
    private readonly outbox: OutboxService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Tells each of them once, whatever how often it is called: at most BATCH of them. Joins a running unit of work. */
  async tell(notice: Notice, accountIds: readonly number[]): Promise<void> {
    if (accountIds.length === 0) return;
    if (accountIds.length > BATCH) throw new Error(`At most ${BATCH} are told at once`);
    await this.unitOfWork.run(() => this.write(notice, accountIds));
  }

  private async write(notice: Notice, accountIds: readonly number[]): Promise<void> {
    const now = this.clock.now();
    const { readers, actorId } = await this.readers.hold(accountIds, notice.kind, notice.actorId);
    const recipients = readers.flatMap((reader) => {
      const { bell, mail } = channelsOf(notice, reader, now);
      return bell || mail !== 'off' ? [{ accountId: reader.id, shown: bell, mail }] : [];
    });
    if (recipients.length === 0) return;
    const told = await this.notices.add({ ...notice, actorId }, recipients, now);
    const shown = told.filter((row) => row.shown).map((row) => row.accountId);
    await this.notices.count(shown);
    await this.planDigests(readers, told, now);
    const due = told.filter(({ mail }) => mail === 'immediate').map(({ id }) => id);
    if (due.length > 0) await this.outbox.publish(new MailDue({ notification_ids: due }));
    this.unitOfWork.afterCommit(() => this.news.tell(shown));
  }

  /** One statement for each time at which a digest is due: readers live in few time zones. */
  private async planDigests(readers: readonly Reader[], told: readonly Told[], now: Date): Promise<void> {
    const daily = told.filter(({ mail }) => mail === 'daily');
    if (daily.length === 0) return;
    const readerOf = new Map(readers.map((reader) => [reader.id, reader]));
    const first = Math.min(...daily.map(({ id }) => id));
    const planned = new Map<string, { at: Date; accountIds: number[] }>();
    for (const { accountId } of daily) {
      const reader = readerOf.get(accountId);
      if (reader === undefined || reader.digestDueAt !== null) continue;
      const key = `${reader.timeZone} ${reader.digestDay}`;
      const plan = planned.get(key) ?? { at: nextDigest(now, reader.timeZone, reader.digestDay), accountIds: [] };
      plan.accountIds.push(accountId);
      planned.set(key, plan);
    }
    for (const { at, accountIds } of planned.values()) await this.notices.awaitDigest(accountIds, at, first);
  }
}
