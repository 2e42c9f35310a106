import { PostClosingService } from '../../src/content/post/post-closing.service';
import { PublishingJob } from '../../src/content/post/publishing.job';
import { Database, statement } from '../../src/infra/database/database';
import { OutboxService } from '../../src/infra/outbox/outbox.service';
import { UnitOfWork } from '../../src/infra/database/unit-of-work';
import { PostListingService } from '../../src/content/post/post-listing.service';
import { loggedIn, type LoggedIn } from '../factories/administrator';
import { aPost, type AnsweredPost } from '../factories/post';
import { aCreator, aTier, memberOf } from '../factories/tier';
import { MovableClock } from '../fakes/movable-clock';
import { startTestApp, type TestApp } from '../setup/test-app';

const URL = '/content/api/content/';
const SECOND_MS = 1000;
const IS_OUT = ['This post is out already.'];
const IN_FUTURE = ['This must be in the future.'];
const REQUIRED = ['This field is required.'];

const COUNTER = statement('test.post-count', 'select post_count as count from creator_counter where account_id = $1');
const COUNTED = statement('test.counted', 'select counted, listed from post where id = $1');
const LEFT = statement('test.posts-left', 'select count(*) as count from post where creator_id = $1');
const HIDE = statement('test.hide-post', 'update post set hidden_at = $2 where id = $1');
const WORDS = statement(
  'test.published-words',
  `select document @@ to_tsquery('simple', $2) as found from post_search where post_id = $1`,
  `select document regexp $2 as found from post_search where post_id = $1`,
);
const TITLE = statement(
  'test.post-title',
  `select document @@ to_tsquery('simple', $2 || ':A') as found from post_search where post_id = $1`,
  'select title regexp $2 as found from post_search where post_id = $1',
);

const clock = new MovableClock();
let app: TestApp;
let creator: LoggedIn;
let published: unknown[];

beforeAll(async () => {
  app = await startTestApp({ ACCESS_TOKEN_TTL: '1d' }, { clock });
  const outbox = app.get(OutboxService);
  const publish = outbox.publish.bind(outbox);
  jest.spyOn(outbox, 'publish').mockImplementation((fact) => {
    if (fact.topic === 'post-published') published.push(fact.payload);
    return publish(fact);
  });
});

beforeEach(async () => {
  creator = await aCreator(app);
  published = [];
});

const inSeconds = (seconds: number): string => new Date(clock.now().getTime() + seconds * SECOND_MS).toISOString();
const patch = (id: number, body: object) => creator.call('PATCH', `${URL}${id}/`, body);
const faultsOf = async (answering: ReturnType<LoggedIn['call']>): Promise<unknown> => {
  const answer = await answering;
  expect(answer.statusCode).toBe(400);
  return answer.json();
};
const counter = async (): Promise<number | undefined> =>
  (await app.get(Database).first<{ count: number }>(COUNTER, [creator.id]))?.count;
const stateOf = async (id: number) => {
  const row = await app.get(Database).first<{ counted: unknown; listed: unknown }>(COUNTED, [id]);
  return row && { counted: Boolean(row.counted), listed: Boolean(row.listed) };
};
const own = async (query = ''): Promise<{ count: number; results: AnsweredPost[] }> =>
  (await creator.call('GET', `${URL}?creator=${creator.id}${query}`)).json();
const seen = async (query: string): Promise<{ count: number; results: AnsweredPost[] }> =>
  (await app.inject({ method: 'GET', url: `${URL}?${query}` })).json();
const idsOf = ({ results }: { results: AnsweredPost[] }): number[] => results.map(({ id }) => id);
const fact = (id: number): object => ({ post_id: id, creator_id: creator.id });

