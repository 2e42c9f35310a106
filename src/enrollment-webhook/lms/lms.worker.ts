import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { errorText, LEASE_MS, QueueWorker } from '../../infra/periodic/queue-worker';
import { LmsDeliverer } from './lms-deliverer';
import { settlementOf } from './lms-delivery.state';
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

  protected async work(delivery: DueDelivery): Promise<void> {
    try {
      await this.deliverer.deliver(delivery);
    } catch (error) {
      await this.postpone(delivery, errorText(error));
    }
  }

  /** A fault of ours, such as a key that is lost: one row waits for people, and shows why. */
  private async postpone(delivery: DueDelivery, error: string): Promise<void> {
    this.logger.warn(`delivery ${delivery.id} to LMS ${delivery.lmsId}: ${error}`);
    const now = this.clock.now();
    const failed = { kind: 'failed', error, mayHaveWorked: true, isSlow: true } as const;
    await this.queue.postpone(delivery, settlementOf(failed, delivery, now, Math.random()), now);
  }
}
