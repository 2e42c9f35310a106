import { Database, statement } from '../../src/infra/database/database';
import type { TierResponse } from '../../src/subscription/tier/dto/tier.response';
import { administrator, loggedIn, type LoggedIn } from '../factories/administrator';
import { FeedSeed } from '../factories/feed-seed';
import { aCreator, aTier, memberOf } from '../factories/tier';
import { startTestApp, type TestApp } from '../setup/test-app';

interface PageOf<T> {
  readonly count: number;
  readonly next: string | null;
  readonly results: T[];
}

interface PriceRow {
  readonly currency: string;
  readonly amount: number;
  readonly version: number;
  readonly slot: string | null;
  readonly replaced: Date | null;
}

const TIERS = '/content/api/tiers/';
const FORBIDDEN = { detail: 'You do not have permission to perform this action.' };
const PRICES = statement(
  'test.tier-prices',
  `select currency, amount, version, current_slot as slot, replaced_at as replaced from tier_price
    where tier_id = $1 order by id`,
);
const RANK = statement('test.tier-rank', 'select price_rank as "rank" from tier where id = $1');
const NAME_IN_POST = statement('test.tier-in-post', 'insert into post_tier (post_id, tier_id) values ($1, $2)');
const POST = statement(
  'test.tier-post',
  `insert into post (creator_id, kind, title, teaser, body, body_html, visibility, created_at, updated_at)
   values ($1, 'text', '', '', '', '', 'tiers', $2, $2) returning id`,
);

const at = (id: number) => `${TIERS}${id}/`;
const inr = (amount: number) => ({ currency: 'INR', amount }) as const;
const usd = (amount: number) => ({ currency: 'USD', amount }) as const;

let app: TestApp;
let admin: LoggedIn;
let creator: LoggedIn;
let other: LoggedIn;

beforeAll(async () => {
  app = await startTestApp();
  admin = await administrator(app);
  creator = await aCreator(app);
  other = await aCreator(app);
});

const priceRows = (id: number) => app.get(Database).rows<PriceRow>(PRICES, [id]);
const rank = async (id: number) => (await app.get(Database).first<{ rank: number }>(RANK, [id]))?.rank;
const shown = async (id: number) => (await app.inject({ url: at(id) })).json<TierResponse>();
const listed = async (query: string, who?: LoggedIn) => {
  const answer = await (who ? who.call('GET', TIERS + query) : app.inject({ url: TIERS + query }));
  return answer.json<PageOf<TierResponse>>().results.map(({ id }) => id);
};

async function namedByPost(tierId: number): Promise<void> {
  const database = app.get(Database);
  const { insertId } = await database.execute(POST, [creator.id, new Date()]);
  await database.execute(NAME_IN_POST, [insertId, tierId]);
}

async function aCourse(owner: LoggedIn, run: string): Promise<string> {
  const course_id = `course-v1:Org+Sold+${run}`;
  const body = { course_id, display_name: 'Sold', owners: [owner.id] };
  expect((await admin.call('POST', '/admin/courses/', body)).statusCode).toBe(201);
  return course_id;
}

