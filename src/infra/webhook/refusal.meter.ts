import { Injectable, Logger } from '@nestjs/common';
import { PeriodicJob } from '../periodic/periodic-job';

const TEN_SECONDS_MS = 10_000;

/** Tells the log of calls that were asked to come again: in one line for all of some seconds, however many they are. */
@Injectable()
export class RefusalMeter extends PeriodicJob {
  protected readonly everyMs = TEN_SECONDS_MS;
  private readonly inboxLog = new Logger('Inbox');
  private refused = 0;

  /** One more was refused, by this instance. */
  add(): void {
    this.refused += 1;
  }

  override async beforeApplicationShutdown(): Promise<void> {
    await super.beforeApplicationShutdown();
    await this.run();
  }

  run(): Promise<void> {
    const { refused } = this;
    this.refused = 0;
    if (refused > 0) this.inboxLog.warn(`the inbox was full: ${refused} calls were asked to come again`);
    return Promise.resolve();
  }
}
