import { PASSWORD, registered } from '../factories/person';
import { startTestApp, type TestApp } from '../setup/test-app';
import { type Answer, HttpClient } from './client';

/** The content and feed parts of memboro's README: DRF viewsets behind `Authorization: Token` (COMPAT 3.2, 3.3). */
let app: TestApp;
let client: HttpClient;

type Headers = Record<string, string>;
let creator: Headers;
let reader: Headers;
let creatorId: number;

const statusAndBody = (answer: Answer): [number, unknown] => [answer.status, answer.body];
const idOf = (answer: Answer): number => (answer.body as { id: number }).id;
const send = (method: string, path: string, json: unknown, headers: Headers): Promise<Answer> =>
  client.call(method, path, { json, headers });

async function tokenOf(details: { username: string; email: string }): Promise<{ id: number; headers: Headers }> {
  const { id } = await registered(app, { ...details, password: PASSWORD, emailVerified: true });
  const login = { email: details.email, password: PASSWORD };
  const answer = await client.post('/authenticate/rest-auth/login/', login);
  return { id, headers: { authorization: `Token ${(answer.body as { key: string }).key}` } };
}

beforeAll(async () => {
  app = await startTestApp();
  client = new HttpClient(await app.url());
  const asha = await tokenOf({ username: 'asha', email: 'asha@example.org' });
  const ravi = await tokenOf({ username: 'ravi', email: 'ravi@example.org' });
  [creator, reader, creatorId] = [asha.headers, ravi.headers, asha.id];
  await send('PATCH', '/authenticate/rest-auth/user/', { is_creator: true }, creator);
});

const newTier = async (): Promise<number> =>
  idOf(await client.post('/content/api/tiers/', { name: 'Gold', description: 'All of it', amount: 19900 }, creator));
const newPost = async (more: object = {}): Promise<number> =>
  idOf(await client.post('/content/api/content/', { title: 'First', body: 'Hello', ...more }, creator));

describe('/content/api/tiers/', () => {
  it('lists, makes, shows, changes and deletes, as a viewset does', async () => {
    const made = await client.post('/content/api/tiers/', { name: 'Silver', description: '', amount: 9900 }, creator);
    const id = idOf(made);
    const silver = {
      id,
      creator: creatorId,
      name: 'Silver',
      description: '',
      prices: [{ currency: 'INR', amount: 9900 }],
      is_public: false,
      member_limit: null,
      course_ids: [],
      archived: false,
      subscriber_count: 0,
    };
    expect(statusAndBody(made)).toEqual([201, { ...silver, created_at: expect.any(String) as string }]);
    const list = await client.get(`/content/api/tiers/?creator=${creatorId}`);
    expect(statusAndBody(list)).toMatchObject([200, { count: 1, next: null, previous: null, results: [silver] }]);
    expect(statusAndBody(await client.get(`/content/api/tiers/${id}/`))).toMatchObject([200, silver]);
    const changed = await send('PATCH', `/content/api/tiers/${id}/`, { name: 'Bronze' }, creator);
    expect(statusAndBody(changed)).toMatchObject([200, { ...silver, name: 'Bronze' }]);
    expect(statusAndBody(await client.call('DELETE', `/content/api/tiers/${id}/`, { headers: creator }))).toEqual([
      204,
      undefined,
    ]);
    expect(statusAndBody(await client.get(`/content/api/tiers/${id}/`))).toEqual([404, { detail: 'Not found.' }]);
  });

  it('answers what DRF answers to whoever may not', async () => {
    const body = { name: 'Gold', amount: 19900 };
    expect(statusAndBody(await client.post('/content/api/tiers/', body))).toEqual([
      401,
      { detail: 'Authentication credentials were not provided.' },
    ]);
    expect(statusAndBody(await client.post('/content/api/tiers/', body, reader))).toEqual([
      403,
      { detail: 'You do not have permission to perform this action.' },
    ]);
    expect(statusAndBody(await client.post('/content/api/tiers/', {}, creator))).toMatchObject([
      400,
      { name: ['This field is required.'] },
    ]);
    expect(statusAndBody(await client.call('PUT', '/content/api/tiers/', { headers: creator }))).toEqual([
      405,
      { detail: 'Method "PUT" not allowed.' },
    ]);
  });
});

describe('/content/api/content/', () => {
  it('makes, lists, shows, changes and deletes', async () => {
    const id = await newPost({ visibility: 'public' });
    const post = { id, title: 'First', body: 'Hello', locked: false, creator: { id: creatorId, username: 'asha' } };
    expect(statusAndBody(await client.get(`/content/api/content/${id}/`))).toMatchObject([200, post]);
    expect(statusAndBody(await client.get('/content/api/content/'))).toMatchObject([
      200,
      { count: 1, results: [post] },
    ]);
    const changed = await send('PATCH', `/content/api/content/${id}/`, { title: 'Second' }, creator);
    expect(statusAndBody(changed)).toMatchObject([200, { ...post, title: 'Second' }]);
    const removed = await client.call('DELETE', `/content/api/content/${id}/`, { headers: creator });
    expect(statusAndBody(removed)).toEqual([204, undefined]);
  });

  it.each(['DELETE', 'POST'])('remove-tiers/<pk>/ takes tiers off by %s with a body', async (method) => {
    const [gold, silver] = [await newTier(), await newTier()];
    const id = await newPost({ tiers: [gold, silver] });
    const answer = await send(method, `/content/api/remove-tiers/${id}/`, { tiers: [gold] }, creator);
    expect(statusAndBody(answer)).toMatchObject([200, { id, tiers: [silver] }]);
  });
});

