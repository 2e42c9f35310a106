import { Injectable } from '@nestjs/common';
import { PeriodicJob } from '../../infra/periodic/periodic-job';
import { MembershipService } from './membership.service';

const MINUTE_MS = 60_000;

/** Ends memberships on their date; access ends by itself, this is for the counters and for those who are told. */
@Injectable()
export class MembershipJob extends PeriodicJob {
  protected readonly everyMs = MINUTE_MS;

  constructor(private readonly memberships: MembershipService) {
    super();
  }

  async run(): Promise<void> {
    while (await this.memberships.endDue());
  }
}
