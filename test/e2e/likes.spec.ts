import { AccountService } from '../../src/auth/account/account.service';
import { Database, statement } from '../../src/infra/database/database';
import { administrator, type LoggedIn, loggedIn } from '../factories/administrator';
import { aPost, type AnsweredPost } from '../factories/post';
import { aCreator } from '../factories/tier';
import { startTestApp, type TestApp } from '../setup/test-app';

interface Like {
  readonly id: number;
  readonly content: number;
  readonly user: { readonly id: number; readonly username: string; readonly profile_pic: string };
  readonly liked: boolean;
  readonly created_at: string;
}
interface LikePage {
  readonly count: number;
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: Like[];
}

const LIKES = '/content/api/likes/';
const POPULAR = statement('test.popular', 'update post set like_count = $2 where id = $1');
const NOT_FOUND = { detail: 'Not found.' };
const FORBIDDEN = { detail: 'You do not have permission to perform this action.' };

let app: TestApp;
let author: LoggedIn;
let fan: LoggedIn;

beforeAll(async () => {
  app = await startTestApp();
  [author, fan] = await Promise.all([aCreator(app), loggedIn(app)]);
});

async function said(answer: ReturnType<LoggedIn['call']>): Promise<[number, unknown]> {
  const { statusCode, body } = await answer;
  return [statusCode, body === '' ? '' : (JSON.parse(body) as unknown)];
}

const like = (who: LoggedIn, post: { id: number }) => who.call('POST', LIKES, { content: post.id });

async function liked(who: LoggedIn, post: { id: number }): Promise<Like> {
  const answer = await like(who, post);
  expect(answer.statusCode).toBe(201);
  return answer.json<Like>();
}

async function seen(post: { id: number }, who: LoggedIn = author): Promise<AnsweredPost> {
  return (await who.call('GET', `/content/api/content/${post.id}/`)).json<AnsweredPost>();
}

const followersOnly = (): Promise<AnsweredPost> => aPost(app, author, { visibility: 'followers' });
const draft = (): Promise<AnsweredPost> => aPost(app, author, { status: 'draft' });

it('likes: 201, again 200, and counts once', async () => {
  const post = await aPost(app, author);
  const first = await like(fan, post);
  expect([first.statusCode, first.json<object>()]).toEqual([
    201,
    {
      id: expect.any(Number) as number,
      content: post.id,
      user: { id: fan.id, username: expect.stringMatching(/^person/) as string, profile_pic: '' },
      liked: true,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/) as string,
    },
  ]);
  expect(await said(like(fan, post))).toEqual([200, first.json()]);
  expect(await seen(post, fan)).toMatchObject({ like_count: 1, liked: true });
  await liked(author, post);
  expect(await seen(post)).toMatchObject({ like_count: 2 });
});

it('takes back and gives again by PATCH, and by POST: 200', async () => {
  const post = await aPost(app, author);
  const { id } = await liked(fan, post);
  const steps: [() => ReturnType<LoggedIn['call']>, boolean, number][] = [
    [() => fan.call('PATCH', `${LIKES}${id}/`, { liked: false }), false, 0],
    [() => fan.call('PATCH', `${LIKES}${id}/`, { liked: false }), false, 0],
    [() => fan.call('PATCH', `${LIKES}${id}/`, {}), false, 0],
    [() => fan.call('PATCH', `${LIKES}${id}/`, { liked: true }), true, 1],
    [() => fan.call('PATCH', `${LIKES}${id}/`, { liked: true }), true, 1],
    [() => fan.call('PATCH', `${LIKES}${id}`, { liked: false }), false, 0],
    [() => like(fan, post), true, 1],
  ];
  for (const [step, isLiked, count] of steps) {
    expect(await said(step())).toMatchObject([200, { id, liked: isLiked }]);
    expect(await seen(post, fan)).toMatchObject({ like_count: count, liked: isLiked });
  }
});

it('one that is taken back is shown to whoever gave it, and to nobody else', async () => {
  const post = await aPost(app, author);
  const { id } = await liked(fan, post);
  const stranger = () => app.inject({ method: 'GET', url: `${LIKES}${id}/` });
  expect((await stranger()).statusCode).toBe(200);
  await fan.call('PATCH', `${LIKES}${id}/`, { liked: false });
  expect(await said(fan.call('GET', `${LIKES}${id}/`))).toMatchObject([200, { id, liked: false }]);
  for (const who of [author, await administrator(app)]) {
    expect(await said(who.call('GET', `${LIKES}${id}/`))).toEqual([404, NOT_FOUND]);
  }
  expect(await said(stranger())).toEqual([404, NOT_FOUND]);
});

