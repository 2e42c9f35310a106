import { AccountRepository } from '../../../src/auth/account/account.repository';
import { PasswordHasher } from '../../../src/auth/password/password-hasher';
import { KnownAddressRepository } from '../../../src/auth/sign-in/known-address.repository';
import { RateStore } from '../../../src/infra/rate-limit/rate-store';
import { startTestApp, type TestApp } from '../../setup/test-app';
import { holdPauses, RestAuthClient } from './rest-auth-client';

let app: TestApp;
let client: RestAuthClient;

beforeAll(async () => {
  app = await startTestApp();
  client = new RestAuthClient(app);
  holdPauses(app);
});

/** How often a login asks the database, the counters and the hasher: what its time is made of. */
async function workOf(payload: object, remoteAddress: string): Promise<Record<string, number>> {
  const hasher = app.get(PasswordHasher);
  const spies = {
    byEmail: jest.spyOn(app.get(AccountRepository), 'byEmail'),
    byUsername: jest.spyOn(app.get(AccountRepository), 'byUsername'),
    isKnown: jest.spyOn(app.get(KnownAddressRepository), 'isKnown'),
  };
  const counters = (['get', 'increment', 'set', 'delete'] as const).map((name) => jest.spyOn(app.get(RateStore), name));
  const verify = jest.spyOn(hasher, 'verify');
  const verifyNothing = jest.spyOn(hasher, 'verifyNothing');
  await client.post('login/', payload, { remoteAddress });
  const work = Object.fromEntries(Object.entries(spies).map(([name, spy]) => [name, spy.mock.calls.length]));
  const hashes = verify.mock.calls.length + verifyNothing.mock.calls.length;
  const counted = counters.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
  for (const spy of [...Object.values(spies), ...counters, verify, verifyNothing]) spy.mockRestore();
  return { ...work, hashes, counted };
}

it('a login does the same work for a wrong password and for a name nobody has, however often it is tried', async () => {
  const [one, two, three] = [await client.member(), await client.member(), await client.member()];
  const pairs = [
    [{ username: one.username }, { username: 'nobody-at-all' }],
    [{ email: two.email }, { email: 'nobody@example.org' }],
    [{ username: three.email }, { username: 'nobody-else@example.org' }],
  ] as const;
  for (const [somebody, nobody] of pairs) {
    for (let i = 0; i < 36; i++) {
      // Six from one address, then from many: both slow-downs are met on the way.
      const address = `198.51.100.${Math.max(0, i - 5)}`;
      const works = [];
      for (const who of [somebody, nobody]) works.push(await workOf({ ...who, password: `guess ${i}` }, address));
      expect(works[1]).toEqual(works[0]);
    }
  }
});

it('tries the password once', async () => {
  const { username } = await client.member();
  expect(await workOf({ username, password: 'wrong' }, '203.0.113.1')).toMatchObject({ hashes: 1 });
});
