import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { MailService } from '../../infra/mail/mail.service';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { SecurityEvent } from '../events/security-event.event';
import type { RefreshToken } from '../token/token.service';
import type { RefreshRow } from './refresh.repository';
import { reuseMail } from './reuse-mail';
import { SessionService } from './session.service';

/** A replaced refresh token came back: two parties hold the family, so neither keeps it, and the owner is told once. */
@Injectable()
export class ReusedTokenService {
  constructor(
    private readonly sessions: SessionService,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: OutboxService,
    private readonly mails: MailService,
    private readonly clock: Clock,
  ) {}

  async report({ accountId, sessionId }: RefreshToken, row: RefreshRow | undefined): Promise<void> {
    const device = { ip: row?.ip ?? '', userAgent: row?.user_agent ?? '' };
    const now = this.clock.now();
    const event = new SecurityEvent({
      kind: 'refresh-reused',
      account_id: accountId,
      session_id: sessionId,
      ip: device.ip,
      user_agent: device.userAgent,
      at: now.toISOString(),
    });
    await this.unitOfWork.run(async () => {
      if (!(await this.sessions.end(accountId, sessionId, 'refresh-reused'))) return;
      await this.outbox.publish(event);
      if (row?.email) await this.mails.send(reuseMail(row.email, device, now));
    });
  }
}