describe('status', () => {
  it.each([
    [{ status: 'scheduled' }, { publish_at: REQUIRED }],
    [{ status: 'scheduled', publish_at: null }, { publish_at: REQUIRED }],
    [{ status: 'scheduled', publish_at: '2020-01-01T00:00:00Z' }, { publish_at: IN_FUTURE }],
    [{ publish_at: '2020-01-01T00:00:00Z' }, { publish_at: IN_FUTURE }],
    [{ publish_at: 'soon' }, { publish_at: [expect.stringContaining('wrong format') as string] }],
    [
      { status: 'published', publish_at: '9999-01-01T00:00:00Z' },
      { publish_at: ['What is published now has no other time: leave it out, or schedule the post.'] },
    ],
  ])('a new post with %j: 400', async (part, faults) => {
    expect(await faultsOf(creator.call('POST', URL, { title: 'Never', ...part }))).toEqual(faults);
  });

  it('a draft has no time, becomes scheduled, a draft again, and is out at last', async () => {
    const { id, ...draft } = await aPost(app, creator, { status: 'draft', publish_at: inSeconds(60) });
    expect(draft).toMatchObject({ status: 'draft', publish_at: null });
    const publish_at = inSeconds(600);
    expect((await patch(id, { publish_at })).json()).toMatchObject({ status: 'scheduled', publish_at });
    const later = inSeconds(900);
    expect((await patch(id, { publish_at: later })).json()).toMatchObject({ status: 'scheduled', publish_at: later });
    expect(await faultsOf(patch(id, { publish_at: null }))).toEqual({ publish_at: REQUIRED });
    expect(await faultsOf(patch(id, { publish_at: inSeconds(-1) }))).toEqual({ publish_at: IN_FUTURE });
    expect((await patch(id, { status: 'draft' })).json()).toMatchObject({ status: 'draft', publish_at: null });
    expect(await faultsOf(patch(id, { status: 'scheduled' }))).toEqual({ publish_at: REQUIRED });
    expect((await patch(id, { title: 'Renamed' })).json()).toMatchObject({ status: 'draft' });
    expect([published, await counter()]).toEqual([[], undefined]);
    const answer = (await patch(id, { status: 'published' })).json<AnsweredPost>();
    expect(answer).toMatchObject({ status: 'published', publish_at: answer.updated_at });
    expect([published, await counter()]).toEqual([[fact(id)], 1]);
  });

  it('what is scheduled can be published now, with the time it had', async () => {
    const publish_at = inSeconds(600);
    const { id } = await aPost(app, creator, { publish_at });
    expect((await patch(id, { status: 'published', publish_at })).json()).toMatchObject({ status: 'published' });
    expect([published, await counter()]).toEqual([[fact(id)], 1]);
  });

  it('what is out stays out, at its time', async () => {
    const { id, publish_at } = await aPost(app, creator);
    expect(await faultsOf(patch(id, { status: 'draft' }))).toEqual({ status: IS_OUT });
    expect(await faultsOf(patch(id, { status: 'scheduled', publish_at: inSeconds(60) }))).toEqual({ status: IS_OUT });
    expect(await faultsOf(patch(id, { publish_at: inSeconds(60) }))).toEqual({ publish_at: IS_OUT });
    expect(await faultsOf(patch(id, { publish_at: null }))).toEqual({ publish_at: IS_OUT });
    clock.advance(SECOND_MS);
    expect((await patch(id, { status: 'published', title: 'Renamed' })).json()).toMatchObject({ publish_at });
    expect([published, await counter()]).toEqual([[fact(id)], 1]);
  });
});