describe('making a tier', () => {
  it('answers it whole, the price at home first', async () => {
    const course_id = await aCourse(creator, 'whole');
    const body = {
      name: '  Gold ',
      description: '',
      prices: [usd(500), inr(19900)],
      member_limit: 30,
      course_ids: ['slashes:Org+Sold+whole', course_id],
    };
    const answer = await creator.call('POST', TIERS, body);
    expect([answer.statusCode, answer.headers['etag'], answer.json<object>()]).toEqual([
      201,
      '"1"',
      {
        id: expect.any(Number) as number,
        creator: creator.id,
        name: 'Gold',
        description: '',
        prices: [inr(19900), usd(500)],
        is_public: false,
        member_limit: 30,
        course_ids: [course_id],
        archived: false,
        subscriber_count: 0,
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/) as string,
      },
    ]);
    expect(await shown(answer.json<TierResponse>().id)).toEqual(answer.json());
  });

  it.each([
    [{ amount: 19900 }, [inr(19900)], 19900],
    [{ amount: '19900', currency: 'USD' }, [usd(19900)], 1_000_000_019_900],
    [{ is_public: true }, [], 0],
    [{ is_public: true, prices: [] }, [], 0],
    [{ prices: [inr(100)] }, [inr(100)], 100],
    [{ prices: [inr(10_000_000_000)] }, [inr(10_000_000_000)], 10_000_000_000],
  ])('%j', async (body, prices, expected) => {
    const answer = await creator.call('POST', TIERS, { name: 'One', ...body });
    expect([answer.statusCode, answer.json<object>()]).toMatchObject([201, { prices, description: '' }]);
    expect(await rank(answer.json<TierResponse>().id)).toBe(expected);
  });

  it.each([
    [{ name: undefined }, 'name'],
    [{ name: '' }, 'name'],
    [{ name: 'n'.repeat(101) }, 'name'],
    [{ name: null }, 'name'],
    [{ name: ['x'] }, 'name'],
    [{ description: 'd'.repeat(5001) }, 'description'],
    [{ description: null }, 'description'],
    [{ prices: undefined }, 'prices'],
    [{ prices: [] }, 'prices'],
    [{ prices: null }, 'prices'],
    [{ prices: 'INR' }, 'prices'],
    [{ prices: [7] }, 'prices'],
    [{ prices: [{}] }, 'prices'],
    [{ prices: [inr(99)] }, 'prices'],
    [{ prices: [inr(10_000_000_001)] }, 'prices'],
    [{ prices: [inr(100.5)] }, 'prices'],
    [{ prices: [inr(100), inr(200)] }, 'prices'],
    [{ prices: [{ currency: 'XXX', amount: 100 }] }, 'prices'],
    [{ prices: Array.from({ length: 9 }, () => inr(100)) }, 'prices'],
    [{ prices: [inr(100)], amount: 100 }, 'amount'],
    [{ prices: undefined, amount: 99 }, 'amount'],
    [{ prices: undefined, amount: 'x' }, 'amount'],
    [{ prices: undefined, amount: 100, currency: 'BTC' }, 'currency'],
    [{ currency: 'USD' }, 'currency'],
    [{ is_public: true }, 'is_public'],
    [{ is_public: 'perhaps' }, 'is_public'],
    [{ prices: undefined, amount: 100, is_public: true }, 'is_public'],
    [{ member_limit: 0 }, 'member_limit'],
    [{ member_limit: 2_147_483_648 }, 'member_limit'],
    [{ course_ids: ['course-v1:Nobody+Has+This'] }, 'course_ids'],
    [{ course_ids: ['nonsense'] }, 'course_ids'],
    [{ course_ids: [''] }, 'course_ids'],
    [{ course_ids: Array.from({ length: 21 }, () => 'course-v1:a+b+c') }, 'course_ids'],
  ])('%j: 400', async (part, field) => {
    const answer = await creator.call('POST', TIERS, { name: 'Never', prices: [inr(100)], ...part });
    expect([answer.statusCode, Object.keys(answer.json<object>())]).toEqual([400, [field]]);
  });

  it('refuses another creator’s course, and an archived one', async () => {
    const foreign = await aCourse(other, 'foreign');
    const past = await aCourse(creator, 'past');
    const found = await admin.call('GET', `/admin/courses/?course_id=${encodeURIComponent(past)}`);
    await admin.call('DELETE', `/admin/courses/${found.json<PageOf<{ id: number }>>().results[0]?.id}/`);
    const answer = await creator.call('POST', TIERS, { name: 'No', amount: 100, course_ids: [foreign, past] });
    expect([answer.statusCode, answer.json<object>()]).toEqual([
      400,
      { course_ids: [`Course ${foreign} is not yours to sell.`, `Course ${past} is not yours to sell.`] },
    ]);
  });

  it('is for creators', async () => {
    const body = { name: 'Mine', amount: 100 };
    const answer = await (await loggedIn(app)).call('POST', TIERS, body);
    expect([answer.statusCode, answer.json<object>()]).toEqual([403, FORBIDDEN]);
    expect((await app.inject({ method: 'POST', url: TIERS, payload: body })).statusCode).toBe(401);
  });
});