it('lists ten thousand likes, and no more', async () => {
  const post = await aPost(app, author);
  await app.get(Database).execute(POPULAR, [post.id, 50_000]);
  const page = async (query: string) =>
    (await app.inject({ method: 'GET', url: `${LIKES}?content=${post.id}&${query}` })).json<LikePage>();
  expect((await page('page=99&page_size=100')).next).toContain('page=100');
  expect(await page('page=100&page_size=100')).toMatchObject({ count: 10_000, next: null });
  expect(await page('page=101&page_size=100')).toEqual({ detail: 'Invalid page.' });
  expect(await page('page=999999')).toEqual({ detail: 'Invalid page.' });
  expect(await seen(post)).toMatchObject({ like_count: 50_000 });
});

it('DELETE: 204, then it is gone, and a new like is a new one', async () => {
  const post = await aPost(app, author);
  const { id } = await liked(fan, post);
  expect(await said(fan.call('DELETE', `${LIKES}${id}/`))).toEqual([204, '']);
  expect(await seen(post)).toMatchObject({ like_count: 0 });
  expect(await said(fan.call('DELETE', `${LIKES}${id}/`))).toEqual([404, NOT_FOUND]);
  expect(await said(fan.call('GET', `${LIKES}${id}/`))).toEqual([404, NOT_FOUND]);
  const again = await liked(fan, post);
  await fan.call('PATCH', `${LIKES}${again.id}/`, { liked: false });
  await fan.call('DELETE', `${LIKES}${again.id}/`);
  expect(await seen(post)).toMatchObject({ like_count: 0 });
});

it("somebody else's like: 404 for PATCH and DELETE, whoever asks", async () => {
  const post = await aPost(app, author);
  const { id } = await liked(fan, post);
  for (const who of [author, await loggedIn(app), await administrator(app)]) {
    expect(await said(who.call('PATCH', `${LIKES}${id}/`, { liked: false }))).toEqual([404, NOT_FOUND]);
    expect(await said(who.call('DELETE', `${LIKES}${id}/`))).toEqual([404, NOT_FOUND]);
  }
  expect(await seen(post)).toMatchObject({ like_count: 1 });
});

it('lists the likes of a post, newest first, in pages', async () => {
  const post = await aPost(app, author);
  const people = await Promise.all([loggedIn(app), loggedIn(app)]);
  for (const who of [fan, ...people]) await liked(who, post);
  const back = await liked(author, post);
  await author.call('PATCH', `${LIKES}${back.id}/`, { liked: false });
  const answer = await app.inject({ method: 'GET', url: `${LIKES}?content=${post.id}&page_size=2` });
  const page = answer.json<LikePage>();
  expect([answer.statusCode, page.count, page.previous]).toEqual([200, 3, null]);
  expect(page.results.map(({ user }) => user.id)).toEqual([people[1]?.id, people[0]?.id]);
  const next = new URL(page.next ?? '');
  const second = (await app.inject({ method: 'GET', url: next.pathname + next.search })).json<LikePage>();
  expect(second.results.map(({ user }) => user.id)).toEqual([fan.id]);
  const beyond = app.inject({ method: 'GET', url: `${LIKES}?content=${post.id}&page=9` });
  expect(await said(beyond)).toEqual([404, { detail: 'Invalid page.' }]);
});

it("lists one's own without a post, and nobody's to a stranger", async () => {
  const who = await loggedIn(app);
  const posts = [await aPost(app, author), await aPost(app, author), await aPost(app, author)];
  const likes: Like[] = [];
  for (const post of posts) likes.push(await liked(who, post));
  await who.call('PATCH', `${LIKES}${likes[1]?.id}/`, { liked: false });
  const page = (await who.call('GET', LIKES)).json<LikePage>();
  expect(page).toMatchObject({ count: 2, next: null, previous: null });
  expect(page.results.map(({ id }) => id)).toEqual([likes[2]?.id, likes[0]?.id]);
  expect((await app.inject({ method: 'GET', url: LIKES })).statusCode).toBe(401);
});

