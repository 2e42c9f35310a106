import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { PeriodicJob } from '../../infra/periodic/periodic-job';
import { PostListingService } from './post-listing.service';

const EVERY_MS = 5_000;
const BATCH = 100;

/** Counts and announces scheduled posts whose time has come. Readers see them at their time, not when this runs. */
@Injectable()
export class PublishingJob extends PeriodicJob {
  protected readonly everyMs = EVERY_MS;

  constructor(
    private readonly listing: PostListingService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  async run(): Promise<void> {
    while ((await this.unitOfWork.run(() => this.listing.settleDue(this.clock.now(), BATCH))) === BATCH);
  }
}
