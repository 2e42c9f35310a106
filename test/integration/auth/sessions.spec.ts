import { Clock } from '../../../src/common/clock';
import { AccountService } from '../../../src/auth/account/account.service';
import { LoginKeyService } from '../../../src/auth/session/login-key.service';
import { RevocationFeed } from '../../../src/auth/session/revocation.feed';
import { RevocationList } from '../../../src/auth/session/revocation-list';
import { SessionService } from '../../../src/auth/session/session.service';
import { SessionSweeper } from '../../../src/auth/session/session.sweeper';
import { Database, statement } from '../../../src/infra/database/database';
import { UnitOfWork } from '../../../src/infra/database/unit-of-work';
import { OutboxService } from '../../../src/infra/outbox/outbox.service';
import { MovableClock } from '../../fakes/movable-clock';
import { registered } from '../../factories/person';
import { startTestApp, type TestApp } from '../../setup/test-app';

const HERE = { ip: '203.0.113.7', userAgent: 'Spec/1.0' };
const DAY_MS = 86_400_000;
const PAGE = { page: 1, size: 100 };
const ROWS = statement('test.sessions', 'select id, key_hash, ip, user_agent from auth_session where account_id = $1');
const LATE_END = statement(
  'test.end-session',
  `update auth_session set ended_at = $2, end_reason = 'logout' where id = $1`,
);

const clock = new MovableClock();
let one: TestApp;
let two: TestApp;
let sessions: SessionService;
let accounts: AccountService;

beforeAll(async () => {
  [one, two] = [await startTestApp(), await startTestApp()];
  for (const app of [one, two]) jest.spyOn(app.get(Clock), 'now').mockImplementation(() => clock.now());
  sessions = one.get(SessionService);
  accounts = one.get(AccountService);
});

async function liveIds(accountId: number): Promise<number[]> {
  return (await sessions.list(accountId, PAGE)).rows.map(({ id }) => id);
}

describe('a sign-in', () => {
  it('is noted on the account', async () => {
    const { id } = await registered(one);
    await sessions.open(id, HERE);
    expect((await accounts.findById(id))?.lastLoginAt?.getTime()).toBeCloseTo(clock.now().getTime(), -4);
  });

  it('from a device never seen is told, but not the very first one', async () => {
    const { id } = await registered(one);
    const publish = jest.spyOn(one.get(OutboxService), 'publish');
    await sessions.open(id, HERE);
    await sessions.openWithKey(id, HERE);
    const { sessionId } = await sessions.open(id, { ...HERE, userAgent: 'Phone/2' });
    await sessions.open(id, { ...HERE, userAgent: 'Phone/2' });
    const facts = publish.mock.calls.map(([{ topic, payload }]) => ({ topic, ...payload }));
    expect(facts.filter(({ topic }) => topic !== 'mail-queued')).toEqual([
      expect.objectContaining({ topic: 'security-event', kind: 'new-device', account_id: id, session_id: sessionId }),
    ]);
    publish.mockRestore();
  });

  it('is refused for an account that is disabled or gone', async () => {
    const [disabled, closed] = [await registered(one), await registered(one)];
    await accounts.disable(disabled.id);
    await accounts.close(closed.id);
    for (const { id } of [disabled, closed]) await expect(sessions.open(id, HERE)).rejects.toThrow('No active account');
    await accounts.enable(disabled.id);
    await expect(sessions.open(disabled.id, HERE)).resolves.toBeDefined();
  });

  it('under way while the account closes leaves no session behind', async () => {
    const { id } = await registered(one);
    const opening = Array.from({ length: 8 }, (_, n) => (n % 2 ? one : two).get(SessionService).open(id, HERE));
    const closing = accounts.close(id);
    const opened = (await Promise.allSettled(opening)).filter((result) => result.status === 'fulfilled');
    await closing;
    expect(await liveIds(id)).toEqual([]);
    for (const { value } of opened) expect(one.get(RevocationList).endOf(value.sessionId)).toBe('account-closed');
  });
});

