import { AccountService } from '../../src/auth/account/account.service';
import { Database } from '../../src/infra/database/database';
import { CreatorNameService } from '../../src/feed/search/creator-name.service';
import { type LoggedIn, loggedIn } from '../factories/administrator';
import { FeedSeed, MINUTE_MS } from '../factories/feed-seed';
import { aPost, type AnsweredPost } from '../factories/post';
import { aCreator } from '../factories/tier';
import { startTestApp, type TestApp } from '../setup/test-app';

interface Found {
  readonly creators: { readonly id: number; readonly username: string }[];
  readonly posts: {
    readonly count: number;
    readonly next: string | null;
    readonly previous: string | null;
    readonly results: AnsweredPost[];
  };
}

let app: TestApp;
let seed: FeedSeed;

beforeAll(async () => {
  app = await startTestApp();
  seed = new FeedSeed(app.get(Database));
});

const ago = (minutes: number): Date => new Date(Date.now() - minutes * MINUTE_MS);
const idsOf = ({ posts }: Found): number[] => posts.results.map(({ id }) => id);

async function search(q: string, by?: LoggedIn, query = ''): Promise<Found> {
  const url = `/feed/api/search?q=${encodeURIComponent(q)}${query}`;
  const answer = await (by === undefined ? app.inject({ method: 'GET', url }) : by.call('GET', url));
  expect([answer.statusCode, q]).toEqual([200, q]);
  return answer.json<Found>();
}

/** A creator whose name can be found. */
async function named(username: string, part: { firstName?: string; lastName?: string } = {}): Promise<number> {
  const id = await seed.creator({ username, ...part });
  await app.get(CreatorNameService).refresh(id);
  return id;
}

describe('q', () => {
  it.each([
    ['', { q: ['This field is required.'] }],
    ['?q=', { q: ['This field may not be blank.'] }],
    ['?q=%20%20', { q: ['This field may not be blank.'] }],
    [`?q=${'x'.repeat(101)}`, { q: ['Ensure this field has no more than 100 characters.'] }],
    ['?q=a%00b', { q: ['Null characters are not allowed.'] }],
  ])('%j: 400', async (query, errors) => {
    const answer = await app.inject({ method: 'GET', url: `/feed/api/search${query}` });
    expect([answer.statusCode, answer.json()]).toEqual([400, errors]);
  });

  it.each([
    '"',
    "'",
    '\\',
    '-',
    '!',
    '&|',
    '(',
    '*',
    "a:*'",
    '+-~<>()"@',
    '%_',
    '<->',
    ':*',
    'or and not',
    '"unclosed phrase',
    '-minus',
    '日本語',
    'रवि',
    '😀',
    `${'x'.repeat(100)}`,
    '" @0 +',
    'a*b*',
    '+*',
  ])('%j is never an error', async (q) => {
    expect(await search(q)).toMatchObject({ posts: { previous: null } });
  });
});

