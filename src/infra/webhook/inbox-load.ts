import { Injectable } from '@nestjs/common';
import { InboxLimits } from './inbox-limits';

/** How many calls this instance is keeping at the moment. */
@Injectable()
export class InboxLoad {
  private inFlight = 0;

  constructor(private readonly limits: InboxLimits) {}

  get isFull(): boolean {
    return this.inFlight >= this.limits.inFlight;
  }

  get isBusy(): boolean {
    return this.inFlight >= this.limits.busy;
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.inFlight += 1;
    try {
      return await work();
    } finally {
      this.inFlight -= 1;
    }
  }
}
