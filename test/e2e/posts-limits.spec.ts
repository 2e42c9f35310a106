import type { Response } from 'light-my-request';
import { Database, statement } from '../../src/infra/database/database';
import { RATE_POLICIES } from '../../src/infra/rate-limit/rate-limit.policies';
import type { LoggedIn } from '../factories/administrator';
import { aPost, type AnsweredPost } from '../factories/post';
import { aCreator, aTier } from '../factories/tier';
import { startTestApp, type TestApp } from '../setup/test-app';

const URL = '/content/api/content/';
const TOO_LARGE = ['This text is too large once it is rendered.'];
const SET_HTML = statement('test.set-html', 'update post set body_html = $2 where id = $1');
const WORDS = statement(
  'test.post-words',
  `select document @@ to_tsquery('simple', $2) as found from post_search where post_id = $1`,
  `select document regexp $2 as found from post_search where post_id = $1`,
);

let app: TestApp;
let creator: LoggedIn;

beforeAll(async () => {
  app = await startTestApp();
  creator = await aCreator(app);
});

const post = (body: object): Promise<Response> => creator.call('POST', URL, { title: 'A post', ...body });
const patch = (id: number, body: object): Promise<Response> => creator.call('PATCH', `${URL}${id}/`, body);
const answerOf = (answer: Response): [number, unknown] => [answer.statusCode, answer.body && answer.json()];

it.each([
  ['\u0001', 'Control characters are not allowed: U+0001.'],
  ['\u000b', 'Control characters are not allowed: U+000B.'],
  ['\u001b', 'Control characters are not allowed: U+001B.'],
  ['\u007f', 'Control characters are not allowed: U+007F.'],
  ['\u0000', 'Null characters are not allowed.'],
])('holds no %j', async (character, message) => {
  const text = `a${character}b`;
  const fault = { title: [message], teaser: [message], body: [message] };
  const texts = { title: text, teaser: text, body: text };
  expect(answerOf(await post(texts))).toEqual([400, fault]);
  const { id } = await aPost(app, creator);
  expect(answerOf(await patch(id, texts))).toEqual([400, fault]);
});

it('keeps tabs and both kinds of line ends', async () => {
  const body = 'one\ttwo\r\nthree\nfour';
  expect((await post({ body, teaser: body })).json()).toMatchObject({ body, teaser: body });
});

it('a bomb of references is harmless', async () => {
  const body = `[x]: https://example.org/${'y'.repeat(50_000)}\n\n${'[x]'.repeat(16_000)}`;
  const answer = await post({ body });
  expect(answer.statusCode).toBe(201);
  expect(answer.json<AnsweredPost>().body_html?.length).toBeLessThan(2 * body.length);
});

it('renders a body that it names, and no other', async () => {
  const { id } = await aPost(app, creator, { body: 'Old' });
  const stored = '<p>As it was made</p>\n';
  await app.get(Database).execute(SET_HTML, [id, stored]);
  expect((await patch(id, { title: 'Renamed' })).json()).toMatchObject({ body: 'Old', body_html: stored });
  const large = await patch(id, { body: '"'.repeat(100_000) });
  expect(answerOf(large)).toEqual([400, { body: TOO_LARGE }]);
  expect((await patch(id, { body: 'New' })).json()).toMatchObject({ body: 'New', body_html: '<p>New</p>\n' });
  expect((await patch(id, { body: '' })).json()).toMatchObject({ body: '', body_html: '' });
});

it('is found by the words of the body that it keeps', async () => {
  const { id } = await aPost(app, creator, { title: 'Quince', body: 'Some **ber**gamot' });
  expect((await patch(id, { title: 'Apple' })).statusCode).toBe(200);
  const found = async (text: string) => (await app.get(Database).first<{ found: unknown }>(WORDS, [id, text]))?.found;
  const words = [await found('bergamot'), await found('apple'), await found('quince')];
  expect(words.map(Boolean)).toEqual([true, true, false]);
});

it('free tiers open nothing early', async () => {
  const { id: free } = await aTier(app, creator, { is_public: true });
  const { id: paid } = await aTier(app, creator);
  const from = '2026-01-01T00:00:00.000Z';
  const fault = { early: [`Tier ${free} is free: it opens nothing early.`] };
  const both = [paid, free].map((tier) => ({ tier, from }));
  expect(answerOf(await post({ early: both, status: 'draft' }))).toEqual([400, fault]);
  const { id } = await aPost(app, creator, { tiers: [free, paid], early: [{ tier: paid, from }], status: 'draft' });
  expect(answerOf(await patch(id, { early: both }))).toEqual([400, fault]);
});

it('has a limit, and so have changes', async () => {
  expect(RATE_POLICIES.post).toEqual({ limit: 60, windowSeconds: 60 });
  const limited = await startTestApp({ RATE_LIMITS: 'on' });
  for (const [method, url] of [
    ['POST', URL],
    ['PATCH', `${URL}1/`],
  ] as const) {
    const { headers } = await limited.inject({ method, url, payload: {} });
    expect(headers['ratelimit-limit'] ?? headers['x-ratelimit-limit'] ?? '').toMatch(/60(?!0)/);
  }
});
