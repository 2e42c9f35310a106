import { Injectable } from '@nestjs/common';
import { PeriodicJob } from '../../infra/periodic/periodic-job';
import { AssignedCapture } from './assigned-capture.service';

const BATCH = 50;

/** Takes what was given to somebody and could not be taken then. */
@Injectable()
export class AssignedCaptureJob extends PeriodicJob {
  protected readonly everyMs = 5 * 60_000;

  constructor(private readonly captures: AssignedCapture) {
    super();
  }

  async run(): Promise<void> {
    await this.captures.takeAll(BATCH);
  }
}
