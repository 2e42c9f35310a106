import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { PeriodicJob } from '../../infra/periodic/periodic-job';
import { BulkRepository } from './bulk.repository';

const HOUR_MS = 3_600_000;
const KEPT_MS = 30 * 24 * HOUR_MS;

/** Lists hold addresses of people who may never come: they are kept for thirty days. */
@Injectable()
export class BulkJob extends PeriodicJob {
  protected readonly everyMs = HOUR_MS;

  constructor(
    private readonly bulks: BulkRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  run(): Promise<void> {
    return this.bulks.removeExpired(new Date(this.clock.now().getTime() - KEPT_MS));
  }
}