describe('/content/api/likes/ and /content/api/comment/', () => {
  it('a like counts once, is changed and deleted by its id', async () => {
    const content = await newPost({ visibility: 'public' });
    const made = await client.post('/content/api/likes/', { content }, reader);
    expect(statusAndBody(made)).toMatchObject([201, { content, liked: true, user: { username: 'ravi' } }]);
    expect(statusAndBody(await client.post('/content/api/likes/', { content }, reader))).toMatchObject([200, {}]);
    expect((await client.get(`/content/api/content/${content}/`)).body).toMatchObject({ like_count: 1 });
    const like = `/content/api/likes/${idOf(made)}/`;
    expect(statusAndBody(await send('PATCH', like, { liked: false }, reader))).toMatchObject([200, { liked: false }]);
    expect((await client.call('DELETE', like, { headers: reader })).status).toBe(204);
    expect((await client.get(`/content/api/content/${content}/`)).body).toMatchObject({ like_count: 0 });
  });

  it('a comment is written, listed, changed and deleted', async () => {
    const content = await newPost({ visibility: 'public' });
    const made = await client.post('/content/api/comment/', { content, body: 'Lovely' }, reader);
    const comment = { id: idOf(made), content, body: 'Lovely', parent: null, author: { username: 'ravi' } };
    expect(statusAndBody(made)).toMatchObject([201, comment]);
    const list = await client.get(`/content/api/comment/?content=${content}`);
    expect(statusAndBody(list)).toMatchObject([200, { count: 1, results: [comment] }]);
    const one = `/content/api/comment/${comment.id}/`;
    expect(statusAndBody(await send('PATCH', one, { body: 'Fine' }, reader))).toMatchObject([200, { body: 'Fine' }]);
    expect((await client.call('DELETE', one, { headers: reader })).status).toBe(204);
  });

  it('an unknown post is an invalid pk', async () => {
    const answer = await client.post('/content/api/comment/', { content: 999999, body: 'Lovely' }, reader);
    expect(statusAndBody(answer)).toEqual([400, { content: ['Invalid pk "999999" - object does not exist.'] }]);
  });
});

describe('following, on both of its paths', () => {
  it('answers whether one follows', async () => {
    const path = `/feed/api/follow/${creatorId}`;
    const say = async (method: string, json?: unknown): Promise<[number, unknown]> =>
      statusAndBody(
        await client.call(method, json === undefined ? path : '/content/api/user-creator', { headers: reader, json }),
      );
    expect(await say('GET')).toEqual([200, { following: false }]);
    expect(await say('POST')).toEqual([200, { following: true }]);
    expect(await say('DELETE')).toEqual([200, { following: false }]);
    expect(await say('PATCH', { creator: creatorId, following: true })).toEqual([200, { following: true }]);
    expect(await say('GET')).toEqual([200, { following: true }]);
  });
});

describe('/feed/api/', () => {
  const page = (results: unknown): object => ({
    count: expect.any(Number) as number,
    next: null,
    previous: null,
    results,
  });

  it('feed?page= is a page of posts, newest first; what is no page is 404', async () => {
    const id = await newPost({ title: 'For followers' });
    const answer = await client.get('/feed/api/feed?page=1', reader);
    expect(statusAndBody(answer)).toMatchObject([
      200,
      { count: expect.any(Number) as number, results: expect.any(Array) as [] },
    ]);
    expect((answer.body as { results: { id: number }[] }).results[0]?.id).toBe(id);
    expect(statusAndBody(await client.get('/feed/api/feed?page=99', reader))).toEqual([
      404,
      { detail: 'Invalid page.' },
    ]);
  });

  it('user-profile/<id>?page= is a profile with a page of posts', async () => {
    const { status, body } = await client.get(`/feed/api/user-profile/${creatorId}?page=1`, reader);
    expect([status, body]).toMatchObject([200, { id: creatorId, username: 'asha', is_creator: true, following: true }]);
    expect((body as { posts: object }).posts).toEqual(page(expect.any(Array)));
  });

  it('get-posts, search, stats and userstats answer', async () => {
    expect(statusAndBody(await client.get('/feed/api/get-posts', creator))).toEqual([200, page(expect.any(Array))]);
    const found = await client.get('/feed/api/search?q=followers', reader);
    expect(statusAndBody(found)).toEqual([
      200,
      { creators: [], posts: page([expect.objectContaining({ title: 'For followers' })]) },
    ]);
    expect(statusAndBody(await client.get('/feed/api/stats', creator))).toMatchObject([
      200,
      { totals: { followers: 1 } },
    ]);
    expect(statusAndBody(await client.get('/feed/api/userstats', reader))).toMatchObject([200, { following: 1 }]);
  });
});
