import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { type Page, type PageQuery, pageOf, parsePage } from '../../common/page';
import { statusAt } from './enrolment.state';
import { EnrolmentViewRepository, type OwnEnrolment } from './enrolment-view.repository';

/** What a learner sees. */
@Injectable()
export class OwnEnrolmentService {
  constructor(
    private readonly view: EnrolmentViewRepository,
    private readonly clock: Clock,
  ) {}

  async page(accountId: number, query: PageQuery, url: URL): Promise<Page<OwnEnrolment>> {
    const page = parsePage(query);
    const own = await this.view.ownPage(accountId, page);
    const now = this.clock.now();
    const results = own.map((one) => ({ ...one, status: statusAt(one.status, one.expiresAt, now) }));
    return pageOf(results, await this.view.ownCount(accountId), page, url);
  }
}
