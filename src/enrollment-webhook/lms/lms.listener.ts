import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { OnFact } from '../../infra/outbox/on-fact';
import { EnrolmentChanged, type EnrolmentChangedPayload } from '../events/enrolment-changed.event';
import { LmsSyncAsked, type LmsSyncAskedPayload } from '../events/lms-sync-asked.event';
import { LmsQueueRepository } from './lms-queue.repository';
import { LmsWorker } from './lms.worker';

/** What the facts say is not looked at: the worker reads how the enrolment stands, so that their order does not matter. */
@Injectable()
export class LmsListener {
  constructor(
    private readonly queue: LmsQueueRepository,
    private readonly worker: LmsWorker,
    private readonly clock: Clock,
  ) {}

  @OnFact(EnrolmentChanged.topic, 'lms.enrolment-changed')
  async changed({ enrolment_id }: EnrolmentChangedPayload): Promise<void> {
    await this.queue.want(enrolment_id, this.clock.now());
    this.worker.wake();
  }

  /** Begins anew where it was broken off: what is queued twice is told once. */
  @OnFact(LmsSyncAsked.topic, 'lms.sync-asked')
  async sync({ lms_id }: LmsSyncAskedPayload): Promise<void> {
    const now = this.clock.now();
    await this.queue.reviveDead(lms_id, now);
    for (let after: number | undefined = 0; after !== undefined;) {
      after = await this.queue.fill(lms_id, after, now);
      this.worker.wake();
    }
  }
}
