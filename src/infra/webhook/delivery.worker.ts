import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { LEASE_MS, QueueWorker } from '../periodic/queue-worker';
import { WaitingCalls } from '../periodic/waiting-calls';
import { DeliveryQueueRepository } from './delivery-queue.repository';
import { type DeliverySet, setsOf } from './delivery-set';
import { DeliverySetRunner } from './delivery-set.runner';

const MANY_TOGETHER = 32;
/** While many calls wait for their answers. */
const FEW_TOGETHER = 4;

/** Processes what was answered first: it is tried again for some hours, and then dead until somebody looks at it. */
@Injectable()
export class DeliveryWorker extends QueueWorker<DeliverySet> {
  constructor(
    private readonly queue: DeliveryQueueRepository,
    private readonly runner: DeliverySetRunner,
    waiting: WaitingCalls,
    clock: Clock,
  ) {
    super(clock, waiting);
  }

  protected async claim(limit: number): Promise<readonly DeliverySet[]> {
    const size = this.rests ? FEW_TOGETHER : MANY_TOGETHER;
    return setsOf(await this.queue.claim(this.clock.now(), this.in(LEASE_MS), limit * size), limit);
  }

  protected async extend({ open }: DeliverySet): Promise<void> {
    const until = this.in(LEASE_MS);
    await Promise.all(open.map((delivery) => this.queue.extend(delivery, until)));
  }

  protected work(set: DeliverySet): Promise<void> {
    return this.runner.run(set, () => this.isStopping);
  }
}
