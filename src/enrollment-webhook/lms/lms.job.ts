import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { PeriodicJob } from '../../infra/periodic/periodic-job';
import { GRACE_MS } from './lms-connection';
import { LmsDeliveryRepository } from './lms-delivery.repository';
import { LmsRepository } from './lms.repository';

const HOUR_MS = 3_600_000;
const KEPT_MS = 30 * 24 * HOUR_MS;

/** Forgets what is kept for a while only: calls, addresses of those whose enrolment ended, secrets that were changed. */
@Injectable()
export class LmsJob extends PeriodicJob {
  protected readonly everyMs = 6 * HOUR_MS;

  constructor(
    private readonly lmses: LmsRepository,
    private readonly deliveries: LmsDeliveryRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  async run(): Promise<void> {
    const now = this.clock.now().getTime();
    await this.deliveries.forgetAttempts(new Date(now - KEPT_MS));
    await this.deliveries.forgetAddresses(new Date(now - KEPT_MS));
    await this.lmses.forgetPreviousSecrets(new Date(now - GRACE_MS));
  }
}
