import { AccountService } from '../../../src/auth/account/account.service';
import { Database, statement } from '../../../src/infra/database/database';
import { type LoggedIn, loggedIn } from '../../factories/administrator';
import { aPost } from '../../factories/post';
import { aCreator } from '../../factories/tier';
import { startTestApp, type TestApp } from '../../setup/test-app';

const PEOPLE = 20;
const CALLS = 200;
const PATIENCE_MS = 60_000;
const LIKES = '/content/api/likes/';
const COMMENTS = '/content/api/comment/';

const POST = statement(
  'test.post-counts',
  'select like_count as likes, comment_count as comments from post where id = $1',
);
const LIKED = statement('test.liked', 'select count(*) as count from post_like where post_id = $1 and liked');
const VISIBLE = statement(
  'test.visible',
  `select count(*) as count from post_comment where post_id = $1 and state = 'visible'`,
);
const FOLLOWERS = statement(
  'test.follower-count',
  'select follower_count as count from creator_counter where account_id = $1',
);
const FOLLOWS = statement('test.follow-rows', 'select count(*) as count from follow where creator_id = $1');

let app: TestApp;
let creator: LoggedIn;
let people: LoggedIn[];

beforeAll(async () => {
  app = await startTestApp();
  creator = await aCreator(app);
  people = [];
  for (let i = 0; i < PEOPLE; i++) people.push(await loggedIn(app));
});

async function number(counting: typeof LIKED, id: number): Promise<number> {
  return (await app.get(Database).first<{ count: number }>(counting, [id]))?.count ?? 0;
}

async function countsOf(postId: number): Promise<{ likes: number; comments: number } | undefined> {
  return app.get(Database).first(POST, [postId]);
}

const person = (i: number): LoggedIn => people[i % PEOPLE] ?? creator;

/** All at once; none may fail, and those that found nothing to do may say so. */
async function race(call: (i: number) => ReturnType<LoggedIn['call']>, allowed: readonly number[]): Promise<void> {
  const answers = await Promise.all(Array.from({ length: CALLS }, (_, i) => call(i)));
  const wrong = answers.filter(({ statusCode }) => !allowed.includes(statusCode));
  expect(wrong.map(({ statusCode, body }) => [statusCode, body])).toEqual([]);
}

it(
  '200 likes and unlikes at once from 20 accounts: the count is that of the rows',
  async () => {
    const { id } = await aPost(app, creator);
    const like = (who: LoggedIn) => who.call('POST', LIKES, { content: id });
    const own = await Promise.all(people.map(async (who) => (await like(who)).json<{ id: number }>().id));
    expect(await countsOf(id)).toMatchObject({ likes: PEOPLE });
    const call = (i: number): ReturnType<LoggedIn['call']> => {
      const who = person(i);
      const url = `${LIKES}${own[i % PEOPLE]}/`;
      // A like that is gone can't be changed, so it seldom goes.
      const step = (i * 7 + Math.floor(i / PEOPLE) * 3) % 10;
      if (step === 0) return who.call('DELETE', url);
      if (step < 4) return like(who);
      return who.call('PATCH', url, { liked: step % 2 === 0 });
    };
    for (let round = 0; round < 2; round++) {
      await race(call, [200, 201, 204, 404]);
      const likes = await number(LIKED, id);
      expect(await countsOf(id)).toMatchObject({ likes });
      await Promise.all(people.map(async (who, i) => (own[i] = (await like(who)).json<{ id: number }>().id)));
      expect(await countsOf(id)).toMatchObject({ likes: PEOPLE });
    }
  },
  PATIENCE_MS,
);

it(
  'one like of one account sent 200 times at once counts once',
  async () => {
    const { id } = await aPost(app, creator);
    await race(() => person(0).call('POST', LIKES, { content: id }), [200, 201]);
    expect([await countsOf(id), await number(LIKED, id)]).toMatchObject([{ likes: 1 }, 1]);
  },
  PATIENCE_MS,
);

