import { Injectable } from '@nestjs/common';
import type { Principal } from '../../common/current-user';
import { notFound } from '../../common/domain-error';
import { type Page, pageOf, parsePage, type PageQuery } from '../../common/page';
import { type SessionResponse, sessionResponse } from './dto/session.response';
import { SessionService } from './session.service';

/** What the owner of an account sees of its sessions, and ends (C5). */
@Injectable()
export class SessionListService {
  constructor(private readonly sessions: SessionService) {}

  async page(owner: Principal, query: PageQuery, url: URL): Promise<Page<SessionResponse>> {
    const page = parsePage(query);
    const { rows, count } = await this.sessions.list(owner.accountId, page);
    const results = rows.map((row) => sessionResponse(row, owner.sessionId));
    return pageOf(results, count, page, url);
  }

  async end(owner: Principal, sessionId: number): Promise<void> {
    if (!(await this.sessions.end(owner.accountId, sessionId, 'ended-by-owner'))) throw notFound();
  }

  async endOthers(owner: Principal): Promise<void> {
    await this.sessions.endAll(owner.accountId, 'ended-by-owner', owner.sessionId);
  }
}
