import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { PeriodicJob } from '../periodic/periodic-job';
import { InboxRepository } from './inbox.repository';
import { KEPT_REJECTIONS } from './rejection.log';
import { WebhookSources } from './webhook-sources';

const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const BATCH = 500;

/**
 * Deletes deliveries after thirty days, in batches that hold no lock for long, and rejected ones beyond their number.
 * Two instances at once do no harm.
 */
@Injectable()
export class RetentionJob extends PeriodicJob {
  protected readonly everyMs = HOUR_MS;

  constructor(
    private readonly deliveries: InboxRepository,
    private readonly sources: WebhookSources,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Gives how many expired. */
  async run(): Promise<number> {
    for (const { name } of this.sources.all) await this.deliveries.trimRejected(name, KEPT_REJECTIONS);
    const limit = new Date(this.clock.now().getTime() - KEPT_DAYS * DAY_MS);
    for (let total = 0; ;) {
      const removed = await this.deliveries.removeExpired(limit, BATCH);
      total += removed;
      if (removed === 0) return total;
    }
  }
}
