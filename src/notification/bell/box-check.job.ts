import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { PeriodicJob } from '../../infra/periodic/periodic-job';
import { NewsService } from '../live/news.service';
import { BoxCheckRepository } from './box-check.repository';

const EVERY_MS = 60_000;
const BATCH = 50;

/** Counts anew what the counters say, some boxes at a time and all of them in turn. One that was wrong is a fault of ours. */
@Injectable()
export class BoxCheckJob extends PeriodicJob {
  protected readonly everyMs = EVERY_MS;
  private readonly log = new Logger(BoxCheckJob.name);
  private after = 0;

  constructor(
    private readonly boxes: BoxCheckRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly news: NewsService,
  ) {
    super();
  }

  /** Gives how many of the batch were wrong. */
  async run(): Promise<number> {
    const accountIds = await this.boxes.next(this.after, BATCH);
    this.after = accountIds.length === BATCH ? (accountIds.at(-1) ?? 0) : 0;
    let wrong = 0;
    for (const accountId of accountIds) {
      if (await this.unitOfWork.run(() => this.isWrong(accountId))) wrong += 1;
    }
    if (wrong > 0) this.log.error(`the counters of ${wrong} notification boxes were wrong, and were put right`);
    return wrong;
  }

  private async isWrong(accountId: number): Promise<boolean> {
    const kept = await this.boxes.hold(accountId);
    if (kept === undefined) return false;
    const counted = await this.boxes.counted(accountId);
    if (kept.unread === counted.unread && kept.total === counted.total) return false;
    await this.boxes.set(accountId, counted);
    this.unitOfWork.afterCommit(() => this.news.tell([accountId]));
    return true;
  }
}
