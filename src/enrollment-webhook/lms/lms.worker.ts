import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { LEASE_MS, QueueWorker } from '../../infra/periodic/queue-worker';
import { LmsDeliverer } from './lms-deliverer';
import { type DueDelivery, LmsQueueRepository } from './lms-queue.repository';

/** Tells LMSs what they have yet to be told. */
@Injectable()
export class LmsWorker extends QueueWorker<DueDelivery> {
  constructor(
    private readonly queue: LmsQueueRepository,
    private readonly deliverer: LmsDeliverer,
    clock: Clock,
  ) {
    super(clock);
  }

  protected claim(limit: number): Promise<readonly DueDelivery[]> {
    return this.queue.claim(this.clock.now(), this.in(LEASE_MS), limit);
  }

  protected extend(delivery: DueDelivery): Promise<void> {
    return this.queue.extend(delivery, this.in(LEASE_MS));
  }

  protected work(delivery: DueDelivery): Promise<void> {
    return this.deliverer.deliver(delivery);
  }
}
