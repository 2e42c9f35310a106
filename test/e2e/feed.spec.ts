import { Database } from '../../src/infra/database/database';
import { type LoggedIn, loggedIn } from '../factories/administrator';
import { FeedSeed, MINUTE_MS } from '../factories/feed-seed';
import type { AnsweredPost } from '../factories/post';
import { startTestApp, type TestApp } from '../setup/test-app';

interface PageOf<T> {
  readonly count: number;
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: T[];
}
type Posts = PageOf<AnsweredPost>;

let app: TestApp;
let seed: FeedSeed;

beforeAll(async () => {
  app = await startTestApp();
  seed = new FeedSeed(app.get(Database));
});

const ago = (minutes: number): Date => new Date(Date.now() - minutes * MINUTE_MS);
const idsOf = ({ results }: Posts): number[] => results.map(({ id }) => id);

async function read(reader: LoggedIn, url: string): Promise<Posts> {
  const answer = await reader.call('GET', url);
  expect([answer.statusCode, url]).toEqual([200, url]);
  return answer.json<Posts>();
}

function pathOf(link: string | null): string {
  if (link === null) throw new Error('the list has ended');
  const { origin, pathname, search } = new URL(link);
  expect(origin).toBe('http://localhost:8000');
  return pathname + search;
}

const pageNumberOf = (link: string | null): string | null => new URL(link ?? '').searchParams.get('page');

/** A reader, and somebody who has published `posts` posts, a minute apart. */
async function followedCreator(posts: number): Promise<{ reader: LoggedIn; creator: number; newestFirst: number[] }> {
  const reader = await loggedIn(app);
  const creator = await seed.creator();
  await seed.follow(reader.id, creator);
  const parts = Array.from({ length: posts }, (_, index) => ({ publishAt: ago(posts - index) }));
  const ids = parts.length === 0 ? [] : await seed.posts(creator, parts);
  return { reader, creator, newestFirst: ids.reverse() };
}

