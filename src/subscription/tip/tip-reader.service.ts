import { Injectable } from '@nestjs/common';
import type { Principal } from '../../common/current-user';
import { notFound } from '../../common/domain-error';
import { pageOf, type PageQuery, parsePage } from '../../common/page';
import { MessageResponse, type MessagesResponse, TipResponse, type TipsResponse } from './dto/tip.response';
import { TipListRepository } from './tip-list.repository';

const LIMITS = { size: 100, maxSize: 100 } as const;

@Injectable()
export class TipReaderService {
  constructor(private readonly tips: TipListRepository) {}

  /** What everybody may read. 404 where there is no such creator. */
  async wall(creatorId: number, query: PageQuery, url: URL): Promise<MessagesResponse> {
    const request = parsePage(query, LIMITS);
    if (!(await this.tips.isCreator(creatorId))) throw notFound();
    const { results, ...links } = pageOf(...(await this.tips.wall(creatorId, request)), request, url);
    return { messages: results.map(MessageResponse.of), ...links };
  }

  /** For the payer and for administrators; for others there is nothing. */
  async sent(accountId: number, viewer: Principal, query: PageQuery, url: URL): Promise<TipsResponse> {
    const request = parsePage(query, LIMITS);
    if (viewer.accountId !== accountId && !viewer.roles.includes('admin')) throw notFound();
    const { results, ...links } = pageOf(...(await this.tips.sent(accountId, request)), request, url);
    return { tips: results.map(TipResponse.of), ...links };
  }
}