describe('creators', () => {
  it('are found by what is nearly their name', async () => {
    const john = await named('john');
    const asha = await named('asha', { firstName: 'Asha', lastName: 'Rao' });
    const krishnamurthy = await named('t_krishnamurthy');
    const zoe = await named('singer1', { firstName: 'Zoë' });
    const found = async (q: string) => (await search(q)).creators.map(({ id }) => id);
    expect(await found('jhon')).toEqual([john]);
    expect(await found('ahsa')).toEqual([asha]);
    expect(await found('krishnamurty')).toEqual([krishnamurthy]);
    expect(await found('asha ra')).toEqual([asha]);
    expect(await found('ZOE')).toEqual([zoe]);
    expect(await found('j')).toEqual([john]);
    expect(await found('Zö')).toEqual([zoe]);
    expect(await found('zzzz')).toEqual([]);
    expect((await search('asha rao')).creators).toEqual([
      { id: asha, username: 'asha', first_name: 'Asha', last_name: 'Rao', profile_pic: '', bio: '', follower_count: 0 },
    ]);
  });

  it('are ten at most, the nearest first, then those with more followers', async () => {
    const many: number[] = [];
    for (let index = 0; index < 12; index += 1) many.push(await named(`quentin${index}`));
    const followed = many[7] ?? 0;
    await app.get(Database).manager.update('creator_counter', { accountId: followed }, { followerCount: 3 });
    const exact = await named('quentin');
    const { creators } = await search('quentin');
    expect(creators.map(({ id }) => id).slice(0, 2)).toEqual([exact, followed]);
    expect(creators).toHaveLength(10);
  });

  it('are those who are one, under the name that they have now, as long as they are here', async () => {
    const person = await loggedIn(app);
    const accounts = app.get(AccountService);
    const names = async (q: string) => {
      await app.drained();
      return (await search(q)).creators.map(({ id }) => id);
    };
    await accounts.updateProfile(person.id, { firstName: 'Wilhelmina' });
    expect(await names('wilhelmina')).toEqual([]);
    await accounts.updateProfile(person.id, { isCreator: true });
    expect(await names('wilhelmnia')).toEqual([person.id]);
    await accounts.updateProfile(person.id, { firstName: 'Ottoline' });
    expect(await names('wilhelmina')).toEqual([]);
    expect(await names('otoline')).toEqual([person.id]);
    await accounts.disable(person.id);
    expect(await names('ottoline')).toEqual([]);
    await accounts.enable(person.id);
    expect(await names('ottoline')).toEqual([person.id]);
    await accounts.close(person.id);
    expect(await names('ottoline')).toEqual([]);
    const left = await app.get(Database).manager.countBy('creator_trigram', { accountId: person.id });
    expect(left).toBe(0);
  });
});

