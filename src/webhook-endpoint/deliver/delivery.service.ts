import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { notFound } from '../../common/domain-error';
import { type Page, pageOf, type PageQuery, parseShallowPage } from '../../common/page';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { EndpointService } from '../endpoint/endpoint.service';
import { endpointDisabled } from '../webhook-endpoint.errors';
import { DeliveryLogRepository, type DeliveryRecord } from './delivery-log.repository';
import { DeliveryQueueRepository } from './delivery-queue.repository';
import { DeliveryWorker } from './delivery.worker';
import type { EndpointDeliveryStatus } from './endpoint-delivery.entity';

/** What owners read of what was sent to their endpoints. */
@Injectable()
export class DeliveryService {
  constructor(
    private readonly log: DeliveryLogRepository,
    private readonly queue: DeliveryQueueRepository,
    private readonly endpoints: EndpointService,
    private readonly worker: DeliveryWorker,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Newest first. @throws DomainError 404 */
  async list(
    accountId: number,
    endpointId: number,
    { status, ...query }: PageQuery & { readonly status?: EndpointDeliveryStatus },
    url: URL,
  ): Promise<Page<DeliveryRecord>> {
    const request = parseShallowPage(query);
    await this.endpoints.get(accountId, endpointId);
    const [records, count] = await this.log.page(endpointId, status, request);
    return pageOf(records, count, request, url);
  }

  /** The same message under the same id, now. One that is on its way is only hurried. @throws DomainError 404, 409 */
  async redeliver(accountId: number, endpointId: number, id: number): Promise<DeliveryRecord> {
    await this.endpoints.get(accountId, endpointId);
    return this.unitOfWork.run(async () => {
      const isEnabled = (await this.queue.holdEnabled([endpointId])).length > 0;
      if (!(await this.log.hold(id, endpointId))) throw notFound();
      if (!isEnabled) throw endpointDisabled();
      const now = this.clock.now();
      await this.log.again(id, now);
      await this.queue.makeDue([endpointId], now);
      this.unitOfWork.afterCommit(() => this.worker.wake());
      const record = await this.log.one(id, endpointId);
      if (record === undefined) throw notFound();
      return record;
    });
  }
}
