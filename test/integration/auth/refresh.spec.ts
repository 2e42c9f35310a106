import { DomainError } from '../../../src/common/domain-error';
import { Clock } from '../../../src/common/clock';
import { OutboxService } from '../../../src/infra/outbox/outbox.service';
import { AccountService } from '../../../src/auth/account/account.service';
import { RefreshService } from '../../../src/auth/session/refresh.service';
import { RevocationList } from '../../../src/auth/session/revocation-list';
import { SessionService, type TokenPair } from '../../../src/auth/session/session.service';
import { MovableClock } from '../../fakes/movable-clock';
import { registered } from '../../factories/person';
import { startTestApp, type TestApp } from '../../setup/test-app';
import { TEST_SECRETS } from '../../setup/test-settings';

const CLIENT = { ip: '203.0.113.7', userAgent: 'Spec/1.0' };
const BLACKLISTED = 'Token is blacklisted';
const INVALID = 'Token is invalid or expired';

const clock = new MovableClock();
/** A new key is on its way to the front of the list: one instance signs with it already, both know it. */
const NEXT = 'the-next-jwt-key-0c6b2f9e4d7a1358';
let one: TestApp;
let two: TestApp;

beforeAll(async () => {
  one = await startTestApp({ JWT_SECRET: `${TEST_SECRETS.JWT_SECRET},${NEXT}` });
  two = await startTestApp({ JWT_SECRET: `${NEXT},${TEST_SECRETS.JWT_SECRET}` });
  for (const app of [one, two]) jest.spyOn(app.get(Clock), 'now').mockImplementation(() => clock.now());
});

async function signedIn(): Promise<TokenPair & { accountId: number; email: string }> {
  const { id, email } = await registered(one);
  return { ...(await one.get(SessionService).open(id, CLIENT)), accountId: id, email };
}

const refresh = (app: TestApp, token: string): Promise<TokenPair> => app.get(RefreshService).refresh(token);

/** The successor, or why there is none. */
async function outcome(app: TestApp, token: string): Promise<string> {
  try {
    return (await refresh(app, token)).refresh;
  } catch (error) {
    if (error instanceof DomainError && error.status === 401) return error.message;
    throw error;
  }
}

describe('racing refreshes', () => {
  it('of twenty requests with one token all get one successor, which works', async () => {
    const { refresh: token } = await signedIn();
    const successors = await Promise.all(Array.from({ length: 20 }, () => outcome(one, token)));
    expect(new Set(successors).size).toBe(1);
    expect(successors[0]).not.toBe(token);
    expect(await outcome(one, successors[0]!)).toMatch(/^ey/);
  });

  it('on instances with different newest keys too', async () => {
    const { refresh: token } = await signedIn();
    const successors = await Promise.all(Array.from({ length: 20 }, (_, n) => outcome(n % 2 ? one : two, token)));
    expect(new Set(successors).size).toBe(1);
    expect(await outcome(two, successors[0]!)).toMatch(/^ey/);
  });

  it('give a straggler the token that is current, though its own successor was replaced', async () => {
    const { refresh: first } = await signedIn();
    const second = await outcome(one, first);
    clock.advance(10_000);
    const third = await outcome(one, second);
    clock.advance(19_000);
    expect(await outcome(one, first)).toBe(third);
  });
});

describe('a rotation', () => {
  it('starts the lifetime anew, and the session dies with its last token', async () => {
    const { refresh: first } = await signedIn();
    clock.advance(13 * 86_400_000);
    const second = await outcome(one, first);
    clock.advance(13 * 86_400_000);
    const third = await outcome(one, second);
    clock.advance(14 * 86_400_000 + 1_000);
    expect(await outcome(one, third)).toBe(INVALID);
  });

  it('answers the roles the account has now', async () => {
    const { refresh: token, accountId } = await signedIn();
    await one.get(SessionService).list(accountId, { page: 1, size: 20 });
    const { access } = await refresh(one, token);
    expect(JSON.parse(Buffer.from(access.split('.')[1]!, 'base64url').toString())).toMatchObject({
      token_type: 'access',
      user_id: accountId,
      roles: [],
    });
  });
});

