import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { type Connection, LmsConnections } from './lms-connection';
import {
  pauseAfter,
  restingStatus,
  type Settlement,
  settlementOf,
  type Step,
  stepFor,
  wantedOf,
} from './lms-delivery.state';
import { type DueDelivery, LmsQueueRepository, type Subject } from './lms-queue.repository';
import { LmsSecrets } from './lms-secrets';
import { LmsSteps, type Taken } from './lms-steps';
import { LmsRepository } from './lms.repository';

/** Tells an LMS how an enrolment stands now, whatever changes brought it there. */
@Injectable()
export class LmsDeliverer {
  constructor(
    private readonly queue: LmsQueueRepository,
    private readonly lmses: LmsRepository,
    private readonly connections: LmsConnections,
    private readonly secrets: LmsSecrets,
    private readonly steps: LmsSteps,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async deliver(job: DueDelivery): Promise<void> {
    const now = this.clock.now();
    const [connection, subject] = [
      await this.connections.of(job.lmsId, now),
      await this.queue.subject(job.enrolmentId),
    ];
    // Removed meanwhile, and the delivery with it.
    if (connection === undefined || subject === undefined) return;
    const step = stepFor(wantedOf(subject, now), job.told, job.forced);
    if (step === undefined) return this.rest(job);
    const email = this.addressFor(step, job, subject);
    // Also of one to be told anew, which the LMS let go long ago.
    if (email === null) return job.told === 'ended' ? this.rest(job) : this.keep(job);
    const address = this.secrets.sealAddress(job.id, email);
    if (!(await this.queue.begin(job, address))) return;
    const taken = await this.steps.take(step, connection, { ...subject, id: job.enrolmentId }, email);
    const settlement = settlementOf(taken.outcome, job, this.clock.now(), Math.random());
    await this.settle(job, connection, step, taken, settlement, address);
  }

  /** An end is told of the address that the LMS knows, which may be gone from here. */
  private addressFor(step: Step, job: DueDelivery, subject: Subject): string | null {
    if (step === 'enrol' || job.address === null) return subject.email;
    return this.secrets.openAddress(job.id, job.address);
  }

  private async rest(job: DueDelivery): Promise<void> {
    const settlement = { status: restingStatus(job.told), told: job.told, error: null, delay: 0 };
    await this.queue.settle(job, settlement, job.address, this.clock.now());
  }

  private async keep(job: DueDelivery): Promise<void> {
    const error = 'The mail address is gone with its account.';
    const settlement = { status: restingStatus('kept'), told: 'kept', error, delay: 0 } as const;
    await this.queue.settle(job, settlement, null, this.clock.now());
  }

  private async settle(
    job: DueDelivery,
    connection: Connection,
    step: Step,
    { outcome, made }: Taken,
    settlement: Settlement,
    address: string,
  ): Promise<void> {
    const now = this.clock.now();
    const isKnownThere = settlement.told !== null && settlement.told !== 'ended';
    const isDown = outcome.kind === 'failed' && (step === 'enrol' || outcome.mayHaveWorked);
    await this.unitOfWork.run(async () => {
      await this.queue.settle(job, settlement, isKnownThere ? address : null, now);
      await this.queue.log(job.id, made);
      if (outcome.kind !== 'failed') return this.lmses.resume(connection.id);
      if (isDown) await this.lmses.pause(connection.id, new Date(now.getTime() + pauseAfter(connection.failures)), now);
    });
  }
}