it(
  '200 follows and unfollows at once, on both paths: the count is that of the rows',
  async () => {
    const followed = await aCreator(app);
    const path = `/feed/api/follow/${followed.id}`;
    const patch = (who: LoggedIn, following: boolean) =>
      who.call('PATCH', '/content/api/user-creator', { creator: followed.id, following });
    const call = (i: number): ReturnType<LoggedIn['call']> => {
      const who = person(i);
      switch ((Math.floor(i / PEOPLE) + i) % 4) {
        case 0:
          return who.call('POST', path);
        case 1:
          return who.call('DELETE', path);
        case 2:
          return patch(who, true);
        default:
          return patch(who, false);
      }
    };
    for (let round = 0; round < 2; round++) {
      await race(call, [200]);
      expect(await number(FOLLOWERS, followed.id)).toBe(await number(FOLLOWS, followed.id));
    }
    await Promise.all(people.map((who) => who.call('POST', path)));
    expect([await number(FOLLOWERS, followed.id), await number(FOLLOWS, followed.id)]).toEqual([PEOPLE, PEOPLE]);
  },
  PATIENCE_MS,
);

it(
  'comments, replies, deletions and hiding at once: the count is that of the visible rows',
  async () => {
    const { id } = await aPost(app, creator);
    const write = async (who: LoggedIn, parent?: number): Promise<number> =>
      (await who.call('POST', COMMENTS, { content: id, body: 'x', parent })).json<{ id: number }>().id;
    for (let round = 0; round < 2; round++) {
      const ids = await Promise.all(people.map((who) => write(who)));
      const call = (i: number): ReturnType<LoggedIn['call']> => {
        const who = person(i);
        const target = ids[i % PEOPLE] ?? 0;
        switch ((Math.floor(i / PEOPLE) + i) % 5) {
          case 0:
            return who.call('POST', COMMENTS, { content: id, body: 'x' });
          case 1:
            return who.call('POST', COMMENTS, { content: id, body: 'x', parent: target });
          case 2:
            return creator.call('POST', `${COMMENTS}${target}/hide/`, { reason: 'Rude.' });
          case 3:
            return creator.call('POST', `${COMMENTS}${target}/unhide/`, { reason: 'Fine.' });
          default:
            // What is deleted can't be hidden, so most of them stay.
            return i % 4 === 0
              ? who.call('DELETE', `${COMMENTS}${target}/`)
              : creator.call('POST', `${COMMENTS}${target}/hide/`, { reason: 'Spam.' });
        }
      };
      // A reply may come too late for what it answers: 400.
      await race(call, [200, 201, 204, 400, 404]);
      const comments = await number(VISIBLE, id);
      expect(comments).toBeGreaterThan(0);
      expect(await countsOf(id)).toMatchObject({ comments });
    }
  },
  PATIENCE_MS,
);

it(
  'accounts that close while everybody writes leave true counts',
  async () => {
    const [followed, leaving] = [await aCreator(app), await Promise.all([loggedIn(app), loggedIn(app), loggedIn(app)])];
    const { id } = await aPost(app, followed);
    const calls = leaving.flatMap((who, i) => [
      ...Array.from({ length: 5 }, () => who.call('POST', LIKES, { content: id })),
      ...Array.from({ length: 5 }, () => who.call('POST', COMMENTS, { content: id, body: 'x' })),
      who.call('POST', `/feed/api/follow/${followed.id}`),
      ...people.map((other) => other.call('POST', [LIKES, COMMENTS][i % 2] ?? LIKES, { content: id, body: 'x' })),
    ]);
    const closing = leaving.map(({ id: account }) => app.get(AccountService).close(account));
    await Promise.all([...calls, ...closing]);
    await app.drained();
    expect(await countsOf(id)).toEqual({ likes: await number(LIKED, id), comments: await number(VISIBLE, id) });
    expect(await countsOf(id)).toEqual({ likes: PEOPLE, comments: PEOPLE });
    expect([await number(FOLLOWERS, followed.id), await number(FOLLOWS, followed.id)]).toEqual([0, 0]);
  },
  PATIENCE_MS,
);