it('a locked post: 403', async () => {
  const post = await followersOnly();
  expect(await said(like(fan, post))).toEqual([403, FORBIDDEN]);
  expect(await said(fan.call('GET', `${LIKES}?content=${post.id}`))).toEqual([403, FORBIDDEN]);
  expect((await app.inject({ method: 'GET', url: `${LIKES}?content=${post.id}` })).statusCode).toBe(403);
  const { id } = await liked(author, post);
  expect(await said(fan.call('GET', `${LIKES}${id}/`))).toEqual([403, FORBIDDEN]);
  expect(await seen(post)).toMatchObject({ like_count: 1 });
});

it('once it is locked, one can take the like back but not give it', async () => {
  const who = await loggedIn(app);
  const post = await followersOnly();
  await who.call('POST', `/feed/api/follow/${author.id}`);
  const { id } = await liked(who, post);
  await who.call('DELETE', `/feed/api/follow/${author.id}`);
  expect(await said(who.call('GET', `${LIKES}${id}/`))).toMatchObject([200, { liked: true }]);
  expect(await said(who.call('PATCH', `${LIKES}${id}/`, { liked: false }))).toMatchObject([200, { liked: false }]);
  expect(await said(who.call('PATCH', `${LIKES}${id}/`, { liked: true }))).toEqual([403, FORBIDDEN]);
  expect(await seen(post)).toMatchObject({ like_count: 0 });
  expect((await who.call('DELETE', `${LIKES}${id}/`)).statusCode).toBe(204);
});

it('a post that is not to be seen is not there', async () => {
  const post = await draft();
  const unknown = (id: number) => ({ content: [`Invalid pk "${id}" - object does not exist.`] });
  expect(await said(like(fan, post))).toEqual([400, unknown(post.id)]);
  expect(await said(like(fan, { id: 4_000_000 }))).toEqual([400, unknown(4_000_000)]);
  expect(await said(fan.call('GET', `${LIKES}?content=${post.id}`))).toEqual([404, NOT_FOUND]);
  const { id } = await liked(author, post);
  expect(await said(fan.call('GET', `${LIKES}${id}/`))).toEqual([404, NOT_FOUND]);
});

it.each([
  [{}, { content: ['This field is required.'] }],
  [{ content: null }, { content: ['This field may not be null.'] }],
  [{ content: 'x' }, { content: ['A valid integer is required.'] }],
  [{ content: -1 }, { content: ['Invalid pk "-1" - object does not exist.'] }],
  [{ content: [1] }, { content: ['A valid integer is required.'] }],
])('POST %j: 400', async (body, errors) => {
  expect(await said(fan.call('POST', LIKES, body))).toEqual([400, errors]);
});

it('bad input elsewhere', async () => {
  const { id } = await liked(fan, await aPost(app, author));
  expect(await said(fan.call('PATCH', `${LIKES}${id}/`, { liked: 'maybe' }))).toEqual([
    400,
    { liked: ['Must be a valid boolean.'] },
  ]);
  expect(await said(fan.call('GET', `${LIKES}?content=x`))).toEqual([
    400,
    { content: ['A valid integer is required.'] },
  ]);
  for (const wrong of ['0', 'x', '99999999999999999999', '4000000']) {
    expect(await said(fan.call('GET', `${LIKES}${wrong}/`))).toEqual([404, NOT_FOUND]);
  }
});

it('without an account: 401', async () => {
  const post = await aPost(app, author);
  const { id } = await liked(fan, post);
  const calls = [
    { method: 'POST', url: LIKES, payload: { content: post.id } },
    { method: 'PATCH', url: `${LIKES}${id}/`, payload: { liked: false } },
    { method: 'DELETE', url: `${LIKES}${id}/` },
  ] as const;
  for (const call of calls) expect((await app.inject(call)).statusCode).toBe(401);
  expect((await app.inject({ method: 'GET', url: `${LIKES}${id}/` })).statusCode).toBe(200);
});

it('the likes of a closed account go, and leave the count', async () => {
  const leaving = await loggedIn(app);
  const posts = [await aPost(app, author), await aPost(app, author)];
  const [first] = [await liked(leaving, { id: posts[0]?.id ?? 0 }), await liked(leaving, { id: posts[1]?.id ?? 0 })];
  await leaving.call('PATCH', `${LIKES}${first.id}/`, { liked: false });
  await app.get(AccountService).close(leaving.id);
  await app.drained();
  for (const post of posts) {
    expect(await seen(post)).toMatchObject({ like_count: 0 });
    // Its credentials are good for some minutes yet.
    expect((await like(leaving, post)).statusCode).toBe(401);
    expect(await seen(post)).toMatchObject({ like_count: 0 });
  }
});
