import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { PeriodicJob } from '../../infra/periodic/periodic-job';
import { MandateService } from './mandate.service';

const MINUTE_MS = 60_000;
const BATCH = 50;

/** Tells the gateway what it could not hear when it was wanted. Told twice it does no harm. */
@Injectable()
export class MandateJob extends PeriodicJob {
  protected readonly everyMs = MINUTE_MS;

  constructor(
    private readonly mandates: MandateService,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Gives how many are done. Whoever wanted it tells it first: this is for what was left a minute ago. */
  run(): Promise<number> {
    return this.mandates.carryOutAll(new Date(this.clock.now().getTime() - MINUTE_MS), BATCH);
  }
}
