import { Injectable } from '@nestjs/common';
import { PeriodicJob } from '../periodic/periodic-job';
import { DeferredInboxRepository } from './deferred-inbox.repository';
import { InboxLimits } from './inbox-limits';

const SECOND_MS = 1_000;

/** About how many deliveries wait for the worker: counted every second, and not for every call. */
@Injectable()
export class BacklogMeter extends PeriodicJob {
  protected readonly everyMs = SECOND_MS;
  private counted = 0;
  private acceptedSince = 0;

  constructor(
    private readonly deliveries: DeferredInboxRepository,
    private readonly limits: InboxLimits,
  ) {
    super();
  }

  get isFull(): boolean {
    return this.counted + this.acceptedSince >= this.limits.backlog;
  }

  /** One more was accepted, by this instance. */
  add(): void {
    this.acceptedSince += 1;
  }

  async run(): Promise<void> {
    // What comes while it counts may be counted twice, and not for long.
    const before = this.acceptedSince;
    this.counted = await this.deliveries.countPending(this.limits.backlog);
    this.acceptedSince -= before;
  }
}
