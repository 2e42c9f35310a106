import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { PeriodicJob } from '../../infra/periodic/periodic-job';
import { RefundService } from './refund.service';

const MINUTE_MS = 60_000;
const BATCH = 50;

/** Asks for the refunds that the gateway could not be asked for, or did not answer. */
@Injectable()
export class RefundJob extends PeriodicJob {
  protected readonly everyMs = 5 * MINUTE_MS;

  constructor(
    private readonly refunds: RefundService,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Gives how many are done. */
  run(): Promise<number> {
    return this.refunds.carryOutAll(new Date(this.clock.now().getTime() - MINUTE_MS), BATCH);
  }
}
