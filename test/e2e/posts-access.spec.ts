import { Database, statement } from '../../src/infra/database/database';
import { administrator, loggedIn, type LoggedIn } from '../factories/administrator';
import { aPost, type AnsweredPost } from '../factories/post';
import { aCreator, aTier, memberOf } from '../factories/tier';
import { MovableClock } from '../fakes/movable-clock';
import { startTestApp, type TestApp } from '../setup/test-app';

const URL = '/content/api/content/';
const SECRET = 'marked-secret';
const SECOND_MS = 1000;

const FOLLOW = statement('test.follow', 'insert into follow (follower_id, creator_id, created_at) values ($1, $2, $3)');
const ADD_MEDIA = statement(
  'test.add-secret-media',
  `insert into media (owner_id, kind, content_type, name, size, storage_key, created_at)
   values ($1, 'image', 'image/png', '${SECRET}.png', 70, $2, $3) returning id`,
);

const WHO = ['author', 'admin', 'member', 'other', 'free', 'lapsed', 'follower', 'person', 'stranger'] as const;
type Who = (typeof WHO)[number];
/** What a viewer has of a post: all, all but its content, or nothing. */
type Sight = 'open' | 'locked' | 'absent';

const clock = new MovableClock();
let app: TestApp;
let people: Record<Exclude<Who, 'stranger'>, LoggedIn>;
let tier: number;
let otherTier: number;
let freeTier: number;
let files = 0;

beforeAll(async () => {
  app = await startTestApp({ ACCESS_TOKEN_TTL: '1d' }, { clock });
  const [author, admin] = [await aCreator(app), await administrator(app)];
  const [member, other, free] = [await loggedIn(app), await loggedIn(app), await loggedIn(app)];
  const [lapsed, follower, person] = [await loggedIn(app), await loggedIn(app), await loggedIn(app)];
  people = { author, admin, member, other, free, lapsed, follower, person };
  tier = (await aTier(app, author, { prices: [{ currency: 'INR', amount: 50_000 }] })).id;
  otherTier = (await aTier(app, author, { prices: [{ currency: 'INR', amount: 10_000 }] })).id;
  freeTier = (await aTier(app, author, { is_public: true })).id;
  await memberOf(app, member, { id: tier });
  await memberOf(app, other, { id: otherTier });
  await memberOf(app, free, { id: freeTier });
  await memberOf(app, lapsed, { id: tier }, { endsAt: new Date(clock.now().getTime() + 1 * SECOND_MS) });
  clock.advance(2 * SECOND_MS);
  await app.get(Database).execute(FOLLOW, [follower.id, author.id, clock.now()]);
});

const inSeconds = (seconds: number): string => new Date(clock.now().getTime() + seconds * SECOND_MS).toISOString();

async function aSecretPost(overrides: object): Promise<AnsweredPost> {
  files += 1;
  const { insertId } = await app.get(Database).execute(ADD_MEDIA, [people.author.id, `secret-${files}`, new Date()]);
  const content = {
    kind: 'link',
    link: `https://example.org/${SECRET}`,
    body: `${SECRET} **body**`,
    media: [insertId],
  };
  return aPost(app, people.author, { ...content, ...overrides });
}

const asked = (who: Who, url: string) =>
  who === 'stranger' ? app.inject({ method: 'GET', url }) : people[who].call('GET', url);

async function sightOf(who: Who, id: number): Promise<Sight> {
  const answer = await asked(who, `${URL}${id}/`);
  if (answer.statusCode === 404) {
    expect(answer.json()).toEqual({ detail: 'Not found.' });
    return 'absent';
  }
  expect(answer.statusCode).toBe(200);
  const { locked, body, body_html, link, media } = answer.json<AnsweredPost>();
  const content = { body, body_html, link, media: media.length };
  expect(content).toEqual(
    locked
      ? { body: null, body_html: null, link: null, media: 0 }
      : {
          body: `${SECRET} **body**`,
          body_html: `<p>${SECRET} <strong>body</strong></p>\n`,
          link: `https://example.org/${SECRET}`,
          media: 1,
        },
  );
  expect(answer.body.includes(SECRET)).toBe(!locked);
  return locked ? 'locked' : 'open';
}

