import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { LEASE_MS, QueueWorker } from '../periodic/queue-worker';
import { DeliveryQueueRepository, type DueDelivery } from './delivery-queue.repository';
import { type DeliverySet, setsOf } from './delivery-set';
import { DeliverySetRunner } from './delivery-set.runner';
import { InboxLoad } from './inbox-load';

/** While many calls wait for their answers, one set is begun in this time. */
const REST_MS = 100;
const MOST_TOGETHER = 32;

/** Processes what was answered first: it is tried again for some hours, and then dead until somebody looks at it. */
@Injectable()
export class DeliveryWorker extends QueueWorker<DeliverySet> {
  private claimedAt = -Infinity;

  constructor(
    private readonly queue: DeliveryQueueRepository,
    private readonly runner: DeliverySetRunner,
    private readonly load: InboxLoad,
    clock: Clock,
  ) {
    super(clock);
  }

  protected override get mostInFlight(): number {
    if (!this.load.isBusy) return super.mostInFlight;
    return performance.now() - this.claimedAt < REST_MS ? 0 : 1;
  }

  protected async claim(limit: number): Promise<readonly DeliverySet[]> {
    this.claimedAt = performance.now();
    return setsOf(await this.queue.claim(this.clock.now(), this.in(LEASE_MS), limit * MOST_TOGETHER), limit);
  }

  protected async extend({ deliveries }: DeliverySet): Promise<void> {
    const until = this.in(LEASE_MS);
    await Promise.all(deliveries.map((delivery: DueDelivery) => this.queue.extend(delivery, until)));
  }

  protected work(set: DeliverySet): Promise<void> {
    return this.runner.run(set, () => this.isStopping);
  }
}
