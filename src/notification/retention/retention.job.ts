import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { PeriodicJob } from '../../infra/periodic/periodic-job';
import { NewsService } from '../live/news.service';
import { RetentionRepository } from './retention.repository';
import { cutoffsAt, type Cutoffs, lossesOf } from './retention.rules';

const EVERY_MS = 60_000;
const BATCH = 500;
/** Of a round, so that none is long. */
const MOST_BATCHES = 40;

/** Removes old notifications, from the oldest on, a batch in a transaction that also keeps the counters. */
@Injectable()
export class NotificationRetentionJob extends PeriodicJob {
  protected readonly everyMs = EVERY_MS;
  /** The last that was looked at; 0 before the first. */
  private after = 0;

  constructor(
    private readonly notifications: RetentionRepository,
    private readonly news: NewsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Ends where the young ones begin: then the next round is the first of all again. */
  async run(): Promise<void> {
    const cutoffs = cutoffsAt(this.clock.now());
    for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
      this.after = await this.step(cutoffs);
      if (this.after === 0) return;
    }
  }

  /** Gives where to go on. */
  private async step(cutoffs: Cutoffs): Promise<number> {
    const rows = await this.notifications.next(cutoffs, this.after, BATCH);
    const due = rows.filter((row) => row.due);
    const accountIds = [...new Set(due.map(({ accountId }) => accountId))];
    const ids = due.map(({ id }) => id);
    if (ids.length > 0) await this.unitOfWork.run(() => this.remove(cutoffs, ids, accountIds));
    const last = rows.at(-1);
    return last === undefined || rows.length < BATCH || last.createdAt >= cutoffs.read ? 0 : last.id;
  }

  private async remove(cutoffs: Cutoffs, ids: readonly number[], accountIds: readonly number[]): Promise<void> {
    const held = await this.notifications.hold(accountIds);
    const losses = lossesOf(await this.notifications.remove(cutoffs, ids, held));
    for (const loss of losses) await this.notifications.count(loss);
    const lessUnread = losses.filter(({ unread }) => unread > 0).flatMap((loss) => loss.accountIds);
    this.unitOfWork.afterCommit(() => this.news.tell(lessUnread));
  }
}
