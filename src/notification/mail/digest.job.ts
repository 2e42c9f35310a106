import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { MailService } from '../../infra/mail/mail.service';
import { PeriodicJob } from '../../infra/periodic/periodic-job';
import { wordsOfRow } from '../bell/bell-item.rules';
import { localTime } from '../deliver/local-time.rules';
import { NotificationMailLinks } from './mail-links';
import { type DueDigest, NotificationMailRepository } from './mail.repository';
import { digestMail } from './notification.mails';

const EVERY_MS = 15_000;
/** How many stand in one mail. */
const MOST_ITEMS = 50;

/** Sends the digests that are due, each in a transaction that also says that this day has had one. */
@Injectable()
export class DigestJob extends PeriodicJob {
  protected readonly everyMs = EVERY_MS;

  constructor(
    private readonly notifications: NotificationMailRepository,
    private readonly links: NotificationMailLinks,
    private readonly mails: MailService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  async run(): Promise<void> {
    while (await this.unitOfWork.run(() => this.sendNext()));
  }

  private async sendNext(): Promise<boolean> {
    const now = this.clock.now();
    const digest = await this.notifications.nextDigest(now);
    if (digest === undefined) return false;
    const isSent = await this.send(digest, now);
    await this.notifications.digestDone(digest.accountId, isSent ? localTime(now, digest.timeZone).day : null);
    return true;
  }

  /** Nothing, where all of it was read meanwhile. */
  private async send({ accountId, from }: DueDigest, now: Date): Promise<boolean> {
    const rows = await this.notifications.ofDay(accountId, from, now, MOST_ITEMS + 1);
    const [first] = rows;
    if (first === undefined) return false;
    const sentences = rows.slice(0, MOST_ITEMS).map((row) => wordsOfRow(row).description);
    const links = this.links.of({ accountId, from: 'digest' });
    await this.notifications.sentAll(rows.slice(0, MOST_ITEMS).map(({ id }) => id));
    await this.mails.send(digestMail(first.email, sentences, rows.length > MOST_ITEMS, links));
    return true;
  }
}