describe('early access', () => {
  it('of a post for tiers is for one of them, who keeps it', async () => {
    const [{ id: gold }, { id: silver }] = [await aTier(app, creator), await aTier(app, creator)];
    const early = [{ tier: silver, from: inSeconds(300) }];
    const publish_at = inSeconds(600);
    const fault = { early: [`Tier ${silver} is not among the tiers.`] };
    const add = (body: object) => faultsOf(creator.call('POST', URL, { title: 'Never', publish_at, early, ...body }));
    expect(await add({ tiers: [gold] })).toEqual(fault);
    const { id } = await aPost(app, creator, { publish_at, early, tiers: [gold, silver] });
    expect(await faultsOf(patch(id, { tiers: [gold] }))).toEqual(fault);
    expect((await patch(id, { tiers: [gold], early: [] })).statusCode).toBe(200);
    expect(await faultsOf(patch(id, { early }))).toEqual(fault);
    const { id: open } = await aPost(app, creator, { publish_at, early });
    expect(await faultsOf(patch(open, { tiers: [gold] }))).toEqual(fault);
    expect((await patch(open, { tiers: [silver] })).statusCode).toBe(200);
    await patch(open, { status: 'published' });
    expect((await patch(open, { tiers: [gold] })).json()).toMatchObject({ early, tiers: [gold] });
  });

  it('is given to own tiers, once each, before the post is out', async () => {
    const { id: tier } = await aTier(app, creator);
    const publish_at = inSeconds(600);
    const from = inSeconds(300);
    const early = [{ tier, from }];
    const { id, ...scheduled } = await aPost(app, creator, { publish_at, early });
    expect(scheduled.early).toEqual(early);
    const add = (body: object) => faultsOf(creator.call('POST', URL, { title: 'Never', ...body }));
    const late = { early: ['Early access begins before publish_at.'] };
    expect(await add({ publish_at, early: [{ tier, from: publish_at }] })).toEqual(late);
    expect(await add({ publish_at, early: [...early, { tier, from: inSeconds(200) }] })).toEqual({
      early: ['A tier is named twice.'],
    });
    const out = { early: ['Only a draft or a scheduled post can be opened early.'] };
    expect(await add({ early })).toEqual(out);
    // What the draft says is looked at when its time is set.
    expect((await patch(id, { status: 'draft' })).json()).toMatchObject({ early });
    expect(await faultsOf(patch(id, { publish_at: inSeconds(200) }))).toEqual(late);
    expect((await patch(id, { status: 'published' })).json()).toMatchObject({ early });
    expect(await faultsOf(patch(id, { early: [] }))).toEqual(out);
    expect((await patch(id, { early, title: 'Renamed' })).statusCode).toBe(200);
  });
});

describe('lists', () => {
  it('newest first; the author’s own with drafts, then what is scheduled', async () => {
    const out = [(await aPost(app, creator)).id, (await aPost(app, creator)).id];
    const scheduled = [];
    for (const seconds of [900, 600])
      scheduled.push((await aPost(app, creator, { publish_at: inSeconds(seconds) })).id);
    const drafts = [
      (await aPost(app, creator, { status: 'draft' })).id,
      (await aPost(app, creator, { status: 'draft' })).id,
    ];
    const all = await own();
    expect([all.count, idsOf(all)]).toEqual([6, [...drafts.reverse(), ...scheduled, ...out.reverse()]]);
    const page = await own('&page=2&page_size=4');
    expect([page.count, idsOf(page)]).toEqual([6, out]);
    const strangers = await seen(`creator=${creator.id}`);
    expect([strangers.count, idsOf(strangers)]).toEqual([2, out]);
    const everybody = await seen('page_size=2');
    expect(idsOf(everybody)).toEqual(out);
    expect((await seen('page_size=1&page=2')).results[0]?.id).toBe(out[1]);
    expect((await app.inject({ method: 'GET', url: `${URL}?creator=${creator.id}&page=2` })).json()).toEqual({
      detail: 'Invalid page.',
    });
  });

  it.each(['x', '0', '-1'])('of creator %s: 400', async (id) => {
    const answer = await app.inject({ method: 'GET', url: `${URL}?creator=${id}` });
    expect([answer.statusCode, Object.keys(answer.json<object>())]).toEqual([400, ['creator']]);
  });

  it('what is scheduled appears by itself, is counted once, and told once', async () => {
    const before = (await seen('')).count;
    const { id } = await aPost(app, creator, { publish_at: inSeconds(30) });
    expect([(await seen(`creator=${creator.id}`)).count, (await seen('')).count]).toEqual([0, before]);
    clock.advance(31 * SECOND_MS);
    for (const query of [`creator=${creator.id}`, '']) expect((await seen(query)).results[0]?.id).toBe(id);
    expect((await seen('')).count).toBe(before + 1);
    await Promise.all([app.get(PublishingJob).run(), app.get(PublishingJob).run()]);
    expect([await counter(), await stateOf(id)]).toEqual([1, { counted: true, listed: true }]);
    expect(published).toEqual([fact(id)]);
    expect([(await seen(`creator=${creator.id}`)).count, (await seen('')).count]).toEqual([1, before + 1]);
    expect((await own()).count).toBe(1);
  });

  it('more than a batch comes out at once', async () => {
    for (let n = 0; n < 101; n++) await aPost(app, creator, { publish_at: inSeconds(60) });
    clock.advance(120 * SECOND_MS);
    await app.get(PublishingJob).run();
    expect([await counter(), published.length]).toEqual([101, 101]);
  });
});