/** The same in the lists: of the creator, and of all. */
async function listedFor(who: Who, id: number): Promise<Sight[]> {
  const sights: Sight[] = [];
  for (const query of [`creator=${people.author.id}&`, '']) {
    const answer = await asked(who, `${URL}?${query}page_size=100`);
    const { count, results } = answer.json<{ count: number; results: AnsweredPost[] }>();
    expect(count).toBe(results.length);
    const found = results.find((post) => post.id === id);
    if (found?.locked) expect(JSON.stringify(found)).not.toContain(SECRET);
    sights.push(found === undefined ? 'absent' : found.locked ? 'locked' : 'open');
  }
  return sights;
}

async function sights(id: number): Promise<Record<string, Who[]>> {
  const seen: Record<string, Who[]> = {};
  for (const who of WHO) (seen[await sightOf(who, id)] ??= []).push(who);
  return seen;
}

const WITHOUT = (...names: Who[]): Who[] => WHO.filter((who) => !names.includes(who));
/** Its author's alone. */
const NOT_OUT = { open: ['author'], absent: WITHOUT('author') };

describe('who sees what', () => {
  it('public', async () => {
    const { id } = await aSecretPost({ visibility: 'public' });
    expect(await sights(id)).toEqual({ open: WHO });
  });

  it('followers', async () => {
    const { id } = await aSecretPost({ visibility: 'followers' });
    expect(await sights(id)).toEqual({
      open: ['author', 'admin', 'member', 'other', 'free', 'follower'],
      locked: ['lapsed', 'person', 'stranger'],
    });
  });

  it('members', async () => {
    const { id } = await aSecretPost({ visibility: 'members' });
    expect(await sights(id)).toEqual({
      open: ['author', 'admin', 'member', 'other'],
      locked: ['free', 'lapsed', 'follower', 'person', 'stranger'],
    });
  });

  it('tiers', async () => {
    const { id } = await aSecretPost({ tiers: [tier] });
    expect(await sights(id)).toEqual({
      open: ['author', 'admin', 'member'],
      locked: ['other', 'free', 'lapsed', 'follower', 'person', 'stranger'],
    });
  });

  it('a public tier', async () => {
    const { id } = await aSecretPost({ tiers: [tier, freeTier] });
    expect(await sights(id)).toEqual({ open: WHO });
  });

  it('no tier left', async () => {
    const { id } = await aSecretPost({ tiers: [tier] });
    await people.author.call('POST', `/content/api/remove-tiers/${id}/`, { tiers: [tier] });
    expect(await sights(id)).toEqual(NOT_OUT);
  });

  it('a draft', async () => {
    const { id } = await aSecretPost({ visibility: 'public', status: 'draft' });
    expect(await sights(id)).toEqual(NOT_OUT);
  });

  it('a scheduled post, until its time has come', async () => {
    const { id } = await aSecretPost({ tiers: [tier], publish_at: inSeconds(10) });
    expect(await sights(id)).toEqual(NOT_OUT);
    clock.advance(11 * SECOND_MS);
    expect(await sights(id)).toEqual({
      open: ['author', 'admin', 'member'],
      locked: WITHOUT('author', 'admin', 'member'),
    });
  });

  it('an early post, in its three times', async () => {
    const early = [{ tier: otherTier, from: inSeconds(10) }];
    const { id } = await aSecretPost({ tiers: [tier, otherTier], publish_at: inSeconds(20), early });
    expect(await sights(id)).toEqual(NOT_OUT);
    expect(await listedFor('other', id)).toEqual(['absent', 'absent']);
    clock.advance(11 * SECOND_MS);
    expect(await sights(id)).toEqual({
      open: ['author', 'admin', 'other'],
      absent: WITHOUT('author', 'admin', 'other'),
    });
    expect(await listedFor('other', id)).toEqual(['open', 'open']);
    expect(await listedFor('member', id)).toEqual(['absent', 'absent']);
    clock.advance(10 * SECOND_MS);
    expect(await sights(id)).toEqual({
      open: ['author', 'admin', 'member', 'other'],
      locked: WITHOUT('author', 'admin', 'member', 'other'),
    });
    expect(await listedFor('member', id)).toEqual(['open', 'open']);
    expect(await listedFor('person', id)).toEqual(['locked', 'locked']);
  });

  it('what moderation has withdrawn, which may be a draft', async () => {
    const { id } = await aSecretPost({ tiers: [tier] });
    const { id: draft } = await aSecretPost({ visibility: 'public', status: 'draft' });
    const hide = (post: number) => people.admin.call('POST', `/admin/posts/${post}/hide/`, { reason: 'Not theirs.' });
    for (const post of [id, draft]) expect((await hide(post)).statusCode).toBe(200);
    expect(await sights(id)).toEqual({ open: ['author', 'admin'], absent: WITHOUT('author', 'admin') });
    expect(await sights(draft)).toEqual(NOT_OUT);
    // Neither may an administrator ask for more of what is not out.
    const like = await people.admin.call('POST', '/content/api/likes/', { content: draft });
    expect([like.statusCode, like.json()]).toEqual([
      400,
      { content: [`Invalid pk "${draft}" - object does not exist.`] },
    ]);
    expect((await people.admin.call('GET', `/content/api/comment/?content=${draft}`)).statusCode).toBe(404);
  });

  it('a membership that ends takes its sight away', async () => {
    const brief = await loggedIn(app);
    await memberOf(app, brief, { id: tier }, { endsAt: new Date(clock.now().getTime() + 5 * SECOND_MS) });
    const { id } = await aSecretPost({ tiers: [tier] });
    const url = `${URL}${id}/`;
    expect((await brief.call('GET', url)).json()).toMatchObject({ locked: false });
    clock.advance(6 * SECOND_MS);
    expect((await brief.call('GET', url)).json()).toMatchObject({ locked: true, body: null });
  });
});

