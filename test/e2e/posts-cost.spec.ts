/** @jest-environment node */
import type { Response } from 'light-my-request';
import * as markdown from '../../src/content/post/markdown';
import { PostRepository } from '../../src/content/post/post.repository';
import { Database, statement } from '../../src/infra/database/database';
import { UnitOfWork } from '../../src/infra/database/unit-of-work';
import { RATE_POLICIES } from '../../src/infra/rate-limit/rate-limit.policies';
import { type LoggedIn, loggedIn } from '../factories/administrator';
import { FeedSeed } from '../factories/feed-seed';
import { aPost } from '../factories/post';
import { aCreator } from '../factories/tier';
import { startTestApp, type TestApp } from '../setup/test-app';

jest.mock('../../src/content/post/markdown', (): typeof markdown => {
  const actual = jest.requireActual<typeof markdown>('../../src/content/post/markdown');
  return { rendered: jest.fn(actual.rendered), wordsOf: jest.fn(actual.wordsOf) };
});

const URL = '/content/api/content/';
const FORBIDDEN = { detail: 'You do not have permission to perform this action.' };
const WORDS = statement(
  'test.cost-words',
  `select document @@ to_tsquery('simple', $2) as found from post_search where post_id = $1`,
  `select document regexp $2 as found from post_search where post_id = $1`,
);
const { rendered, wordsOf } = jest.mocked(markdown);

let app: TestApp;
let creator: LoggedIn;

beforeAll(async () => {
  app = await startTestApp();
  creator = await aCreator(app);
});

const patch = (id: number, body: object): Promise<Response> => creator.call('PATCH', `${URL}${id}/`, body);

async function found(id: number, words: readonly string[]): Promise<boolean[]> {
  const rows = words.map((word) => app.get(Database).first<{ found: unknown }>(WORDS, [id, word]));
  return (await Promise.all(rows)).map((row) => Boolean(row?.found));
}

describe('Markdown is read', () => {
  it('for creators only', async () => {
    rendered.mockClear();
    const answer = await (await loggedIn(app)).call('POST', URL, { title: 'A post', body: '"'.repeat(100_000) });
    expect([answer.statusCode, answer.json()]).toEqual([403, FORBIDDEN]);
    expect(rendered).not.toHaveBeenCalled();
  });

  it('while nothing is held', async () => {
    const { id } = await aPost(app, creator, { title: 'Quince', body: 'Some **ber**gamot' });
    const active: boolean[] = [];
    const actual = jest.requireActual<typeof markdown>('../../src/content/post/markdown');
    wordsOf.mockImplementation((source) => {
      active.push(app.get(UnitOfWork).active);
      return actual.wordsOf(source);
    });
    expect((await patch(id, { title: 'Apple' })).statusCode).toBe(200);
    expect(active).toEqual([false]);
    expect(await found(id, ['bergamot', 'apple', 'quince'])).toEqual([true, true, false]);
    expect((await patch(id, { title: 'Apple', status: 'published' })).statusCode).toBe(200);
    expect((await patch(id, { visibility: 'members' })).statusCode).toBe(200);
    expect(active).toEqual([false]);
  });

  it('once more where the body was changed meanwhile', async () => {
    const { id } = await aPost(app, creator, { title: 'Quince', body: 'Some bergamot' });
    const texts = { title: 'Quince', teaser: '', body: 'Old cardamom' };
    const read = jest.spyOn(app.get(PostRepository), 'texts').mockResolvedValueOnce(texts);
    expect((await patch(id, { title: 'Apple' })).statusCode).toBe(200);
    read.mockRestore();
    expect(await found(id, ['bergamot', 'apple', 'cardamom'])).toEqual([true, true, false]);
  });
});

describe('a page of posts', () => {
  it('holds fifty at the most', async () => {
    const seed = new FeedSeed(app.get(Database));
    const busy = await aCreator(app);
    await seed.makeCreator(busy.id);
    await seed.posts(
      busy.id,
      Array.from({ length: 60 }, () => ({ title: 'Marjoram' })),
    );
    await seed.follow(creator.id, busy.id);
    const sizes: Record<string, number[]> = {};
    for (const [who, url] of [
      [creator, `${URL}?`],
      [creator, `${URL}?creator=${busy.id}&`],
      [creator, '/feed/api/feed?'],
      [creator, `/feed/api/user-profile/${busy.id}?`],
      [creator, '/feed/api/search?q=marjoram&'],
      [busy, '/feed/api/get-posts?'],
    ] as const) {
      for (const size of [100, 51, 50, 49, 0]) {
        const answer = (await who.call('GET', `${url}page_size=${size}`)).json<{
          posts?: object;
          results?: object[];
        }>();
        const page = (answer.posts ?? answer) as { results: object[] };
        (sizes[url] ??= []).push(page.results.length);
      }
    }
    for (const each of Object.values(sizes)) expect(each).toEqual([50, 50, 50, 49, 20]);
  });

  it('is limited', async () => {
    expect(RATE_POLICIES.posts).toEqual({ limit: 300, windowSeconds: 60 });
    const limited = await startTestApp({ RATE_LIMITS: 'on' });
    for (const url of [
      URL,
      '/feed/api/feed',
      '/feed/api/get-posts',
      '/feed/api/search?q=a',
      '/feed/api/user-profile/1',
    ]) {
      const { headers } = await limited.inject({ method: 'GET', url });
      expect(headers['ratelimit-limit'] ?? headers['x-ratelimit-limit'] ?? '').toMatch(/300/);
    }
  });
});
