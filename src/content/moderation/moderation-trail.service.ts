import { Injectable } from '@nestjs/common';
import { mapPage, type Page, pageOf, type PageQuery, parsePage } from '../../common/page';
import type { ModerationQuery } from './dto/moderation.request';
import { ModerationResponse } from './dto/moderation.response';
import { ModerationLogRepository } from './moderation-log.repository';

/** Who moderated what, and why. */
@Injectable()
export class ModerationTrailService {
  constructor(private readonly log: ModerationLogRepository) {}

  async ofPage(query: PageQuery, creatorId: number, url: URL): Promise<Page<ModerationResponse>> {
    const page = parsePage(query);
    const [rows, count] = await this.log.ofPage(creatorId, page);
    return mapPage(pageOf(rows, count, page, url), ModerationResponse.of);
  }

  async find({ account, creator, ...query }: ModerationQuery, url: URL): Promise<Page<ModerationResponse>> {
    const page = parsePage(query);
    const [rows, count] = await this.log.find({ account, creator }, page);
    return mapPage(pageOf(rows, count, page, url), ModerationResponse.of);
  }
}