describe('lists', () => {
  it('show what is locked as locked, and of what is not out nothing, to administrators too', async () => {
    const [open, locked] = [await aSecretPost({ visibility: 'public' }), await aSecretPost({ tiers: [tier] })];
    const hidden = [
      await aSecretPost({ visibility: 'public', status: 'draft' }),
      await aSecretPost({ visibility: 'public', publish_at: inSeconds(3600) }),
    ];
    for (const who of WITHOUT('author')) {
      expect(await listedFor(who, open.id)).toEqual(['open', 'open']);
      const sight = who === 'admin' || who === 'member' ? 'open' : 'locked';
      expect(await listedFor(who, locked.id)).toEqual([sight, sight]);
      for (const { id } of hidden) expect(await listedFor(who, id)).toEqual(['absent', 'absent']);
    }
    for (const { id } of hidden) expect(await listedFor('author', id)).toEqual(['open', 'absent']);
  });
});

describe('what unlocks a post', () => {
  const unlock = async (overrides: object): Promise<unknown> => {
    const { id } = await aSecretPost(overrides);
    return (await asked('person', `${URL}${id}/`)).json<AnsweredPost>().unlock;
  };

  it('the cheapest of its tiers, of all paid tiers, or following', async () => {
    const cheaper = { tier: otherTier, prices: [{ currency: 'INR', amount: 10_000 }] };
    expect(await unlock({ tiers: [tier] })).toMatchObject({ tier, prices: [{ currency: 'INR', amount: 50_000 }] });
    expect(await unlock({ tiers: [tier, otherTier] })).toMatchObject(cheaper);
    expect(await unlock({ visibility: 'members' })).toMatchObject(cheaper);
    expect(await unlock({ visibility: 'followers' })).toBeNull();
    expect(await unlock({ visibility: 'public' })).toBeNull();
  });

  it('one with room before one that is full', async () => {
    const full = await aTier(app, people.author, { member_limit: 1, prices: [{ currency: 'INR', amount: 100 }] });
    await memberOf(app, people.member, full);
    const dearer = await aTier(app, people.author);
    expect(await unlock({ tiers: [full.id, dearer.id] })).toMatchObject({ tier: dearer.id });
    expect(await unlock({ tiers: [full.id] })).toMatchObject({ tier: full.id });
  });
});
