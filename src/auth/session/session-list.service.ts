import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import type { Principal } from '../../common/current-user';
import { notFound } from '../../common/domain-error';
import { type Page, pageOf, parsePage, type PageQuery } from '../../common/page';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { SecurityEvent } from '../events/security-event.event';
import type { Client } from './client';
import { type SessionResponse, sessionResponse } from './dto/session.response';
import { SessionService } from './session.service';

/** What the owner of an account sees of its sessions, and ends (C5). */
@Injectable()
export class SessionListService {
  constructor(
    private readonly sessions: SessionService,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  async page(owner: Principal, query: PageQuery, url: URL): Promise<Page<SessionResponse>> {
    const page = parsePage(query);
    const { rows, count } = await this.sessions.list(owner.accountId, page);
    const results = rows.map((row) => sessionResponse(row, owner.sessionId));
    return pageOf(results, count, page, url);
  }

  async end(owner: Principal, sessionId: number, client: Client): Promise<void> {
    await this.unitOfWork.run(async () => {
      if (!(await this.sessions.end(owner.accountId, sessionId, 'ended-by-owner'))) throw notFound();
      if (sessionId !== owner.sessionId) await this.tell(owner, client);
    });
  }

  async endOthers(owner: Principal, client: Client): Promise<void> {
    await this.unitOfWork.run(async () => {
      const ended = await this.sessions.endAll(owner.accountId, 'ended-by-owner', owner.sessionId);
      if (ended > 0) await this.tell(owner, client);
    });
  }

  /** The owner should know, for it may have been a thief. */
  private async tell({ accountId, sessionId }: Principal, { ip, userAgent }: Client): Promise<void> {
    const at = this.clock.now().toISOString();
    const kind = 'sessions-ended';
    await this.outbox.publish(
      new SecurityEvent({ kind, account_id: accountId, session_id: sessionId, ip, user_agent: userAgent, at }),
    );
  }
}
