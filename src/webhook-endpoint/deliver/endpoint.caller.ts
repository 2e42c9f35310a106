import { Injectable } from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import { Clock } from '../../common/clock';
import { OutboundClient } from '../../infra/outbound/outbound-client';
import { OutboundFault } from '../../infra/outbound/outbound-fault';
import { EndpointSecretBox } from '../endpoint/endpoint-secret.box';
import { signing } from '../endpoint/endpoint-secret.rules';
import type { CallOutcome } from './delivery-schedule.rules';

const TIMEOUT_MS = 15_000;
const MOST_SHOWN = 1_000;

export interface CalledEndpoint {
  readonly accountId: number;
  readonly url: string;
  readonly sealed: string;
}

export interface Message {
  /** The header `webhook-id`. */
  readonly messageId: string;
  readonly body: string;
}

export interface CallResult extends CallOutcome {
  /** How long it took. */
  readonly ms: number;
  /** The beginning of the answer. */
  readonly body: string;
}

/** Calls an endpoint once, signed as Standard Webhooks has it. https://www.standardwebhooks.com */
@Injectable()
export class EndpointCaller {
  constructor(
    private readonly outbound: OutboundClient,
    private readonly secrets: EndpointSecretBox,
    private readonly clock: Clock,
  ) {}

  /** Never inside a unit of work. What goes wrong at the other end is a result, too. */
  async call(endpoint: CalledEndpoint, message: Message): Promise<CallResult> {
    const headers = this.headers(endpoint, message);
    const start = performance.now();
    const ms = (): number => Math.round(performance.now() - start);
    try {
      const { url } = endpoint;
      const answer = await this.outbound.call({
        method: 'POST',
        url,
        headers,
        body: message.body,
        timeoutMs: TIMEOUT_MS,
      });
      const body = answer.body.slice(0, MOST_SHOWN).toWellFormed();
      return { status: answer.status, error: null, isFinal: false, ms: ms(), body };
    } catch (error) {
      if (!(error instanceof OutboundFault)) throw error;
      return { status: null, error: error.message, isFinal: error.isFinal, ms: ms(), body: '' };
    }
  }

  private headers({ accountId, sealed }: CalledEndpoint, { messageId, body }: Message): Record<string, string> {
    const now = this.clock.now();
    const signatures = signing(this.secrets.open(accountId, sealed), now).map((secret) =>
      new Webhook(secret).sign(messageId, now, body),
    );
    return {
      'content-type': 'application/json',
      'webhook-id': messageId,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': signatures.join(' '),
    };
  }
}