describe('fifty tiers', () => {
  const FULL = [400, { non_field_errors: ['You have 50 tiers already: archive one of them first.'] }];
  const body = { name: 'Another', amount: 100 };

  async function fullCreator(): Promise<{ seller: LoggedIn; ids: number[] }> {
    const seller = await aCreator(app);
    const seed = new FeedSeed(app.get(Database));
    const ids: number[] = [];
    for (let made = 0; made < 50; made++) ids.push(await seed.tier(seller.id, { priceRank: 20_000 - made }));
    return { seller, ids };
  }

  it('are all, until one is archived', async () => {
    const { seller, ids } = await fullCreator();
    const [first = 0] = ids;
    const refused = await seller.call('POST', TIERS, body);
    expect([refused.statusCode, refused.json<object>()]).toEqual(FULL);
    expect((await seller.call('PATCH', at(first), { archived: false, name: 'Renamed' })).statusCode).toBe(200);
    expect((await seller.call('PATCH', at(first), { archived: true })).statusCode).toBe(200);
    const racing = await Promise.all(Array.from({ length: 4 }, () => seller.call('POST', TIERS, body)));
    expect(racing.map(({ statusCode }) => statusCode).sort()).toEqual([201, 400, 400, 400]);
    const back = await seller.call('PATCH', at(first), { archived: false });
    expect([back.statusCode, back.json<object>()]).toEqual(FULL);
    expect((await seller.call('PATCH', at(first), { name: 'Old' })).statusCode).toBe(200);
  });

  it('one comes back from the archive, or another is made, never both', async () => {
    const { seller, ids } = await fullCreator();
    const [first = 0] = ids;
    await seller.call('PATCH', at(first), { archived: true });
    const both = await Promise.all([
      seller.call('PATCH', at(first), { archived: false }),
      seller.call('POST', TIERS, body),
    ]);
    expect(
      both
        .map(({ statusCode }) => statusCode)
        .sort()
        .at(-1),
    ).toBe(400);
  });

  it('are the most that a profile shows: the cheapest', async () => {
    const { seller, ids } = await fullCreator();
    const dear = await new FeedSeed(app.get(Database)).tier(seller.id, { priceRank: 30_000 });
    const { tiers } = (await app.inject({ url: `/feed/api/user-profile/${seller.id}` })).json<{
      tiers: { id: number }[];
    }>();
    expect(tiers.map(({ id }) => id)).toEqual([...ids].reverse());
    expect(ids).not.toContain(dear);
  });
});

