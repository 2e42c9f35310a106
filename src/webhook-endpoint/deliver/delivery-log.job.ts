import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { PeriodicJob } from '../../infra/periodic/periodic-job';
import { DeliveryLogRepository } from './delivery-log.repository';

const HOUR_MS = 3_600_000;
const KEPT_MS = 30 * 24 * HOUR_MS;
const BATCH = 1_000;

/** What was sent is kept for thirty days. */
@Injectable()
export class DeliveryLogJob extends PeriodicJob {
  protected readonly everyMs = HOUR_MS;

  constructor(
    private readonly log: DeliveryLogRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  async run(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT_MS);
    while ((await this.log.removeSome(before, BATCH)) === BATCH);
  }
}