describe('the number of posts', () => {
  it('follows publishing, editing and removing, also when all is done at once', async () => {
    const posts = await Promise.all(Array.from({ length: 12 }, () => aPost(app, creator)));
    expect(await counter()).toBe(12);
    await Promise.all(
      posts.map(({ id }, n) => (n % 2 ? creator.call('DELETE', `${URL}${id}/`) : patch(id, { title: 'Renamed' }))),
    );
    expect(await counter()).toBe(6);
    const [first] = posts;
    await Promise.all([1, 2, 3].map(() => creator.call('DELETE', `${URL}${first?.id}/`)));
    expect([await counter(), (await own()).count]).toEqual([5, 5]);
    const { id: draft } = await aPost(app, creator, { status: 'draft' });
    expect([await counter(), (await own()).count]).toEqual([5, 6]);
    await creator.call('DELETE', `${URL}${draft}/`);
    expect(await counter()).toBe(5);
  });

  it('follows what withdraws a post and puts it back, of which it is told once', async () => {
    const { id } = await aPost(app, creator);
    const settle = (hiddenAt: Date | null) =>
      app.get(UnitOfWork).run(async () => {
        await app.get(Database).execute(HIDE, [id, hiddenAt]);
        await app.get(PostListingService).settle(id);
      });
    await settle(clock.now());
    expect([await counter(), await stateOf(id)]).toEqual([0, { counted: false, listed: false }]);
    await settle(null);
    expect([await counter(), await stateOf(id)]).toEqual([1, { counted: true, listed: true }]);
    expect(published).toEqual([fact(id)]);
  });
});