describe('reading', () => {
  it('lists a creator’s tiers to anybody, newest first, in pages', async () => {
    const somebody = await aCreator(app);
    const ids: number[] = [];
    for (let made = 0; made < 3; made++) ids.unshift((await aTier(app, somebody)).id);
    expect(await listed(`?creator=${somebody.id}`)).toEqual(ids);
    expect(await listed('?page_size=3')).toEqual(ids);
    const first = await app.inject({ url: `${TIERS}?creator=${somebody.id}&page_size=2` });
    expect(first.json<object>()).toMatchObject({ count: 3, results: [{ id: ids[0] }, { id: ids[1] }], previous: null });
    expect(first.json<PageOf<object>>().next).toMatch(/\?creator=\d+&page_size=2&page=2$/);
    expect(await listed(`?creator=${somebody.id}&page_size=2&page=2`)).toEqual([ids[2]]);
  });

  it.each([
    ['?creator=999999', 200, { count: 0, results: [] }],
    ['?creator=9007199254740991', 200, { count: 0 }],
    ['?creator=x', 400, { creator: ['A valid integer is required.'] }],
    ['?creator=0', 400, { creator: [expect.any(String)] }],
    ['?archived=perhaps', 400, { archived: ['Must be a valid boolean.'] }],
    ['?creator=1&page=9999', 404, { detail: 'Invalid page.' }],
    ['?page=x', 404, { detail: 'Invalid page.' }],
    ['?archived=true&creator=9007199254740991', 200, { count: 0 }],
  ])('%s: %i', async (query, status, body) => {
    const answer = await app.inject({ url: TIERS + query });
    expect([answer.statusCode, answer.json<object>()]).toMatchObject([status, body]);
  });

  it.each(['999999', 'x', '0', '-1', '9'.repeat(30)])('%s is not there', async (id) => {
    for (const method of ['GET', 'PATCH', 'DELETE'] as const) {
      const answer = await creator.call(method, `${TIERS}${id}/`, method === 'PATCH' ? {} : undefined);
      expect([answer.statusCode, answer.json<object>()]).toEqual([404, { detail: 'Not found.' }]);
    }
  });

  it('counts members', async () => {
    const tier = await aTier(app, creator);
    await memberOf(app, other, tier);
    expect(await shown(tier.id)).toMatchObject({ subscriber_count: 1 });
  });
});