describe('a replay after the grace', () => {
  it('ends the family at once and tells the owner once', async () => {
    const { refresh: first, email, sessionId, accountId } = await signedIn();
    const second = await outcome(one, first);
    clock.advance(30_001);
    const published = jest.spyOn(one.get(OutboxService), 'publish');
    const replays = await Promise.all(Array.from({ length: 5 }, () => outcome(one, first)));
    expect(new Set(replays)).toEqual(new Set([BLACKLISTED]));
    expect(one.get(RevocationList).endOf(sessionId)).toBe('refresh-reused');
    expect(await outcome(one, second)).toBe(BLACKLISTED);
    const facts = published.mock.calls.map(([fact]) => fact).filter(({ topic }) => topic === 'security-event');
    expect(facts.map(({ payload }) => payload)).toEqual([
      expect.objectContaining({
        kind: 'refresh-reused',
        account_id: accountId,
        session_id: sessionId,
        ip: CLIENT.ip,
        user_agent: CLIENT.userAgent,
      }),
    ]);
    const subjects = (await one.mails(email)).map(({ subject }) => subject);
    expect(subjects.filter((subject) => subject === 'We ended one of your sessions')).toHaveLength(1);
    published.mockRestore();
  });

  it('leaves the other sessions of the account alone', async () => {
    const { refresh: first, accountId } = await signedIn();
    const other = await one.get(SessionService).open(accountId, CLIENT);
    await outcome(one, first);
    clock.advance(31_000);
    expect(await outcome(one, first)).toBe(BLACKLISTED);
    expect(await outcome(one, other.refresh)).toMatch(/^ey/);
  });

  it('within the grace costs nobody anything', async () => {
    const { refresh: first } = await signedIn();
    const second = await outcome(one, first);
    clock.advance(25_000);
    expect(await outcome(one, first)).toBe(second);
    expect(await outcome(one, second)).toMatch(/^ey/);
  });
});

describe('after the end of a session', () => {
  it('its current and its last token are refused, and no mail is sent', async () => {
    const { refresh: first, accountId, sessionId, email } = await signedIn();
    const second = await outcome(one, first);
    await one.get(SessionService).end(accountId, sessionId, 'logout');
    expect([await outcome(one, first), await outcome(one, second)]).toEqual([BLACKLISTED, BLACKLISTED]);
    expect((await one.mails(email)).filter(({ subject }) => /session/.test(subject))).toEqual([]);
  });

  it.each(['logout', 'close', 'disable'] as const)('by %s in the middle of refreshes nothing goes on', async (how) => {
    const { refresh: token, accountId, sessionId } = await signedIn();
    const end = {
      logout: () => one.get(SessionService).end(accountId, sessionId, 'logout'),
      close: () => one.get(AccountService).close(accountId),
      disable: () => one.get(AccountService).disable(accountId),
    }[how];
    const refreshes = Array.from({ length: 6 }, (_, n) => outcome(n % 2 ? one : two, token));
    const [successors] = await Promise.all([Promise.all(refreshes), end()]);
    for (const successor of successors.filter((text) => text.startsWith('ey'))) {
      expect(await outcome(one, successor)).toBe(BLACKLISTED);
    }
    expect(one.get(RevocationList).endOf(sessionId)).toBeDefined();
    expect(await outcome(two, token)).toBe(BLACKLISTED);
  });
});

describe('what is no refresh token of a live session', () => {
  it('is refused in words that tell nothing', async () => {
    const { access, refresh: token } = await signedIn();
    expect(await outcome(one, access)).toBe('Token has wrong type');
    expect(await outcome(one, `${token}x`)).toBe(INVALID);
    expect(await outcome(one, 'nonsense')).toBe(INVALID);
  });
});
