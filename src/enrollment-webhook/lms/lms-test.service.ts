import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { notFound } from '../../common/domain-error';
import { FieldCipherError } from '../../infra/crypto/field-cipher';
import { OutboundClient } from '../../infra/outbound/outbound-client';
import { OutboundFault } from '../../infra/outbound/outbound-fault';
import { lmsSecretLost } from '../enrollment-webhook.errors';
import { LernitoSender, type SignedAnswer } from './lernito.sender';
import { enrolBody, isEmptyCallVerified } from './lernito-call.rules';
import { LmsCalls, type MadeCall } from './lms-call';
import { type Connection, LmsConnections, secretsOf } from './lms-connection';
import { LmsRepository } from './lms.repository';
import { OpenEdxClient } from './openedx.client';

export const LMS_VERDICTS = ['ok', 'previous_secret', 'refused', 'unexpected', 'unreachable'] as const;
export type LmsVerdict = (typeof LMS_VERDICTS)[number];

export interface LmsTested {
  readonly verdict: LmsVerdict;
  /** The last one. */
  readonly call: MadeCall;
}

export interface LmsTest {
  readonly lernito: LmsTested;
  readonly openEdx: LmsTested | null;
}

const NOBODY = { username: 'guildhall', email: 'test@example.com', firstName: 'Guildhall', lastName: 'Test' };

/**
 * Calls an LMS without doing anything there. lernito's contract has no ping: a call without courses is verified, and
 * then refused for having none, which shows that the plugin is there and knows the secret.
 */
@Injectable()
export class LmsTestService {
  constructor(
    private readonly lmses: LmsRepository,
    private readonly connections: LmsConnections,
    private readonly outbound: OutboundClient,
    private readonly sender: LernitoSender,
    private readonly openEdx: OpenEdxClient,
    private readonly clock: Clock,
  ) {}

  /** One that goes well ends a pause. @throws DomainError 404, 409 */
  async test(id: number): Promise<LmsTest> {
    const connection = await this.connection(id);
    if (connection === undefined) throw notFound();
    const lernito = await this.testLernito(connection);
    if (lernito.verdict === 'ok') await this.lmses.resume(id);
    return { lernito, openEdx: await this.testOpenEdx(connection) };
  }

  private async connection(id: number): Promise<Connection | undefined> {
    try {
      return await this.connections.of(id, this.clock.now());
    } catch (error) {
      throw error instanceof FieldCipherError ? lmsSecretLost(error) : error;
    }
  }

  private async testLernito(connection: Connection): Promise<LmsTested> {
    const calls = new LmsCalls(this.outbound, this.clock, secretsOf(connection));
    const answer = await this.sender.send(calls, 'enrol', connection.url, enrolBody(NOBODY, []), connection);
    return { verdict: verdictOf(answer), call: lastOf(calls) };
  }

  private async testOpenEdx(connection: Connection): Promise<LmsTested | null> {
    const { openEdx } = connection;
    if (openEdx === null) return null;
    this.openEdx.forget(openEdx);
    const calls = new LmsCalls(this.outbound, this.clock, secretsOf(connection));
    const token = await this.openEdx.token(calls, openEdx);
    const call = lastOf(calls);
    if (typeof token === 'string') return { verdict: 'ok', call };
    if (call.status === null) return { verdict: 'unreachable', call };
    return { verdict: call.status === 400 || call.status === 401 ? 'refused' : 'unexpected', call };
  }
}

function verdictOf({ result, secretIndex }: SignedAnswer): LmsVerdict {
  if (result instanceof OutboundFault) return 'unreachable';
  if (result.status === 401) return 'refused';
  if (!isEmptyCallVerified(result)) return 'unexpected';
  return secretIndex === 0 ? 'ok' : 'previous_secret';
}

function lastOf({ made }: LmsCalls): MadeCall {
  const last = made.at(-1);
  if (last === undefined) throw new Error('nothing was called');
  return last;
}
