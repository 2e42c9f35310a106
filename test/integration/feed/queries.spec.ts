import { Database } from '../../../src/infra/database/database';
import { Gateway } from '../../../src/infra/database/gateway';
import type { Statement } from '../../../src/infra/database/statement';
import { type LoggedIn, loggedIn } from '../../factories/administrator';
import { FeedSeed } from '../../factories/feed-seed';
import { startTestApp, type TestApp } from '../../setup/test-app';

const READS = /^(?:feed|profile|post|post-search|creator-name|stats|account|like|comment|ledger)\./;

let app: TestApp;
let reader: LoggedIn;
let creator: number;

beforeAll(async () => {
  app = await startTestApp();
  const seed = new FeedSeed(app.get(Database));
  reader = await loggedIn(app);
  creator = await seed.creator();
  const tier = await seed.tier(creator);
  await seed.follow(reader.id, creator);
  await seed.member(reader.id, tier, creator);
  await seed.posts(
    creator,
    Array.from({ length: 45 }, () => ({ tiers: [tier] })),
  );
  await app.drained();
});

/** The statements of a read; those of jobs, which run whenever they like, are left out. */
async function statementsOf(url: string): Promise<{ names: string[]; next: string }> {
  const gateway = app.get(Gateway);
  const run = jest.spyOn(gateway, 'run');
  const answer = await reader.call('GET', url);
  const names = run.mock.calls.map(([{ name }]: [Statement, ...unknown[]]) => name);
  run.mockRestore();
  expect(answer.statusCode).toBe(200);
  const { next = '' } = answer.json<{ next?: string | null }>();
  return {
    names: names.filter((name) => READS.test(name)).sort(),
    next: next ?? '',
  };
}

it('the feed is two queries, whatever the page', async () => {
  const first = await statementsOf('/feed/api/feed');
  expect(first.names).toEqual(['feed.count', 'feed.numbered']);
  const { pathname, search } = new URL(first.next);
  expect((await statementsOf(pathname + search)).names).toEqual(['feed.after', 'feed.count']);
  expect((await statementsOf('/feed/api/feed?page=2&page_size=40')).names).toEqual(['feed.count', 'feed.numbered']);
});

it('a profile is two queries, of somebody without posts one', async () => {
  expect((await statementsOf(`/feed/api/user-profile/${creator}`)).names).toEqual([
    'profile.posts.numbered',
    'profile.read',
  ]);
  expect((await statementsOf(`/feed/api/user-profile/${reader.id}`)).names).toEqual(['profile.read']);
});

it('one’s own posts are two queries', async () => {
  expect((await statementsOf('/feed/api/get-posts')).names).toEqual(['post.count-own', 'post.own']);
});

it('the likes and the comments of a post are two queries each', async () => {
  const { results } = (await reader.call('GET', '/feed/api/feed')).json<{ results: { id: number }[] }>();
  const id = results[0]?.id;
  expect((await statementsOf(`/content/api/likes/?content=${id}`)).names).toEqual(['like.of-post', 'post.look']);
  expect((await statementsOf(`/content/api/comment/?content=${id}`)).names).toEqual([
    'comment.gate',
    'comment.of-post',
  ]);
});

it('a search is two queries', async () => {
  expect((await statementsOf('/feed/api/search?q=body')).names).toEqual(['creator-name.alike', 'post-search.matches']);
});

it('figures are a handful of queries, however many days', async () => {
  expect((await statementsOf('/feed/api/userstats')).names).toEqual([
    'ledger.report-of-payer',
    'stats.memberships',
    'stats.reader',
  ]);
});