describe('GET /feed/api/feed', () => {
  it('is for those who are logged in', async () => {
    expect((await app.inject({ method: 'GET', url: '/feed/api/feed' })).statusCode).toBe(401);
  });

  it('is empty for whoever follows nobody', async () => {
    const reader = await loggedIn(app);
    const empty = { count: 0, next: null, previous: null, results: [] };
    expect(await read(reader, '/feed/api/feed')).toEqual(empty);
    expect(await read(reader, '/feed/api/feed/?page=1')).toEqual(empty);
  });

  it('shows the posts of those who are followed or paid, newest first, and of nobody else', async () => {
    const { reader, newestFirst } = await followedCreator(2);
    const paid = await seed.creator();
    const tier = await seed.tier(paid);
    await seed.member(reader.id, tier, paid);
    const other = await seed.tier(paid);
    await seed.member(reader.id, other, paid);
    const members = await seed.post(paid, { tiers: [tier], publishAt: ago(60) });
    const stranger = await seed.creator();
    await seed.post(stranger);
    const feed = await read(reader, '/feed/api/feed');
    expect([feed.count, idsOf(feed)]).toEqual([3, [...newestFirst, members]]);
    expect(feed.results[2]).toMatchObject({
      locked: false,
      body: expect.stringMatching(/^Body/) as string,
      tiers: [tier],
    });
  });

  it('lets go of a creator whose membership has ended', async () => {
    const reader = await loggedIn(app);
    const creator = await seed.creator();
    const tier = await seed.tier(creator);
    await seed.member(reader.id, tier, creator, { accessUntil: ago(1) });
    await seed.post(creator);
    expect(await read(reader, '/feed/api/feed')).toMatchObject({ count: 0, results: [] });
  });

  it('shows what is locked without its body, and how it is opened', async () => {
    const { reader, creator } = await followedCreator(0);
    const tier = await seed.tier(creator, { name: 'Silver' });
    await seed.post(creator, { tiers: [tier] });
    const { results } = await read(reader, '/feed/api/feed');
    expect(results).toMatchObject([{ locked: true, body: null, body_html: null, unlock: { tier, name: 'Silver' } }]);
  });

  it('leaves out drafts, what is withdrawn and what is scheduled', async () => {
    const { reader, creator } = await followedCreator(0);
    await seed.posts(creator, [
      { isDraft: true },
      { hiddenAt: new Date(), publishAt: ago(5) },
      { publishAt: ago(-60) },
      { publishAt: ago(5), listed: false, counted: false },
    ]);
    expect(await read(reader, '/feed/api/feed')).toMatchObject({ count: 0, results: [] });
  });

  it('counts what came due before the job has', async () => {
    const { reader, creator } = await followedCreator(1);
    const due = await seed.post(creator, { counted: false });
    const feed = await read(reader, '/feed/api/feed');
    expect([feed.count, feed.results.length, feed.results[0]?.id]).toEqual([2, 2, due]);
  });

  it('shows early what a tier gives early, to its members only, and counts it', async () => {
    const { reader, creator, newestFirst } = await followedCreator(1);
    const tier = await seed.tier(creator);
    const scheduled = await seed.post(creator, { publishAt: ago(-60) });
    await seed.early(scheduled, tier, ago(1));
    const notYet = await seed.post(creator, { publishAt: ago(-120) });
    await seed.early(notYet, tier, ago(-10));
    const member = await loggedIn(app);
    await seed.member(member.id, tier, creator);
    const early = await read(member, '/feed/api/feed');
    expect([early.count, idsOf(early)]).toEqual([2, [scheduled, ...newestFirst]]);
    expect(early.results[0]).toMatchObject({ status: 'scheduled', locked: false });
    const late = await read(reader, '/feed/api/feed');
    expect([late.count, idsOf(late)]).toEqual([1, newestFirst]);
  });

  it('leaves out whoever has closed the account, and goes on behind them', async () => {
    const { reader, newestFirst } = await followedCreator(21);
    const gone = await seed.creator();
    await seed.follow(reader.id, gone);
    await seed.posts(gone, [{}, {}, {}]);
    await app.get(Database).manager.delete('account', { id: gone });
    const feed = await read(reader, '/feed/api/feed');
    expect([feed.count, idsOf(feed)]).toEqual([21, newestFirst.slice(0, 20)]);
    expect(idsOf(await read(reader, pathOf(feed.next)))).toEqual(newestFirst.slice(20));
  });

  it('pages by number', async () => {
    const { reader, newestFirst } = await followedCreator(45);
    const third = await read(reader, '/feed/api/feed?page=3');
    expect([third.count, third.next, idsOf(third)]).toEqual([45, null, newestFirst.slice(40)]);
    const second = await read(reader, '/feed/api/feed?page=2');
    expect(idsOf(second)).toEqual(newestFirst.slice(20, 40));
    expect([pageNumberOf(second.next), pageNumberOf(second.previous)]).toEqual(['3', null]);
    const sized = await read(reader, '/feed/api/feed?page=2&page_size=30');
    expect(idsOf(sized)).toEqual(newestFirst.slice(30));
    const missing = await reader.call('GET', '/feed/api/feed?page=4');
    expect([missing.statusCode, missing.json()]).toEqual([404, { detail: 'Invalid page.' }]);
    for (const bad of ['0', '-1', 'two', '1.5', '99999999999']) {
      expect((await reader.call('GET', `/feed/api/feed?page=${bad}`)).statusCode).toBe(404);
    }
  });

  it.each(['x', 'YTE', 'YTEuMg', '%00', 'a'.repeat(5000), Buffer.from('c1.2').toString('base64url')])(
    'no page behind the cursor %.20j, unless it is one',
    async (cursor) => {
      const reader = await loggedIn(app);
      const answer = await reader.call('GET', `/feed/api/feed?cursor=${cursor}`);
      if (cursor === 'YTEuMg') expect(answer.json()).toMatchObject({ results: [] });
      else expect([answer.statusCode, answer.json()]).toEqual([404, { detail: 'Invalid page.' }]);
    },
  );

  it('scrolls over every post once while others are posted and deleted', async () => {
    const { reader, creator, newestFirst } = await followedCreator(90);
    const second = await seed.creator();
    await seed.follow(reader.id, second);
    // Forty posts of one instant, so that only the id tells them apart.
    const tied = await seed.posts(
      second,
      Array.from({ length: 40 }, () => ({ publishAt: ago(45) })),
    );
    const deleted = new Set<number>();
    const seen: number[] = [];
    let feed = await read(reader, '/feed/api/feed?page_size=20');
    for (;;) {
      seen.push(...idsOf(feed));
      if (feed.next === null) break;
      // Among those behind: the one that the cursor is about; among those ahead: one that nobody sees any more.
      const last = seen[seen.length - 1] ?? 0;
      await seed.remove(last, creator);
      const ahead = newestFirst.filter((id) => !seen.includes(id))[3];
      if (ahead !== undefined) {
        await seed.remove(ahead, creator);
        deleted.add(ahead);
      }
      await seed.posts(second, [{}, {}, {}]);
      feed = await read(reader, pathOf(feed.next));
    }
    const expected = [...newestFirst, ...tied].filter((id) => !deleted.has(id));
    expect(seen).toHaveLength(expected.length);
    expect(new Set(seen)).toEqual(new Set(expected));
    expect(deleted.size).toBeGreaterThan(3);
  });

  it('scrolls back over the same pages', async () => {
    const { reader, creator, newestFirst } = await followedCreator(50);
    const first = await read(reader, '/feed/api/feed');
    const second = await read(reader, pathOf(first.next));
    const third = await read(reader, pathOf(second.next));
    expect([first.previous, third.next]).toEqual([null, null]);
    expect([pageNumberOf(first.next), pageNumberOf(second.next)]).toEqual(['2', '3']);
    await seed.post(creator);
    const secondAgain = await read(reader, pathOf(third.previous));
    expect(idsOf(secondAgain)).toEqual(idsOf(second));
    const firstAgain = await read(reader, pathOf(secondAgain.previous));
    expect(idsOf(firstAgain)).toEqual(newestFirst.slice(0, 20));
    expect(idsOf(await read(reader, pathOf(firstAgain.next)))).toEqual(idsOf(second));
    const top = await read(reader, pathOf(firstAgain.previous));
    expect([top.results.length, top.previous]).toEqual([1, null]);
  });

  it('an end that moves is an empty page, from which one gets back', async () => {
    const { reader, creator, newestFirst } = await followedCreator(21);
    const first = await read(reader, '/feed/api/feed');
    await seed.remove(newestFirst[20] ?? 0, creator);
    const beyond = await read(reader, pathOf(first.next));
    expect(beyond).toMatchObject({ count: 20, next: null, results: [] });
    expect(idsOf(await read(reader, pathOf(beyond.previous)))).toEqual(newestFirst.slice(0, 20));
    const before = (await read(reader, '/feed/api/feed?page=2&page_size=19')).previous;
    for (const id of newestFirst.slice(0, 19)) await seed.remove(id, creator);
    const emptied = await read(reader, pathOf(before));
    expect(emptied).toMatchObject({ count: 1, previous: null, results: [] });
    expect(idsOf(await read(reader, pathOf(emptied.next)))).toEqual(newestFirst.slice(19, 20));
  });
});

