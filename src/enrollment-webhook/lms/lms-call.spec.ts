import { Clock } from '../../common/clock';
import type { OutboundAnswer, OutboundClient } from '../../infra/outbound/outbound-client';
import { OutboundFault } from '../../infra/outbound/outbound-fault';
import { type CallKind, LmsCalls } from './lms-call';

const CALL = { method: 'POST', url: 'https://lms.example.org/', headers: {} } as const;

class Noon extends Clock {
  now(): Date {
    return new Date('2026-03-01T12:00:00Z');
  }
}

/** The log of one call that ends so. */
async function logged(
  kind: CallKind,
  outcome: OutboundAnswer | Error,
  ...hidden: string[]
): Promise<LmsCalls['made'][0]> {
  const call = (): Promise<OutboundAnswer> =>
    outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome);
  const calls = new LmsCalls({ call } as unknown as OutboundClient, new Noon(), hidden);
  await calls.send(kind, CALL);
  const [made] = calls.made;
  if (made === undefined) throw new Error('nothing was written down');
  return made;
}

describe('a call is written down', () => {
  it('with the beginning of its answer, and without the address', async () => {
    const body = `{"message":"A.B+c@example.org and a.b+c@EXAMPLE.org, not aXb+c@example.org"}\0${'x'.repeat(900)}`;
    const { excerpt, ...made } = await logged('enrol', { status: 200, body }, 'a.b+c@example.org');
    expect(excerpt).toMatch(/^\{"message":"… and …, not aXb\+c@example\.org"\}x+$/);
    expect(excerpt).toHaveLength(500);
    expect(made).toMatchObject({ kind: 'enrol', status: 200, error: null, at: new Noon().now() });
  });

  it('without what Open edX tells of accounts and tokens, unless it refuses', async () => {
    expect((await logged('token', { status: 200, body: 'secret' })).excerpt).toBeNull();
    expect((await logged('account', { status: 403, body: 'why' })).excerpt).toBe('why');
  });

  it('without secrets, however they are spelled', async () => {
    const secret = 'a"b/c é+';
    const spelled = [secret, JSON.stringify(secret), encodeURIComponent(secret), 'a%22b%2Fc+%C3%A9%2B', 'token-1'];
    const { excerpt } = await logged('token', { status: 500, body: spelled.join('|') }, secret, '', 'token-1');
    expect(excerpt).toBe('…|"…"|…|…|…');
  });

  it('with why there was no answer', async () => {
    const fault = new OutboundFault('timeout', 'No answer in time.');
    expect(await logged('event', fault)).toMatchObject({ status: null, error: 'No answer in time.', excerpt: null });
  });

  it('not where the fault is ours', async () => {
    await expect(logged('event', new TypeError('ours'))).rejects.toThrow('ours');
  });
});
