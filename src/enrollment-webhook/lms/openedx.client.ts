import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { sha256Hex } from '../../infra/crypto/digest';
import type { OutboundAnswer } from '../../infra/outbound/outbound-client';
import { OutboundFault } from '../../infra/outbound/outbound-fault';
import { failure } from './lernito-call.rules';
import type { LmsCalls } from './lms-call';
import type { Outcome } from './lms-delivery.state';
import {
  accountOutcome,
  type Allowance,
  allowanceOf,
  apiUrl,
  tokenOf,
  unenrolOutcome,
  usernameOf,
} from './openedx.rules';

export interface OpenEdx {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

interface Token {
  readonly text: string;
  readonly expiresAt: number;
}

/** A token is not used in its last minute. */
const MARGIN_MS = 60_000;
const MOST_TOKENS = 100;

/**
 * Takes enrolments back by Open edX's own API, with the token of a client whose user is global staff. The person is
 * found by mail address, as lernito's plugin does. See docs/adr/0019-lms-connector.md.
 */
@Injectable()
export class OpenEdxClient {
  private readonly tokens = new Map<string, Token>();

  constructor(private readonly clock: Clock) {}

  /**
   * The allowance first: somebody who registers in between has either been enrolled by it already, and is found, or
   * never will be.
   */
  async withdraw(calls: LmsCalls, openEdx: OpenEdx, email: string, courseKey: string): Promise<Outcome> {
    const token = await this.token(calls, openEdx);
    if (typeof token !== 'string') return token;
    calls.hide(token);
    const allowance = await this.revokeAllowance(calls, openEdx, token, email, courseKey);
    if (typeof allowance !== 'string') return allowance;
    const found = await calls.send('account', {
      method: 'GET',
      url: `${apiUrl(openEdx.url, 'user/v1/accounts')}?email=${encodeURIComponent(email)}`,
      headers: { authorization: `JWT ${token}` },
    });
    if (found instanceof OutboundFault) return unanswered(found);
    const username = usernameOf(found);
    if (username === undefined) return this.judged(openEdx, found, accountOutcome(found, allowance));
    return this.unenrol(calls, openEdx, token, username, courseKey);
  }

  /** Why there is no token, where there is none. */
  async token(calls: LmsCalls, { url, clientId, clientSecret }: OpenEdx): Promise<string | Outcome> {
    const key = keyOf({ url, clientId, clientSecret });
    const now = this.clock.now().getTime();
    const known = this.tokens.get(key);
    if (known !== undefined && known.expiresAt > now) return known.text;
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      token_type: 'jwt',
    });
    const answer = await calls.send('token', {
      method: 'POST',
      url: apiUrl(url, 'access_token'),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: body.toString(),
    });
    if (answer instanceof OutboundFault) return unanswered(answer);
    const given = tokenOf(answer);
    if (given === undefined) return failure(answer.status, `Open edX gave no token (${answer.status}).`);
    if (this.tokens.size >= MOST_TOKENS) this.tokens.clear();
    this.tokens.set(key, { text: given.text, expiresAt: now + given.seconds * 1000 - MARGIN_MS });
    return given.text;
  }

  /** The next token is asked for anew. */
  forget(openEdx: OpenEdx): void {
    this.tokens.delete(keyOf(openEdx));
  }

  private async revokeAllowance(
    calls: LmsCalls,
    openEdx: OpenEdx,
    token: string,
    email: string,
    courseKey: string,
  ): Promise<Allowance | Outcome> {
    const answer = await calls.send('allowance', {
      method: 'DELETE',
      url: apiUrl(openEdx.url, 'enrollment/v1/enrollment_allowed/'),
      headers: headersOf(token),
      body: JSON.stringify({ email, course_id: courseKey }),
    });
    if (answer instanceof OutboundFault) return unanswered(answer);
    const allowance = allowanceOf(answer);
    return allowance ?? this.judged(openEdx, answer, failure(answer.status));
  }

  private async unenrol(
    calls: LmsCalls,
    openEdx: OpenEdx,
    token: string,
    username: string,
    courseKey: string,
  ): Promise<Outcome> {
    const answer = await calls.send('unenrol', {
      method: 'POST',
      url: apiUrl(openEdx.url, 'enrollment/v1/enrollment'),
      headers: headersOf(token),
      body: JSON.stringify({ user: username, course_details: { course_id: courseKey }, is_active: false }),
    });
    if (answer instanceof OutboundFault) return unanswered(answer);
    return this.judged(openEdx, answer, unenrolOutcome(answer));
  }

  /** A token that is refused is not tried again. */
  private judged(openEdx: OpenEdx, { status }: OutboundAnswer, outcome: Outcome): Outcome {
    if (status === 401) this.forget(openEdx);
    return outcome;
  }
}

/** Nobody knows whether it arrived. */
export function unanswered(fault: OutboundFault): Outcome {
  return { kind: 'failed', error: fault.message, mayHaveWorked: !fault.isFinal, isSlow: fault.isFinal };
}

function headersOf(token: string): Record<string, string> {
  return { authorization: `JWT ${token}`, 'content-type': 'application/json' };
}

function keyOf({ url, clientId, clientSecret }: OpenEdx): string {
  return sha256Hex([url, clientId, clientSecret].join('\n'));
}
