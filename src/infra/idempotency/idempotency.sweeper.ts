import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { PeriodicJob } from '../periodic/periodic-job';
import { IdempotencyRepository } from './idempotency.repository';

const BATCH = 1_000;

/** Deletes keys a day after they were sent, with the answers they stand for. */
@Injectable()
export class IdempotencySweeper extends PeriodicJob {
  protected readonly everyMs = 3_600_000;

  constructor(
    private readonly keys: IdempotencyRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Gives how many. */
  async run(): Promise<number> {
    for (let swept = 0; ;) {
      const batch = await this.keys.sweep(this.clock.now());
      swept += batch;
      if (batch < BATCH) return swept;
    }
  }
}
