import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { notFound } from '../../common/domain-error';
import { pageOf, type PageQuery, parsePage } from '../../common/page';
import { Settings } from '../../infra/config/settings';
import { type SubscriptionListResponse, SubscriptionResponse } from './dto/purchase.response';
import { StatesResponse } from './dto/states.response';
import { SubscriptionListRepository } from './subscription-list.repository';

/** An account's own purchases. */
@Injectable()
export class PurchaseReaderService {
  constructor(
    private readonly subscriptions: SubscriptionListRepository,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** What each state of a subscription opens. */
  states(): StatesResponse {
    return StatesResponse.of(this.settings.graceDays);
  }

  async get(accountId: number, id: number): Promise<SubscriptionResponse> {
    const record = await this.subscriptions.own(id, accountId);
    if (record === undefined) throw notFound();
    return SubscriptionResponse.of(record, this.clock.now());
  }

  async list(accountId: number, query: PageQuery, url: URL): Promise<SubscriptionListResponse> {
    const request = parsePage(query, { size: 100, maxSize: 100 });
    const [records, count] = await this.subscriptions.page(accountId, request);
    const { results, next, previous } = pageOf(records, count, request, url);
    const now = this.clock.now();
    return { subscriptions: results.map((record) => SubscriptionResponse.of(record, now)), count, next, previous };
  }
}
