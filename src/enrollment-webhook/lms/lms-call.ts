import type { Clock } from '../../common/clock';
import type { OutboundAnswer, OutboundCall, OutboundClient } from '../../infra/outbound/outbound-client';
import { OutboundFault } from '../../infra/outbound/outbound-fault';
import { withoutHidden } from './hidden.rules';

/** To the plugin, to the event endpoint, and to Open edX: for a token, an allowance, an account, an enrolment. */
export const CALL_KINDS = ['enrol', 'event', 'token', 'allowance', 'account', 'unenrol'] as const;
export type CallKind = (typeof CALL_KINDS)[number];

/** A call as the log keeps it. */
export interface MadeCall {
  readonly kind: CallKind;
  /** Null where there was no answer. */
  readonly status: number | null;
  readonly error: string | null;
  /** Milliseconds. */
  readonly duration: number;
  readonly excerpt: string | null;
  readonly at: Date;
}

const LONGEST = 500;

/** The calls of one attempt, written down. What is hidden is not written. */
export class LmsCalls {
  readonly made: MadeCall[] = [];
  private readonly hidden: string[];

  constructor(
    private readonly outbound: OutboundClient,
    private readonly clock: Clock,
    hidden: readonly string[],
  ) {
    this.hidden = [...hidden];
  }

  /** From now on. */
  hide(text: string): void {
    this.hidden.push(text);
  }

  /** A text of the LMS's, without what is hidden. */
  shown(text: string): string {
    return withoutHidden(text, this.hidden, LONGEST);
  }

  /** A fault is an answer, too. */
  async send(kind: CallKind, call: OutboundCall): Promise<OutboundAnswer | OutboundFault> {
    const [at, begun] = [this.clock.now(), performance.now()];
    const result = await this.tried(call);
    const duration = Math.round(performance.now() - begun);
    const isFault = result instanceof OutboundFault;
    this.made.push({
      kind,
      status: isFault ? null : result.status,
      error: isFault ? result.message : null,
      duration,
      excerpt: isFault ? null : this.excerptOf(kind, result),
      at,
    });
    return result;
  }

  private async tried(call: OutboundCall): Promise<OutboundAnswer | OutboundFault> {
    try {
      return await this.outbound.call(call);
    } catch (error) {
      if (error instanceof OutboundFault) return error;
      throw error;
    }
  }

  /** Of Open edX only what it refuses with: the rest are tokens and profiles. */
  private excerptOf(kind: CallKind, { status, body }: OutboundAnswer): string | null {
    if (status < 400 && kind !== 'enrol' && kind !== 'event') return null;
    return this.shown(body);
  }
}
