import { Account } from '../../src/auth/account/account.entity';
import { PostComment } from '../../src/content/comment/post-comment.entity';
import { CreatorCounter } from '../../src/content/follow/creator-counter.entity';
import { PostLike } from '../../src/content/like/post-like.entity';
import { Database } from '../../src/infra/database/database';
import { Clock } from '../../src/common/clock';
import { loggedIn } from '../factories/administrator';
import { Membership } from '../../src/subscription/membership/membership.entity';
import { MembershipSource } from '../../src/subscription/membership/membership-source.entity';
import { FeedSeed } from '../factories/feed-seed';
import { startTestApp, type TestApp } from '../setup/test-app';

const NOW = new Date('2026-11-21T16:20:00Z');

/** The business's time stands still; tokens and sessions go by the same one. */
class StoppedClock extends Clock {
  now(): Date {
    return new Date(NOW);
  }
}

interface Stats {
  readonly series: { readonly date: string }[];
  readonly [field: string]: unknown;
}

let app: TestApp;
let seed: FeedSeed;

beforeAll(async () => {
  app = await startTestApp({}, { clock: new StoppedClock() });
  seed = new FeedSeed(app.get(Database), () => NOW);
});

const insert = (entity: new () => object, row: object) => app.get(Database).manager.insert(entity, row);
const at = (instant: string): Date => new Date(instant);
const none = { followers: 0, members: 0, posts: 0, likes: 0, comments: 0 };

async function liked(postId: number, creatorId: number, createdAt: Date, isLiked = true): Promise<number> {
  const accountId = await seed.account();
  await insert(PostLike, { postId, accountId, creatorId, liked: isLiked, createdAt, updatedAt: createdAt });
  return accountId;
}

const commented = (postId: number, creatorId: number, authorId: number, createdAt: Date, state = 'visible') =>
  insert(PostComment, {
    postId,
    creatorId,
    authorId,
    parentId: null,
    body: 'Well',
    state,
    createdAt,
    updatedAt: createdAt,
  });