describe('changing', () => {
  it('changes what is given', async () => {
    const tier = await aTier(app, creator, { member_limit: 5, description: 'Kept' });
    const answer = await creator.call('PATCH', at(tier.id), { name: 'New', member_limit: null });
    expect([answer.statusCode, answer.json<object>()]).toEqual([200, { ...tier, name: 'New', member_limit: null }]);
    expect(await shown(tier.id)).toEqual(answer.json());
  });

  it('makes a new version of a price that changes, and keeps the others', async () => {
    const { id } = await aTier(app, creator, { prices: [inr(100), usd(500)] });
    const answer = await creator.call('PATCH', at(id), { prices: [usd(500), inr(200)] });
    expect(answer.json<object>()).toMatchObject({ prices: [inr(200), usd(500)] });
    expect(await priceRows(id)).toMatchObject([
      { ...inr(100), version: 1, slot: null, replaced: expect.any(Date) as Date },
      { ...usd(500), version: 1, slot: 'USD', replaced: null },
      { ...inr(200), version: 2, slot: 'INR', replaced: null },
    ]);
    expect(await rank(id)).toBe(200);
    expect((await creator.call('PATCH', at(id), { amount: 100 })).json<object>()).toMatchObject({
      prices: [inr(100), usd(500)],
    });
    expect((await creator.call('PATCH', at(id), { prices: [usd(500)] })).json<object>()).toMatchObject({
      prices: [usd(500)],
    });
    expect(await rank(id)).toBe(1_000_000_000_500);
    expect((await priceRows(id)).map(({ version, slot }) => [version, slot])).toEqual([
      [1, null],
      [1, 'USD'],
      [2, null],
      [3, null],
    ]);
  });

  it('ten at once leave one current price of each version', async () => {
    const { id } = await aTier(app, creator, { amount: 100, prices: undefined });
    const amounts = Array.from({ length: 10 }, (_, index) => 1000 + index);
    const answers = await Promise.all(amounts.map((amount) => creator.call('PATCH', at(id), { amount })));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(amounts.map(() => 200));
    const rows = await priceRows(id);
    expect(rows.map(({ version }) => version)).toEqual(Array.from({ length: 11 }, (_, index) => index + 1));
    const current = rows.filter(({ slot }) => slot !== null);
    expect(current.map(({ version }) => version)).toEqual([11]);
    expect((await shown(id)).prices).toEqual([inr(current[0]?.amount ?? 0)]);
  });

  it('frees a tier and sells it again', async () => {
    const { id } = await aTier(app, creator);
    const freed = await creator.call('PATCH', at(id), { is_public: true });
    expect([freed.statusCode, freed.json<object>()]).toMatchObject([200, { is_public: true, prices: [] }]);
    expect((await priceRows(id)).map(({ slot }) => slot)).toEqual([null]);
    expect((await creator.call('PATCH', at(id), { amount: 500 })).json<object>()).toHaveProperty('is_public');
    expect((await creator.call('PATCH', at(id), { is_public: false })).statusCode).toBe(400);
    const sold = await creator.call('PATCH', at(id), { is_public: false, amount: 500 });
    expect([sold.statusCode, sold.json<object>()]).toMatchObject([200, { is_public: false, prices: [inr(500)] }]);
  });

  it('keeps the limit above the members there are', async () => {
    const tier = await aTier(app, creator);
    await memberOf(app, other, tier);
    await memberOf(app, admin, tier);
    const answer = await creator.call('PATCH', at(tier.id), { member_limit: 1 });
    expect([answer.statusCode, answer.json<object>()]).toEqual([
      400,
      { member_limit: ['This tier has 2 members already.'] },
    ]);
    expect((await creator.call('PATCH', at(tier.id), { member_limit: 2 })).statusCode).toBe(200);
  });

  it('takes back a whole answer, though comps have filled it above its limit', async () => {
    const { id } = await aTier(app, creator, { member_limit: 1 });
    for (const person of [other, admin]) {
      const comp = { account: person.id, tier: id, reason: 'Helped.' };
      expect((await admin.call('POST', '/admin/memberships/', comp)).statusCode).toBe(201);
    }
    const whole = await shown(id);
    expect(whole).toMatchObject({ member_limit: 1, subscriber_count: 2 });
    const answer = await creator.call('PATCH', at(id), { ...whole, name: 'Renamed' });
    expect([answer.statusCode, answer.json<object>()]).toMatchObject([200, { name: 'Renamed', member_limit: 1 }]);
  });

  it.each([
    [{ name: '' }, 'name'],
    [{ name: null }, 'name'],
    [{ prices: [] }, 'prices'],
    [{ is_public: true, prices: [inr(100)] }, 'is_public'],
    [{ course_ids: ['course-v1:Nobody+Has+This'] }, 'course_ids'],
    [{ archived: 'x' }, 'archived'],
  ])('%j: 400, and nothing changes', async (body, field) => {
    const tier = await aTier(app, creator);
    const answer = await creator.call('PATCH', at(tier.id), { description: 'Changed', ...body });
    expect([answer.statusCode, Object.keys(answer.json<object>())]).toEqual([400, [field]]);
    expect(await shown(tier.id)).toEqual(tier);
  });

  it('is for its creator alone', async () => {
    const { id } = await aTier(app, creator);
    for (const who of [other, admin]) {
      for (const answer of [await who.call('PATCH', at(id), { name: 'Theirs' }), await who.call('DELETE', at(id))]) {
        expect([answer.statusCode, answer.json<object>()]).toEqual([403, FORBIDDEN]);
      }
    }
    expect((await app.inject({ method: 'DELETE', url: at(id) })).statusCode).toBe(401);
    expect((await app.inject({ method: 'PATCH', url: at(id), payload: {} })).statusCode).toBe(401);
  });
});