describe('ending sessions', () => {
  it("ends one's own only, once", async () => {
    const [owner, other] = [await registered(one), await registered(one)];
    const { sessionId } = await sessions.open(owner.id, HERE);
    expect(await sessions.end(other.id, sessionId, 'logout')).toBe(false);
    expect(await sessions.end(owner.id, sessionId, 'logout')).toBe(true);
    expect(await sessions.end(owner.id, sessionId, 'logout')).toBe(false);
  });

  it('all but one', async () => {
    const { id } = await registered(one);
    const opened = await Promise.all([
      sessions.open(id, HERE),
      sessions.open(id, HERE),
      sessions.openWithKey(id, HERE),
    ]);
    const [kept] = opened.map(({ sessionId }) => sessionId);
    await sessions.endAll(id, 'ended-by-owner', kept);
    expect(await liveIds(id)).toEqual([kept]);
  });

  it('does not count before the commit, nor after a rollback', async () => {
    const { id } = await registered(one);
    const { sessionId } = await sessions.open(id, HERE);
    const list = one.get(RevocationList);
    const doomed = one.get(UnitOfWork).run(async () => {
      await sessions.end(id, sessionId, 'logout');
      expect(list.endOf(sessionId)).toBeUndefined();
      throw new Error('changed my mind');
    });
    await expect(doomed).rejects.toThrow('changed my mind');
    expect([list.endOf(sessionId), await liveIds(id)]).toEqual([undefined, [sessionId]]);
  });

  it.each([
    ['a new password', (id: number, keep: number) => accounts.setPassword(id, 'another-Horse-8-battery', keep), 1],
    ['new roles', (id: number) => accounts.setRoles(id, ['support']), 0],
  ] as const)('%s ends them', async (_, change, survivors) => {
    const { id } = await registered(one);
    const [mine] = [await sessions.open(id, HERE), await sessions.open(id, HERE)];
    await change(id, mine.sessionId);
    expect(await liveIds(id)).toEqual(survivors === 1 ? [mine.sessionId] : []);
  });

  it('of a closed account forgets where its owner was', async () => {
    const { id } = await registered(one);
    await sessions.open(id, HERE);
    await accounts.close(id);
    const rows = await one.get(Database).rows(ROWS, [id]);
    expect(rows).toEqual([expect.objectContaining({ ip: '', user_agent: '' })]);
  });
});

describe('other instances', () => {
  it('learn of ended sessions when they ask next, also of a commit that came late', async () => {
    const { id } = await registered(one);
    const [ended, late] = [await sessions.open(id, HERE), await sessions.open(id, HERE)];
    const [feed, list] = [two.get(RevocationFeed), two.get(RevocationList)];
    const stamped = clock.now();
    await sessions.end(id, ended.sessionId, 'logout');
    await feed.run();
    expect([list.endOf(ended.sessionId), list.endOf(late.sessionId)]).toEqual(['logout', undefined]);
    clock.advance(20_000);
    await feed.run();
    await one.get(Database).execute(LATE_END, [late.sessionId, stamped]);
    await feed.run();
    expect(list.endOf(late.sessionId)).toBe('logout');
  });

  it('that start know them before they serve', async () => {
    const { id } = await registered(one);
    const { sessionId } = await sessions.open(id, HERE);
    await accounts.disable(id);
    const three = await startTestApp();
    expect(three.get(RevocationList).endOf(sessionId)).toBe('account-disabled');
    await three.close();
  });
});

describe('login keys', () => {
  it('are stored hashed, and open what their session opens', async () => {
    const { id } = await registered(one, { roles: ['finance'] });
    const { key, sessionId } = await sessions.openWithKey(id, HERE);
    expect(key).toMatch(/^[0-9a-f]{40}$/);
    const rows = await one.get(Database).rows(ROWS, [id]);
    expect(JSON.stringify(rows)).not.toContain(key);
    const keys = two.get(LoginKeyService);
    expect(await keys.authenticate(key)).toEqual({ accountId: id, sessionId, roles: ['finance'], via: 'token' });
    expect(await keys.authenticate('0'.repeat(40))).toBeUndefined();
    await sessions.end(id, sessionId, 'logout');
    expect(await keys.authenticate(key)).toBeUndefined();
  });

  it('note their use by the quarter of an hour, and die after a year without one', async () => {
    const { id } = await registered(one);
    const { key } = await sessions.openWithKey(id, HERE);
    const keys = one.get(LoginKeyService);
    const lastUsed = async (): Promise<number> => (await sessions.list(id, PAGE)).rows[0]!.last_used_at.getTime();
    const opened = await lastUsed();
    clock.advance(10 * 60_000);
    await keys.authenticate(key);
    expect(await lastUsed()).toBe(opened);
    clock.advance(300 * DAY_MS);
    await keys.authenticate(key);
    expect(await lastUsed()).toBeGreaterThan(opened + 299 * DAY_MS);
    clock.advance(364 * DAY_MS);
    expect(await keys.authenticate(key)).toBeDefined();
    clock.advance(366 * DAY_MS);
    expect(await keys.authenticate(key)).toBeUndefined();
  });
});

describe('the sweeper', () => {
  it('deletes sessions a month after their end', async () => {
    const { id } = await registered(one);
    const [ended, alive] = [await sessions.open(id, HERE), await sessions.openWithKey(id, HERE)];
    await sessions.end(id, ended.sessionId, 'logout');
    clock.advance(29 * DAY_MS);
    await one.get(SessionSweeper).run();
    expect(await one.get(Database).rows(ROWS, [id])).toHaveLength(2);
    clock.advance(2 * DAY_MS);
    expect(await one.get(SessionSweeper).run()).toBeGreaterThan(0);
    const rows = await one.get(Database).rows<{ id: number }>(ROWS, [id]);
    expect(rows.map((row) => row.id)).toEqual([alive.sessionId]);
  });
});
