import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { notFound } from '../../common/domain-error';
import { type Page, pageOf, parsePage } from '../../common/page';
import { MediaLinkService, type MediaView } from '../../content/media/media-link.service';
import type { OrderQuery } from './dto/order.request';
import { OrderListRepository, type OrderRecord, type StepRecord } from './order-list.repository';

export interface ShownStep extends Omit<StepRecord, 'media'> {
  readonly media: readonly MediaView[];
}

/** With its history, oldest step first; links to files end after some minutes. */
export interface ShownOrder {
  readonly order: OrderRecord;
  readonly history: readonly ShownStep[];
}

/** Orders for their two people. */
@Injectable()
export class OrderReaderService {
  constructor(
    private readonly lists: OrderListRepository,
    private readonly links: MediaLinkService,
    private readonly clock: Clock,
  ) {}

  /** 404 for everybody but the two. */
  async get(accountId: number, id: number): Promise<ShownOrder> {
    const order = await this.lists.of(id, accountId);
    if (order === undefined) throw notFound();
    const now = this.clock.now();
    const history = await this.lists.history(id);
    return { order, history: history.map((step) => ({ ...step, media: this.links.views(step.media, now) })) };
  }

  /** What others ordered of somebody, and what they ordered themselves. */
  async find(accountId: number, { side = 'both', ...query }: OrderQuery, url: URL): Promise<Page<OrderRecord>> {
    const page = parsePage(query);
    return pageOf(...(await this.lists.page(accountId, side, page)), page, url);
  }
}