describe('GET /feed/api/user-profile/<id>', () => {
  const profile = (id: number | string, query = '') =>
    app.inject({ method: 'GET', url: `/feed/api/user-profile/${id}${query}` });

  it('shows a creator to anybody', async () => {
    const creator = await seed.creator({
      firstName: 'Asha',
      lastName: 'Rao',
      bio: 'Rhythm',
      profilePic: 'https://x.example/a.png',
    });
    const gold = await seed.tier(creator, { description: 'All' });
    const free = await seed.tier(creator, { name: 'Free', isPublic: true, priceRank: 0, prices: '[]' });
    await seed.tier(creator, { name: 'Old', archivedAt: ago(1) });
    const locked = await seed.post(creator, { tiers: [gold], publishAt: ago(2) });
    const open = await seed.post(creator, { publishAt: ago(1) });
    const scheduled = await seed.post(creator, { publishAt: ago(-60) });
    await seed.early(scheduled, gold, ago(1));
    const reader = await loggedIn(app);
    const shown = {
      id: creator,
      first_name: 'Asha',
      last_name: 'Rao',
      bio: 'Rhythm',
      profile_pic: 'https://x.example/a.png',
      is_creator: true,
      post_count: 2,
      following: false,
      tiers: [
        { id: free, name: 'Free', description: '', prices: [], is_public: true },
        { id: gold, name: 'Gold', description: 'All', prices: [{ currency: 'INR', amount: 19900 }], is_public: false },
      ],
      posts: {
        count: 2,
        next: null,
        previous: null,
        results: [
          { id: open, locked: false },
          { id: locked, locked: true, body: null, unlock: { tier: gold } },
        ],
      },
    };
    const stranger = await profile(creator);
    expect([stranger.statusCode, stranger.json()]).toMatchObject([200, shown]);
    await seed.follow(reader.id, creator);
    await seed.member(reader.id, gold, creator);
    const member = (await reader.call('GET', `/feed/api/user-profile/${creator}`)).json<{ posts: Posts }>();
    expect(member).toMatchObject({ following: true, post_count: 3, posts: { count: 3 } });
    expect(member.posts.results.map(({ id, locked: isLocked }) => [id, isLocked])).toEqual([
      [scheduled, false],
      [open, false],
      [locked, false],
    ]);
  });

  it('pages by cursor and by number', async () => {
    const { creator, newestFirst } = await followedCreator(45);
    const first = (await profile(creator)).json<{ posts: Posts }>().posts;
    expect([first.count, idsOf(first)]).toEqual([45, newestFirst.slice(0, 20)]);
    await seed.post(creator);
    const second = (await app.inject({ method: 'GET', url: pathOf(first.next) })).json<{ posts: Posts }>().posts;
    expect(idsOf(second)).toEqual(newestFirst.slice(20, 40));
    const back = (await app.inject({ method: 'GET', url: pathOf(second.previous) })).json<{ posts: Posts }>().posts;
    expect(idsOf(back)).toEqual(newestFirst.slice(0, 20));
    const byNumber = (await profile(creator, '?page=2')).json<{ posts: Posts }>().posts;
    expect(idsOf(byNumber)).toEqual(newestFirst.slice(19, 39));
    expect((await profile(creator, '?page=4')).json()).toEqual({ detail: 'Invalid page.' });
    expect((await profile(creator, '?cursor=x')).json()).toEqual({ detail: 'Invalid page.' });
  });

  it('of somebody who is no creator: no posts; of a private one: name and picture only, but for the owner', async () => {
    const person = await loggedIn(app);
    const answer = (await profile(person.id)).json<object>();
    expect(answer).toMatchObject({ id: person.id, is_creator: false, tiers: [], posts: { count: 0, results: [] } });
    const [{ username }] = (await app
      .get(Database)
      .manager.query<[{ username: string }]>(`select username from account where id = ${person.id}`)) as [
      { username: string },
    ];
    await app.get(Database).manager.update('account', { id: person.id }, { isPrivate: true });
    expect((await profile(person.id)).json()).toEqual({ id: person.id, username, profile_pic: '' });
    const own = await person.call('GET', `/feed/api/user-profile/${person.id}`);
    expect(own.json()).toMatchObject({ id: person.id, posts: { count: 0 } });
    const creator = await seed.creator({ isPrivate: true });
    expect((await profile(creator)).json()).toMatchObject({ is_creator: true, posts: { count: 0 } });
  });

  it('of nobody: 404', async () => {
    const inactive = await seed.creator({ isActive: false });
    for (const id of [inactive, 4_000_000, 'abc', '0', '99999999999999999999']) {
      const answer = await profile(id);
      expect([answer.statusCode, answer.json()]).toEqual([404, { detail: 'Not found.' }]);
    }
  });
});