describe('GET /feed/api/stats', () => {
  it('is for creators', async () => {
    expect((await app.inject({ method: 'GET', url: '/feed/api/stats' })).statusCode).toBe(401);
    const answer = await (await loggedIn(app)).call('GET', '/feed/api/stats');
    expect([answer.statusCode, answer.json()]).toEqual([
      403,
      { detail: 'You do not have permission to perform this action.' },
    ]);
  });

  it('says what there is, and what came on each day of the creator’s calendar', async () => {
    const creator = await loggedIn(app);
    await seed.makeCreator(creator.id);
    await app.get(Database).manager.update(Account, { id: creator.id }, { timeZone: 'Asia/Kathmandu' });
    const [gold, silver, old] = [
      await seed.tier(creator.id),
      await seed.tier(creator.id, { name: 'Silver', priceRank: 100 }),
      await seed.tier(creator.id, { name: 'Old', archivedAt: NOW }),
    ];
    const people = [await seed.account(), await seed.account(), await seed.account()] as const;
    // Midnight in Kathmandu is 18:15 in UTC.
    await seed.follow(people[0], creator.id, at('2026-11-20T18:14:59.999Z'));
    await seed.follow(people[1], creator.id, at('2026-11-20T18:15:00Z'));
    await seed.follow(people[2], creator.id, at('2026-11-01T00:00:00Z'));
    await app.get(Database).manager.update(CreatorCounter, { accountId: creator.id }, { followerCount: 3 });
    await seed.member(people[0], gold, creator.id, { startedAt: at('2026-11-20T10:00:00Z') });
    await seed.member(people[0], silver, creator.id, { startedAt: at('2026-11-21T10:00:00Z') });
    await seed.member(people[1], silver, creator.id, { startedAt: at('2026-11-21T11:00:00Z') });
    await seed.member(people[2], silver, creator.id, { startedAt: NOW, endedAt: NOW });
    await seed.member(people[2], gold, creator.id, { startedAt: NOW, accessUntil: at('2026-11-21T16:00:00Z') });
    const [first, second] = (await seed.posts(creator.id, [
      { title: 'First', publishAt: at('2026-11-20T01:00:00Z'), likeCount: 2, commentCount: 1 },
      { title: 'Second', publishAt: at('2026-11-21T01:00:00Z'), likeCount: 5, counted: false },
      { publishAt: at('2026-11-22T01:00:00Z') },
      { isDraft: true },
      { publishAt: at('2026-11-21T01:00:00Z'), hiddenAt: NOW },
    ])) as [number, number];
    const reader = await liked(first, creator.id, at('2026-11-20T02:00:00Z'));
    await liked(first, creator.id, at('2026-11-20T02:01:00Z'));
    await liked(first, creator.id, at('2026-11-20T02:02:00Z'), false);
    await commented(first, creator.id, reader, at('2026-11-21T00:00:00Z'));
    await commented(first, creator.id, reader, at('2026-11-21T00:00:00Z'), 'deleted');
    const other = await seed.creator();
    const foreign = await seed.post(other, { publishAt: at('2026-11-20T01:00:00Z') });
    await liked(foreign, other, at('2026-11-20T02:00:00Z'));

    const answer = await creator.call('GET', '/feed/api/stats?days=3');
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      {
        time_zone: 'Asia/Kathmandu',
        since: '2026-11-19',
        until: '2026-11-21',
        totals: { followers: 3, members: 2, posts: 2, likes: 7, comments: 1 },
        members_by_tier: [
          { tier: silver, name: 'Silver', members: 2 },
          { tier: gold, name: 'Gold', members: 1 },
        ],
        tier_series: [
          { tier: silver, name: 'Silver', members: [0, 0, 2] },
          { tier: gold, name: 'Gold', members: [0, 1, 1] },
        ],
        money: [],
        series: [
          { date: '2026-11-19', ...none, money: [] },
          { date: '2026-11-20', followers: 1, members: 1, posts: 1, likes: 2, comments: 0, money: [] },
          { date: '2026-11-21', followers: 1, members: 2, posts: 1, likes: 0, comments: 1, money: [] },
        ],
        top_posts: [
          { id: second, title: 'Second', likes: 5, comments: 0 },
          { id: first, title: 'First', likes: 2, comments: 1 },
        ],
      },
    ]);
    await seed.member(people[2], old, creator.id);
    const withOld = (await creator.call('GET', '/feed/api/stats')).json<Stats>();
    expect(withOld['members_by_tier']).toContainEqual({ tier: old, name: 'Old', members: 1 });
  });

  it.each([
    ['', 30, '2026-10-23'],
    ['?days=1', 1, '2026-11-21'],
    ['?days=366', 366, '2025-11-21'],
    ['?days=', 30, '2026-10-23'],
  ])('of %j has so many days', async (query, days, since) => {
    const creator = await loggedIn(app);
    await seed.makeCreator(creator.id);
    const stats = (await creator.call('GET', `/feed/api/stats${query}`)).json<Stats>();
    expect([stats['since'], stats['until'], stats.series.length]).toEqual([since, '2026-11-21', days]);
    expect(stats.series.at(-1)).toEqual({ date: '2026-11-21', ...none, money: [] });
    expect(stats['totals']).toEqual(none);
  });

  it.each(['0', '367', 'x', '1.5', '-3'])('of %s days: 400', async (days) => {
    const creator = await loggedIn(app);
    await seed.makeCreator(creator.id);
    const answer = await creator.call('GET', `/feed/api/stats?days=${days}`);
    expect([answer.statusCode, Object.keys(answer.json<object>())]).toEqual([400, ['days']]);
  });
});

