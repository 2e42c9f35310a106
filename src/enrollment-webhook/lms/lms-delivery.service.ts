import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { notFound } from '../../common/domain-error';
import { type Page, pageOf, parseShallowPage } from '../../common/page';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { LmsSyncAsked } from '../events/lms-sync-asked.event';
import type { LmsDeliveryQuery } from './dto/lms.request';
import { type DeliveryRecord, LmsDeliveryRepository } from './lms-delivery.repository';
import { LmsQueueRepository } from './lms-queue.repository';
import { LmsRepository } from './lms.repository';
import { LmsWorker } from './lms.worker';

/** What LMSs were told, for administrators. */
@Injectable()
export class LmsDeliveryService {
  constructor(
    private readonly lmses: LmsRepository,
    private readonly deliveries: LmsDeliveryRepository,
    private readonly queue: LmsQueueRepository,
    private readonly worker: LmsWorker,
    private readonly outbox: OutboxService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError 404 */
  async find(lmsId: number, query: LmsDeliveryQuery, url: URL): Promise<Page<DeliveryRecord>> {
    if ((await this.lmses.byId(lmsId)) === undefined) throw notFound();
    const page = parseShallowPage(query);
    const [deliveries, count] = await this.deliveries.find(lmsId, query.status, page);
    return pageOf(deliveries, count, page, url);
  }

  /** How the enrolment stands is sent anew, whatever the LMS knows; also one that is paused is tried. @throws DomainError 404 */
  async redeliver(id: number): Promise<DeliveryRecord> {
    const delivery = await this.unitOfWork.run(async () => {
      if (!(await this.queue.revive(id, this.clock.now()))) throw notFound();
      const revived = await this.deliveries.byId(id);
      if (revived === undefined) throw notFound();
      await this.lmses.resume(revived.lmsId);
      return revived;
    });
    this.worker.wake();
    return delivery;
  }

  /** It is told of every active enrolment, and what was given up is tried again. @throws DomainError 404 */
  async sync(lmsId: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      if ((await this.lmses.byId(lmsId)) === undefined) throw notFound();
      await this.lmses.resume(lmsId);
      await this.outbox.publish(new LmsSyncAsked({ lms_id: lmsId }));
    });
  }
}