describe('deleting', () => {
  const archivedIds = (who?: LoggedIn) => listed(`?archived=true&creator=${creator.id}&page_size=100`, who);

  it('an unused tier is gone, with its prices', async () => {
    const { id } = await aTier(app, creator);
    await creator.call('PATCH', at(id), { amount: 500 });
    expect((await creator.call('DELETE', at(id))).statusCode).toBe(204);
    expect((await app.inject({ url: at(id) })).statusCode).toBe(404);
    expect(await priceRows(id)).toEqual([]);
  });

  it.each(['a post', 'a member', 'a former member'])('one that %s names is archived', async (what) => {
    const tier = await aTier(app, creator);
    if (what === 'a post') await namedByPost(tier.id);
    else await memberOf(app, other, tier, what === 'a member' ? {} : { endsAt: new Date(1) });
    expect((await creator.call('DELETE', at(tier.id))).statusCode).toBe(204);
    expect((await creator.call('DELETE', at(tier.id))).statusCode).toBe(204);
    expect(await shown(tier.id)).toMatchObject({ archived: true, prices: tier.prices });
    expect(await listed(`?creator=${creator.id}&page_size=100`, creator)).not.toContain(tier.id);
    expect(await archivedIds(creator)).toContain(tier.id);
    expect(await archivedIds(admin)).toContain(tier.id);
    expect(await listed('?archived=true&page_size=100', admin)).toContain(tier.id);
    expect(await archivedIds(other)).toEqual([]);
    expect(await archivedIds()).toEqual([]);
    const back = await creator.call('PATCH', at(tier.id), { archived: false });
    expect([back.statusCode, back.json<object>()]).toMatchObject([200, { archived: false }]);
    expect(await listed(`?creator=${creator.id}&page_size=100`)).toContain(tier.id);
    expect(await archivedIds(creator)).not.toContain(tier.id);
  });
});

describe('If-Match', () => {
  const STALE = { detail: 'This has been changed since you read it.' };
  const change = (id: number, tag: string) => creator.call('PATCH', at(id), { name: 'New' }, { 'if-match': tag });

  it('holds back a change of what has been changed since', async () => {
    const { id } = await aTier(app, creator);
    const read = String((await app.inject({ url: at(id) })).headers['etag']);
    expect(read).toBe('"1"');
    const changed = await change(id, read);
    expect([changed.statusCode, changed.headers['etag']]).toEqual([200, '"2"']);
    const stale = await change(id, read);
    expect([stale.statusCode, stale.json<object>(), stale.headers['etag']]).toEqual([412, STALE, undefined]);
    const kept = await creator.call('DELETE', at(id), undefined, { 'if-match': read });
    expect([kept.statusCode, kept.json<object>()]).toEqual([412, STALE]);
    expect((await change(id, '*')).headers['etag']).toBe('"3"');
    expect((await change(id, '"1", "3"')).headers['etag']).toBe('"4"');
    expect((await creator.call('PATCH', at(id), { name: 'Newer' })).headers['etag']).toBe('"5"');
    expect((await app.inject({ url: at(id) })).headers['etag']).toBe('"5"');
    expect((await creator.call('DELETE', at(id), undefined, { 'if-match': '"5"' })).statusCode).toBe(204);
  });

  it('lets one of ten through', async () => {
    const { id } = await aTier(app, creator);
    const answers = await Promise.all(Array.from({ length: 10 }, () => change(id, '"1"')));
    const statuses = answers.map(({ statusCode }) => statusCode).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 412)]);
  });

  it('does not hold back for a new member', async () => {
    const tier = await aTier(app, creator);
    await memberOf(app, other, tier);
    expect((await change(tier.id, '"1"')).statusCode).toBe(200);
  });
});

it('the tiers of an account that closes are archived, and seen by nobody', async () => {
  const leaver = await aCreator(app);
  const tier = await aTier(app, leaver);
  expect((await leaver.call('DELETE', '/api/user/delete/')).statusCode).toBe(204);
  expect((await app.inject({ url: at(tier.id) })).statusCode).toBe(404);
  await app.drained();
  expect(await listed(`?creator=${leaver.id}`)).toEqual([]);
  const archived = statement('test.tier-archived', 'select archived_at as at from tier where id = $1');
  expect(await app.get(Database).first(archived, [tier.id])).toEqual({ at: expect.any(Date) as Date });
});