describe('members by tier, day by day', () => {
  const until = (stats: Stats) => stats['tier_series'] as { tier: number; members: number[] }[];

  async function creatorIn(timeZone: string) {
    const creator = await loggedIn(app);
    await seed.makeCreator(creator.id);
    await app.get(Database).manager.update(Account, { id: creator.id }, { timeZone });
    return creator;
  }

  async function held(accountId: number, tierId: number, from: string, endsAt: string | null, endedAt: string | null) {
    const membership = await app.get(Database).manager.findOneByOrFail(Membership, { accountId, tierId });
    await insert(MembershipSource, {
      membershipId: Number(membership.id),
      kind: 'order',
      reference: `${from} ${endsAt}`,
      endsAt: endsAt && at(endsAt),
      liveSlot: endedAt === null ? `order:${from}` : null,
      createdAt: at(from),
      endedAt: endedAt && at(endedAt),
    });
  }

  it('counts who was in when a day ended, in the creator’s time zone', async () => {
    const creator = await creatorIn('America/New_York');
    const [gold, silver] = [await seed.tier(creator.id), await seed.tier(creator.id, { name: 'S', priceRank: 1 })];
    const member = (startedAt: string, part: object = {}) =>
      seed.account().then((id) => seed.member(id, gold, creator.id, { startedAt: at(startedAt), ...part }));
    // Midnight in New York is 05:00 in UTC.
    await member('2020-01-01T00:00:00Z');
    await member('2026-11-20T04:59:59.999Z');
    await member('2026-11-20T05:00:00Z');
    // Over with the end of the 19th; over before it; by its date, though it is noticed later; not yet.
    await member('2026-11-01T00:00:00Z', { endedAt: at('2026-11-20T05:00:00Z') });
    await member('2026-11-01T00:00:00Z', { endedAt: at('2026-11-20T04:59:59.999Z') });
    await member('2026-11-01T00:00:00Z', {
      accessUntil: at('2026-11-20T04:00:00Z'),
      endedAt: at('2026-11-20T06:00:00Z'),
    });
    await member('2026-11-01T00:00:00Z', { accessUntil: at('2026-12-01T00:00:00Z') });
    await member('2026-11-01T00:00:00Z', { accessUntil: NOW });
    // All of it is over before the first day.
    await member('2026-10-01T00:00:00Z', { endedAt: at('2026-10-30T00:00:00Z') });
    const stats = (await creator.call('GET', '/feed/api/stats?days=4')).json<Stats>();
    expect(until(stats)).toEqual([
      { tier: silver, name: 'S', members: [0, 0, 0, 0] },
      // The 18th, 19th, 20th, and now.
      { tier: gold, name: 'Gold', members: [6, 5, 5, 4] },
    ]);
    expect(stats['members_by_tier']).toContainEqual({ tier: gold, name: 'Gold', members: 4 });
  });

  it('knows of spans before the last one, and counts nobody twice', async () => {
    const creator = await creatorIn('UTC');
    const gold = await seed.tier(creator.id, { archivedAt: NOW });
    const person = await seed.account();
    await seed.member(person, gold, creator.id, {
      startedAt: at('2026-11-20T12:00:00Z'),
      endedAt: at('2026-11-21T12:00:00Z'),
    });
    await held(person, gold, '2026-11-10T12:00:00Z', '2026-11-16T12:00:00Z', '2026-11-16T12:00:30Z');
    // Within it, and beyond it: together from the 10th to the 17th.
    await held(person, gold, '2026-11-12T12:00:00Z', '2026-11-14T12:00:00Z', '2026-11-14T12:00:00Z');
    await held(person, gold, '2026-11-15T12:00:00Z', '2026-11-30T12:00:00Z', '2026-11-17T12:00:00Z');
    await held(person, gold, '2026-11-20T12:00:00Z', null, '2026-11-21T12:00:00Z');
    const stats = (await creator.call('GET', '/feed/api/stats?days=13')).json<Stats>();
    // The 9th to the 21st.
    expect(until(stats)).toEqual([{ tier: gold, name: 'Gold', members: [0, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0] }]);
    expect(stats['members_by_tier']).toEqual([]);
  });

  it('has a hundred tiers at most, those that can be had first', async () => {
    const creator = await creatorIn('UTC');
    const open = await seed.tier(creator.id, { name: 'Open', priceRank: 1 });
    const person = await seed.account();
    for (let n = 0; n < 101; n += 1) {
      const tier = await seed.tier(creator.id, { archivedAt: new Date(NOW.getTime() - n) });
      await seed.member(person, tier, creator.id, { endedAt: null });
    }
    const tiers = until((await creator.call('GET', '/feed/api/stats?days=1')).json<Stats>());
    expect([tiers.length, tiers[0]?.tier]).toEqual([100, open]);
  });
});

describe('GET /feed/api/userstats', () => {
  it('says what the reader has and has done', async () => {
    const reader = await loggedIn(app);
    const creator = await seed.creator();
    const tier = await seed.tier(creator);
    const ended = await seed.tier(creator);
    await seed.follow(reader.id, creator);
    await seed.follow(reader.id, 99_999_999);
    const until = at('2026-12-01T00:00:00Z');
    await seed.member(reader.id, tier, creator, { startedAt: NOW, accessUntil: until });
    await seed.member(reader.id, ended, creator, { startedAt: NOW, endedAt: NOW });
    const post = await seed.post(creator);
    const second = await seed.post(creator);
    const row = { accountId: reader.id, creatorId: creator, createdAt: NOW, updatedAt: NOW };
    await insert(PostLike, { ...row, postId: post, liked: true });
    await insert(PostLike, { ...row, postId: second, liked: false });
    await commented(post, creator, reader.id, NOW);
    await commented(post, creator, reader.id, NOW, 'hidden');
    const answer = await reader.call('GET', '/feed/api/userstats');
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      {
        following: 1,
        memberships: [{ tier, name: 'Gold', creator, since: NOW.toISOString(), access_until: until.toISOString() }],
        likes: 1,
        comments: 1,
        paid: [],
        member_since: NOW.toISOString(),
      },
    ]);
    expect((await app.inject({ method: 'GET', url: '/feed/api/userstats' })).statusCode).toBe(401);
  });
});
