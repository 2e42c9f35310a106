import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { MailService } from '../../infra/mail/mail.service';
import { OnFact } from '../../infra/outbox/on-fact';
import { wordsOfRow } from '../bell/bell-item.rules';
import { MailDue, type MailDuePayload } from '../deliver/mail-due.fact';
import { asKind } from '../kind/notification-kind.rules';
import { NotificationMailLinks } from './mail-links';
import { type MailRow, NotificationMailRepository } from './mail.repository';
import { noticeMail } from './notification.mails';

/** Hands mails over to the outbox, each in the transaction that notes it: however often the fact is told, once. */
@Injectable()
export class MailDueListener {
  constructor(
    private readonly notifications: NotificationMailRepository,
    private readonly links: NotificationMailLinks,
    private readonly mails: MailService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  @OnFact(MailDue.topic, 'notification.mail-due')
  async send({ notification_ids }: MailDuePayload): Promise<void> {
    for (const row of await this.notifications.due(notification_ids, this.clock.now())) await this.sendOne(row);
  }

  private async sendOne(row: MailRow): Promise<void> {
    const kind = asKind(row.kind);
    if (kind === undefined) return;
    const links = this.links.of({ accountId: row.accountId, from: kind });
    const mail = noticeMail(row.email, wordsOfRow(row).description, links);
    await this.unitOfWork.run(async () => {
      if (await this.notifications.sent(row.id)) await this.mails.send(mail);
    });
  }
}