describe('GET /feed/api/get-posts', () => {
  it('shows all of one’s own: drafts, scheduled, published, withdrawn', async () => {
    const creator = await loggedIn(app);
    await seed.makeCreator(creator.id);
    const [oldest, hidden, scheduled, draft] = await seed.posts(creator.id, [
      { publishAt: ago(60), visibility: 'members' },
      { publishAt: ago(30), hiddenAt: ago(1) },
      { publishAt: ago(-30) },
      { isDraft: true },
    ]);
    const own = await read(creator, '/feed/api/get-posts');
    expect([own.count, own.results.map(({ id, status }) => [id, status])]).toEqual([
      4,
      [
        [draft, 'draft'],
        [scheduled, 'scheduled'],
        [hidden, 'published'],
        [oldest, 'published'],
      ],
    ]);
    expect(own.results.every(({ locked, body }) => !locked && body !== null)).toBe(true);
    const second = await read(creator, '/feed/api/get-posts?page=2&page_size=3');
    expect(idsOf(second)).toEqual([oldest]);
    expect((await creator.call('GET', '/feed/api/get-posts?page=2')).json()).toEqual({ detail: 'Invalid page.' });
    const other = await loggedIn(app);
    expect(await read(other, '/feed/api/get-posts')).toMatchObject({ count: 0, results: [] });
    expect((await app.inject({ method: 'GET', url: '/feed/api/get-posts' })).statusCode).toBe(401);
  });
});
