import { Injectable } from '@nestjs/common';
import { PeriodicJob } from '../periodic/periodic-job';
import { WaitingCalls } from '../periodic/waiting-calls';
import { DeferredInboxRepository } from './deferred-inbox.repository';
import { InboxLimits } from './inbox-limits';

const SECOND_MS = 1_000;

/**
 * Whether there is room for another call: by those that are being kept here, and by about how many deliveries wait for
 * the worker, which are counted every second, and not for every call.
 */
@Injectable()
export class BacklogMeter extends PeriodicJob {
  protected readonly everyMs = SECOND_MS;
  private counted = 0;
  private acceptedSince = 0;

  constructor(
    private readonly deliveries: DeferredInboxRepository,
    private readonly limits: InboxLimits,
    private readonly waiting: WaitingCalls,
  ) {
    super();
  }

  get isFull(): boolean {
    const { inFlight, backlog } = this.limits;
    return this.waiting.count >= inFlight || this.counted + this.acceptedSince >= backlog;
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
