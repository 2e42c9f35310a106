import { AccountService } from '../../src/auth/account/account.service';
import { Database, statement } from '../../src/infra/database/database';
import { type LoggedIn, loggedIn } from '../factories/administrator';
import { aCreator } from '../factories/tier';
import { startTestApp, type TestApp } from '../setup/test-app';

const FOLLOWERS = statement(
  'test.followers',
  'select follower_count as count from creator_counter where account_id = $1',
);
const FOLLOWS = statement('test.follows', 'select creator_id from follow where follower_id = $1 or creator_id = $1');

let app: TestApp;
let fan: LoggedIn;

beforeAll(async () => {
  app = await startTestApp();
  fan = await loggedIn(app);
});

const creator = (): Promise<LoggedIn> => aCreator(app);

async function followerCount(id: number): Promise<number> {
  return (await app.get(Database).first<{ count: number }>(FOLLOWERS, [id]))?.count ?? 0;
}

const path = (id: number): string => `/feed/api/follow/${id}`;
const patch = (who: LoggedIn, body: object) => who.call('PATCH', '/content/api/user-creator', body);

interface Surface {
  readonly name: string;
  readonly follow: (id: number) => ReturnType<LoggedIn['call']>;
  readonly unfollow: (id: number) => ReturnType<LoggedIn['call']>;
}
const surfaces: Surface[] = [
  { name: 'feed', follow: (id) => fan.call('POST', path(id)), unfollow: (id) => fan.call('DELETE', path(id)) },
  {
    name: 'content',
    follow: (id) => patch(fan, { creator: id, following: true }),
    unfollow: (id) => patch(fan, { creator: id, following: false }),
  },
];

describe.each(surfaces)('by $name', ({ follow, unfollow }) => {
  it('follows and unfollows, each as often as one likes, and counts once', async () => {
    const { id } = await creator();
    const said = async (answer: ReturnType<LoggedIn['call']>) => [
      (await answer).statusCode,
      (await answer).json<object>(),
    ];
    expect(await said(fan.call('GET', path(id)))).toEqual([200, { following: false }]);
    for (let i = 0; i < 2; i++) {
      expect(await said(follow(id))).toEqual([200, { following: true }]);
      expect(await said(fan.call('GET', `${path(id)}/`))).toEqual([200, { following: true }]);
      expect(await followerCount(id)).toBe(1);
    }
    for (let i = 0; i < 2; i++) {
      expect(await said(unfollow(id))).toEqual([200, { following: false }]);
      expect(await said(fan.call('GET', path(id)))).toEqual([200, { following: false }]);
      expect(await followerCount(id)).toBe(0);
    }
  });

  it('unfollows somebody who is a creator no more, but follows them not', async () => {
    const { id } = await creator();
    await follow(id);
    await app.get(AccountService).updateProfile(id, { isCreator: false });
    expect((await unfollow(id)).json()).toEqual({ following: false });
    expect(await followerCount(id)).toBe(0);
    expect((await follow(id)).statusCode).not.toBe(200);
  });
});

it('of somebody who is not there, or no creator: 404', async () => {
  const { id } = await loggedIn(app);
  for (const url of [path(4_000_000), path(id), `${path(0)}`, '/feed/api/follow/x']) {
    for (const method of ['GET', 'POST', 'DELETE'] as const) {
      const answer = await fan.call(method, url);
      expect([method, url, answer.statusCode, answer.json<object>()]).toEqual([
        method,
        url,
        404,
        { detail: 'Not found.' },
      ]);
    }
  }
});

it('oneself: 400', async () => {
  const person = await creator();
  const answer = await person.call('POST', path(person.id));
  expect([answer.statusCode, answer.json<object>()]).toEqual([
    400,
    { non_field_errors: ['You cannot follow yourself.'] },
  ]);
  const patched = await patch(person, { creator: person.id, following: true });
  expect([patched.statusCode, patched.json<object>()]).toEqual([400, { creator: ['You cannot follow yourself.'] }]);
});

it.each([
  [{ creator: 4_000_000, following: true }, { creator: ['Invalid pk "4000000" - object does not exist.'] }],
  [{ creator: 0, following: true }, { creator: ['Invalid pk "0" - object does not exist.'] }],
  [{ creator: 'x', following: true }, { creator: ['A valid integer is required.'] }],
  [{ creator: 1 }, { following: ['This field is required.'] }],
  [{ following: true }, { creator: ['This field is required.'] }],
  [{ creator: 1, following: 'maybe' }, { following: ['Must be a valid boolean.'] }],
  [
    { creator: null, following: null },
    { creator: ['This field may not be null.'], following: ['This field may not be null.'] },
  ],
])('PATCH %j: 400', async (body, errors) => {
  const answer = await patch(fan, body);
  expect([answer.statusCode, answer.json<object>()]).toEqual([400, errors]);
});

it('PATCH of somebody who is no creator: 400', async () => {
  const { id } = await loggedIn(app);
  const answer = await patch(fan, { creator: id, following: true });
  expect([answer.statusCode, answer.json<object>()]).toEqual([
    400,
    { creator: [`Invalid pk "${id}" - object does not exist.`] },
  ]);
});

it('without an account: 401', async () => {
  for (const method of ['GET', 'POST', 'DELETE'] as const) {
    expect((await app.inject({ method, url: path(1) })).statusCode).toBe(401);
  }
  const answer = await app.inject({
    method: 'PATCH',
    url: '/content/api/user-creator',
    payload: { creator: 1, following: true },
  });
  expect(answer.statusCode).toBe(401);
});

it('a closed account follows nobody and is followed by nobody', async () => {
  const [leaving, other] = [await creator(), await creator()];
  await leaving.call('POST', path(other.id));
  await fan.call('POST', path(other.id));
  await fan.call('POST', path(leaving.id));
  await app.get(AccountService).close(leaving.id);
  await app.drained();
  expect(await app.get(Database).rows(FOLLOWS, [leaving.id])).toEqual([]);
  expect(await followerCount(other.id)).toBe(1);
  // Its credentials are good for some minutes yet.
  expect((await leaving.call('POST', path(other.id))).statusCode).toBe(401);
  expect(await followerCount(other.id)).toBe(1);
});