describe('posts', () => {
  it('are found by their words, all of them, the last one unfinished', async () => {
    const creator = await seed.creator();
    const post = await seed.post(creator, {
      title: 'Marimba lessons',
      teaser: 'Gamelan too',
      body: 'Kalimba at the end',
    });
    const all = ['marimba', 'GAMELAN', 'kalimba', 'marimba kalimba', 'lessons marim', 'kalim', '"marimba" +lessons'];
    for (const q of all) expect([q, idsOf(await search(q))]).toEqual([q, [post]]);
    for (const q of ['marimba zither', 'arimba', '-marimba zither'])
      expect([q, idsOf(await search(q))]).toEqual([q, []]);
  });

  it('are found by short words, and by those that other searches leave out', async () => {
    const author = await aCreator(app);
    const { id: title } = await aPost(app, author, { title: 'AI in Go', teaser: 'Sousaphone', body: 'By C++ hands' });
    const { id: text } = await aPost(app, author, { title: 'Sousaphone', teaser: 'The Who', body: 'AI, and *go*.' });
    const found = async (q: string) => idsOf(await search(`sousaphone ${q}`)).sort((a, b) => a - b);
    for (const q of ['AI', 'ai', 'go', 'ai go', 'Go AI']) expect([q, await found(q)]).toEqual([q, [title, text]]);
    for (const q of ['in', 'C++', 'c', 'by', 'in C++ go']) expect([q, await found(q)]).toEqual([q, [title]]);
    for (const q of ['who', 'the who', 'the', 'and']) expect([q, await found(q)]).toEqual([q, [text]]);
    // The last word may be unfinished, from three letters on.
    for (const q of ['an', 'wh', 'C+++ d']) expect([q, await found(q)]).toEqual([q, []]);
    expect(idsOf(await search('the who sousa'))).toEqual([text]);
    // Their words alone too, and locked posts' titles.
    expect(idsOf(await search('the who'))).toEqual([text]);
    expect(idsOf(await search('C++'))).toEqual([title]);
    const { id: locked } = await aPost(app, author, { title: 'R, or Sousaphone', body: 'ox', visibility: 'members' });
    expect([await found('R'), await found('ox')]).toEqual([[locked], []]);
    // An edit leaves no words behind.
    await author.call('PATCH', `/content/api/content/${text}/`, { teaser: 'No' });
    expect([await found('who'), await found('no'), await found('ai')]).toEqual([[], [text], [title, text]]);
  });

  it('are ranked: title before text', async () => {
    const creator = await seed.creator();
    const [title, body] = await seed.posts(creator, [
      { title: 'Oboe', body: 'Reeds', publishAt: ago(60) },
      { title: 'Reeds', body: 'An oboe is made of wood', publishAt: ago(1) },
    ]);
    expect(idsOf(await search('oboe'))).toEqual([title, body]);
  });

  it('that are locked are found by their title only', async () => {
    const creator = await loggedIn(app);
    await seed.makeCreator(creator.id);
    const tier = await seed.tier(creator.id);
    const [locked, open] = await seed.posts(creator.id, [
      { title: 'Theremin', teaser: 'Waves', body: 'Ondesmartenot theremin ondesmartenot theremin', tiers: [tier] },
      { title: 'Theremin', teaser: 'Waves', body: 'Theremin once' },
    ]);
    const member = await loggedIn(app);
    await seed.member(member.id, tier, creator.id);
    const lapsed = await loggedIn(app);
    await seed.member(lapsed.id, tier, creator.id, { accessUntil: ago(1) });
    for (const by of [undefined, lapsed]) {
      expect((await search('ondesmartenot', by)).posts).toMatchObject({ count: 0, results: [] });
      expect((await search('theremin ondesmartenot', by)).posts).toMatchObject({ count: 0, results: [] });
      expect((await search('waves', by)).posts.results.map(({ id }) => id)).toEqual([open]);
      // Its text would rank it first.
      const byTitle = await search('theremin', by);
      expect(byTitle.posts).toMatchObject({
        count: 2,
        results: [{ id: open }, { id: locked, locked: true, body: null }],
      });
      // What it doesn't say does not tell of it either.
      expect((await search('theremin -ondesmartenot', by)).posts.count).toBe(0);
    }
    for (const by of [creator, member]) {
      const found = (await search('ondesmartenot', by)).posts;
      expect(found).toMatchObject({ count: 1, results: [{ id: locked, locked: false }] });
    }
  });

  it('that are not out are found by nobody', async () => {
    const creator = await loggedIn(app);
    await seed.makeCreator(creator.id);
    await seed.posts(creator.id, [
      { title: 'Sackbut', isDraft: true },
      { title: 'Sackbut', publishAt: ago(-60) },
      { title: 'Sackbut', hiddenAt: new Date() },
    ]);
    for (const by of [undefined, creator]) expect((await search('sackbut', by)).posts.count).toBe(0);
  });

  it('are not pushed out by what cannot be found, however much of it is newer', async () => {
    const [author, flood] = [await seed.creator(), await seed.creator()];
    const [old] = await seed.posts(author, [{ title: 'Ophicleide' }]);
    const drafts = Array.from({ length: 1100 }, () => ({ title: 'Draft', body: 'ophicleide', isDraft: true }));
    const locked = Array.from({ length: 1100 }, () => ({
      title: 'Shut',
      body: 'ophicleide',
      visibility: 'members' as const,
    }));
    await seed.posts(flood, drafts);
    await seed.posts(flood, locked);
    const found = await search('ophicleide');
    expect([found.posts.count, idsOf(found)]).toEqual([1, [old]]);
  });

  it('are paged', async () => {
    const creator = await seed.creator();
    const ids = await seed.posts(
      creator,
      Array.from({ length: 25 }, (_, index) => ({ title: 'Dulcimer', publishAt: ago(25 - index), body: '' })),
    );
    const first = await search('dulcimer');
    expect([first.posts.count, idsOf(first)]).toEqual([25, ids.reverse().slice(0, 20)]);
    expect(first.posts.next).toBe('http://localhost:8000/feed/api/search?q=dulcimer&page=2');
    const second = await search('dulcimer', undefined, '&page=2');
    expect([second.posts.next, idsOf(second)]).toEqual([null, ids.slice(20)]);
    const third = await app.inject({ method: 'GET', url: '/feed/api/search?q=dulcimer&page=3' });
    expect([third.statusCode, third.json()]).toEqual([404, { detail: 'Invalid page.' }]);
  });
});
