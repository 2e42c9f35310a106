import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { OutboxService } from '../../infra/outbox/outbox.service';
import { PeriodicJob } from '../../infra/periodic/periodic-job';
import { EnrolmentExpiring } from '../events/enrolment-expiring.event';
import { EnrolmentRepository } from './enrolment.repository';
import { expired } from './enrolment.state';
import { EnrolmentWriter } from './enrolment.writer';
import { ExpiryRepository } from './expiry.repository';

const MINUTE_MS = 60_000;
const NOTICE_MS = 7 * 86_400_000;
const BATCH = 100;

/** Ends enrolments on their date, and tells of it a week before. */
@Injectable()
export class ExpiryJob extends PeriodicJob {
  protected readonly everyMs = MINUTE_MS;

  constructor(
    private readonly expiring: ExpiryRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly writer: EnrolmentWriter,
    private readonly outbox: OutboxService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  async run(): Promise<void> {
    await inBatches(() => this.unitOfWork.run(() => this.end()));
    await inBatches(() => this.unitOfWork.run(() => this.announce()));
  }

  private async end(): Promise<number> {
    const ids = await this.expiring.due(this.clock.now(), BATCH);
    const cause = { kind: 'expiry', reference: '-', actorId: null, reason: null } as const;
    const dated = await this.expiring.datedAt(ids);
    await this.writer.change(ids, (before) => expired(before, dated.get(before.id)), cause);
    return ids.length;
  }

  private async announce(): Promise<number> {
    const now = this.clock.now();
    const ids = await this.expiring.endingUntil(new Date(now.getTime() + NOTICE_MS), now, BATCH);
    if (ids.length === 0) return 0;
    for (const { id, accountId, courseId, courseKey, displayName, expiresAt } of await this.enrolments.lock(ids)) {
      if (accountId === null || expiresAt === null) continue;
      const course = { id: courseId, course_id: courseKey, display_name: displayName };
      const expires_at = expiresAt.toISOString();
      await this.outbox.publish(new EnrolmentExpiring({ enrolment_id: id, account_id: accountId, course, expires_at }));
    }
    await this.expiring.noticeGiven(ids);
    return ids.length;
  }
}

async function inBatches(batch: () => Promise<number>): Promise<void> {
  while ((await batch()) === BATCH);
}
