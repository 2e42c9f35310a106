import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { OutboundClient } from '../../infra/outbound/outbound-client';
import { OutboundFault } from '../../infra/outbound/outbound-fault';
import { statusAt } from '../enrolment/enrolment.state';
import { LernitoSender } from './lernito.sender';
import { endedBody, enrolBody, enrolOutcome, eventOutcome } from './lernito-call.rules';
import { LmsCalls, type MadeCall } from './lms-call';
import { type Connection, secretsOf } from './lms-connection';
import type { Outcome, Step } from './lms-delivery.state';
import type { Subject } from './lms-queue.repository';
import { OpenEdxClient, unanswered } from './openedx.client';

export interface Taken {
  readonly outcome: Outcome;
  readonly made: readonly MadeCall[];
}

/** Enrols somebody at an LMS, or takes it back. Outside units of work. */
@Injectable()
export class LmsSteps {
  constructor(
    private readonly outbound: OutboundClient,
    private readonly sender: LernitoSender,
    private readonly openEdx: OpenEdxClient,
    private readonly clock: Clock,
  ) {}

  /** @param email the address by which the LMS knows, or will know, the person */
  async take(
    step: Step,
    connection: Connection,
    subject: Subject & { readonly id: number },
    email: string,
  ): Promise<Taken> {
    const calls = new LmsCalls(this.outbound, this.clock, [email, ...secretsOf(connection)]);
    const outcome =
      step === 'enrol'
        ? await this.enrol(calls, connection, subject, email)
        : await this.withdraw(calls, connection, subject, email);
    const error = outcome.error === undefined ? {} : { error: calls.shown(outcome.error) };
    return { outcome: { ...outcome, ...error }, made: calls.made };
  }

  private async enrol(calls: LmsCalls, connection: Connection, subject: Subject, email: string): Promise<Outcome> {
    const { username, firstName, lastName, courseKey } = subject;
    const person = { email, username: username ?? '', firstName: firstName ?? '', lastName: lastName ?? '' };
    const { result } = await this.sender.send(
      calls,
      'enrol',
      connection.url,
      enrolBody(person, [courseKey]),
      connection,
    );
    return result instanceof OutboundFault ? unanswered(result) : enrolOutcome(result);
  }

  /** lernito's contract has no way to take an enrolment back. */
  private async withdraw(
    calls: LmsCalls,
    connection: Connection,
    subject: Subject & { readonly id: number },
    email: string,
  ): Promise<Outcome> {
    const { openEdx, eventsUrl } = connection;
    if (openEdx !== null) return this.openEdx.withdraw(calls, openEdx, email, subject.courseKey);
    if (eventsUrl === null) return { kind: 'told', told: 'kept', error: 'This LMS has no way to hear of it.' };
    const body = endedBody({
      enrolmentId: subject.id,
      email,
      courseKey: subject.courseKey,
      endedAt: this.endOf(subject),
    });
    const { result } = await this.sender.send(calls, 'event', eventsUrl, body, connection);
    return result instanceof OutboundFault ? unanswered(result) : eventOutcome(result);
  }

  /** Its date may have ended it before the expiry job has come by. */
  private endOf({ status, expiresAt, updatedAt }: Subject): Date {
    const hasExpired = status === 'active' && statusAt(status, expiresAt, this.clock.now()) === 'ended';
    return hasExpired && expiresAt !== null ? expiresAt : updatedAt;
  }
}