describe('remove-tiers', () => {
  const removing = (method: 'DELETE' | 'POST', id: number, body: object, headers = {}) =>
    creator.call(method, `/content/api/remove-tiers/${id}/`, body, headers);

  it.each(['DELETE', 'POST'] as const)(
    '%s takes tiers off; with none left it is its author’s alone',
    async (method) => {
      const [one, two] = [(await aTier(app, creator)).id, (await aTier(app, creator)).id];
      const { id } = await aPost(app, creator, { tiers: [one, two] });
      const answer = await removing(method, id, { tiers: [two, 999_999] });
      expect([answer.statusCode, answer.headers['etag']]).toEqual([200, '"2"']);
      expect(answer.json()).toMatchObject({ id, tiers: [one], visibility: 'tiers' });
      expect((await seen(`creator=${creator.id}`)).count).toBe(1);
      expect((await removing(method, id, { tiers: [one] })).json()).toMatchObject({ tiers: [], visibility: 'tiers' });
      expect((await app.inject({ method: 'GET', url: `${URL}${id}/` })).statusCode).toBe(404);
      expect((await seen(`creator=${creator.id}`)).count).toBe(0);
      expect([await counter(), (await own()).count]).toEqual([0, 1]);
      expect((await patch(id, { tiers: [two] })).json()).toMatchObject({ tiers: [two] });
      expect([await counter(), (await seen(`creator=${creator.id}`)).count]).toEqual([1, 1]);
      expect(published).toEqual([fact(id)]);
    },
  );

  it('takes their early access along', async () => {
    const [one, two] = [(await aTier(app, creator)).id, (await aTier(app, creator)).id];
    const publish_at = inSeconds(600);
    const [before, kept] = [one, two].map((tier) => ({ tier, from: inSeconds(0) }));
    const { id } = await aPost(app, creator, { publish_at, tiers: [one, two], early: [before, kept] });
    const member = await loggedIn(app);
    await memberOf(app, member, { id: one });
    const status = async () => (await member.call('GET', `${URL}${id}/`)).statusCode;
    expect(await status()).toBe(200);
    expect((await removing('DELETE', id, { tiers: [one] })).json()).toMatchObject({ tiers: [two], early: [kept] });
    expect(await status()).toBe(404);
    expect((await patch(id, { tiers: [two] })).statusCode).toBe(200);
    // What the post doesn't have is passed over.
    const { id: open } = await aPost(app, creator, { publish_at, visibility: 'followers', early: [before] });
    expect((await removing('POST', open, { tiers: [one] })).json()).toMatchObject({ tiers: [], early: [before] });
  });

  it.each(['DELETE', 'POST'] as const)('%s: refusals', async (method) => {
    const { id } = await aPost(app, creator, { tiers: [(await aTier(app, creator)).id] });
    const { id: draft } = await aPost(app, creator, { status: 'draft' });
    expect((await removing(method, id, {})).json()).toEqual({ tiers: REQUIRED });
    expect((await removing(method, id, { tiers: ['x'] })).statusCode).toBe(400);
    expect((await removing(method, id, { tiers: [] }, { 'if-match': '"7"' })).statusCode).toBe(412);
    const rival = await loggedIn(app);
    const statuses = [];
    for (const post of [id, draft, 999_999]) {
      statuses.push((await rival.call(method, `/content/api/remove-tiers/${post}/`, { tiers: [] })).statusCode);
    }
    expect(statuses).toEqual([403, 404, 404]);
    const stranger = await app.inject({ method, url: `/content/api/remove-tiers/${id}/`, payload: { tiers: [] } });
    expect(stranger.statusCode).toBe(401);
  });
});

it('the words of a post are found, and those of an edit', async () => {
  const { id } = await aPost(app, creator, { title: 'Quince', teaser: 'Medlar', body: 'Some **ber**gamot <i>' });
  const found = async (words = WORDS, ...texts: string[]): Promise<boolean[]> => {
    const rows = texts.map((text) => app.get(Database).first<{ found: unknown }>(words, [id, text]));
    return (await Promise.all(rows)).map((row) => Boolean(row?.found));
  };
  expect(await found(WORDS, 'quince', 'medlar', 'bergamot', 'apple')).toEqual([true, true, true, false]);
  expect(await found(TITLE, 'quince', 'medlar')).toEqual([true, false]);
  await patch(id, { title: 'Apple', body: '' });
  expect(await found(WORDS, 'quince', 'medlar', 'bergamot', 'apple')).toEqual([false, true, false, true]);
});

it('a closed account’s posts go, and nobody else’s', async () => {
  const other = await aCreator(app);
  const kept = await aPost(app, other);
  const { id: tier } = await aTier(app, creator);
  for (let n = 0; n < 51; n++) await aPost(app, creator, n % 2 ? { tiers: [tier] } : {});
  expect((await creator.call('DELETE', '/api/user/delete/')).statusCode).toBe(204);
  await app.drained();
  await app.get(PostClosingService).close(creator.id);
  expect([(await app.get(Database).first<{ count: number }>(LEFT, [creator.id]))?.count, await counter()]).toEqual([
    0,
    undefined,
  ]);
  expect((await other.call('GET', `${URL}${kept.id}/`)).statusCode).toBe(200);
});
