import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { PeriodicJob } from '../../infra/periodic/periodic-job';
import { MediaService } from './media.service';

const HOUR_MS = 3_600_000;
const KEEP_MS = 24 * HOUR_MS;

/** Removes files that are older than a day and that nothing shows: whoever uploads one means to publish it. */
@Injectable()
export class MediaSweeper extends PeriodicJob {
  protected readonly everyMs = HOUR_MS;

  constructor(
    private readonly media: MediaService,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Gives how many. */
  run(): Promise<number> {
    return this.media.sweep(new Date(this.clock.now().getTime() - KEEP_MS));
  }
}
