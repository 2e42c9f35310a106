import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import type { OutboundAnswer } from '../../infra/outbound/outbound-client';
import { OutboundFault } from '../../infra/outbound/outbound-fault';
import { signedHeaders } from './lernito-call.rules';
import type { LmsCalls } from './lms-call';
import type { Connection } from './lms-connection';

export interface SignedAnswer {
  readonly result: OutboundAnswer | OutboundFault;
  /** Of the connection's secrets, the one by which it was signed. */
  readonly secretIndex: number;
}

/** Sends signed bodies; after a 401 the secret before is tried, so that both sides need not change it at one moment. */
@Injectable()
export class LernitoSender {
  constructor(private readonly clock: Clock) {}

  async send(
    calls: LmsCalls,
    kind: 'enrol' | 'event',
    url: string,
    body: string,
    { secrets }: Connection,
  ): Promise<SignedAnswer> {
    for (let secretIndex = 0; ; secretIndex++) {
      const headers = signedHeaders(body, secrets[secretIndex] ?? secrets[0], secrets, this.clock.now());
      const result = await calls.send(kind, { method: 'POST', url, headers, body });
      const isRefused = !(result instanceof OutboundFault) && result.status === 401;
      if (!isRefused || secretIndex + 1 >= secrets.length) return { result, secretIndex };
    }
  }
}
