import { AccountService } from '../../src/auth/account/account.service';
import type { BellCounts, BellItem, BellResponse } from '../../src/notification/bell/dto/bell.response';
import { MovableClock } from '../fakes/movable-clock';
import { administrator, type LoggedIn, loggedIn } from '../factories/administrator';
import { aPost } from '../factories/post';
import { aCreator, aTier, memberOf } from '../factories/tier';
import { startTestApp, type TestApp } from '../setup/test-app';

const PATH = '/feed/api/notifications/';

let app: TestApp;
const clock = new MovableClock();

beforeAll(async () => {
  app = await startTestApp({ ACCESS_TOKEN_TTL: '365d', REFRESH_TOKEN_TTL: '366d' }, { clock });
});

async function bell(person: LoggedIn, query = ''): Promise<BellResponse> {
  await app.drained();
  const answer = await person.call('GET', `${PATH}${query}`);
  expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)]);
  return answer.json<BellResponse>();
}

async function descriptions(person: LoggedIn): Promise<string[]> {
  return (await bell(person, '?max=100')).all_list.map(({ description }) => description ?? '');
}

async function counted(person: LoggedIn): Promise<[number, number]> {
  const { unread_count, all_count } = await bell(person);
  return [unread_count, all_count];
}

/** Posts which `fans` like, one notification each. */
async function likedBy(creator: LoggedIn, fans: readonly LoggedIn[], posts = 1): Promise<void> {
  for (let made = 0; made < posts; made += 1) {
    const { id } = await aPost(app, creator);
    for (const fan of fans) await fan.call('POST', '/content/api/likes/', { content: id });
  }
}

async function nameOf(person: LoggedIn): Promise<string> {
  return (await app.get(AccountService).findById(person.id))?.username ?? '';
}

describe('what people do', () => {
  it('tells of followers, likes, comments and replies, those whom it is about', async () => {
    const [creator, fan, other] = [await aCreator(app), await loggedIn(app), await loggedIn(app)];
    const names = [await nameOf(fan), await nameOf(other), await nameOf(creator)];
    const post = await aPost(app, creator, { title: 'Hats' });
    await app.drained();
    await fan.call('POST', `/feed/api/follow/${creator.id}`);
    await app.drained();
    await fan.call('POST', '/content/api/likes/', { content: post.id });
    await app.drained();
    const comment = await fan.call('POST', '/content/api/comment/', { content: post.id, body: 'Nice' });
    const parent = comment.json<{ id: number }>().id;
    await app.drained();
    await other.call('POST', '/content/api/comment/', { content: post.id, body: 'Indeed', parent });
    await app.drained();
    await creator.call('POST', '/content/api/comment/', { content: post.id, body: 'Thanks', parent });
    expect(await descriptions(creator)).toEqual([
      `${names[1]} commented on “Hats”.`,
      `${names[0]} commented on “Hats”.`,
      `${names[0]} liked “Hats”.`,
      `${names[0]} started following you.`,
    ]);
    expect(await descriptions(fan)).toEqual([
      `${names[2]} replied to your comment on “Hats”.`,
      `${names[1]} replied to your comment on “Hats”.`,
    ]);
    expect(await descriptions(other)).toEqual([]);
  });

  it('tells once of a follower who comes back, and nobody of what they do themselves', async () => {
    const [creator, fan] = [await aCreator(app), await loggedIn(app)];
    for (let times = 0; times < 3; times += 1) {
      await fan.call('POST', `/feed/api/follow/${creator.id}`);
      await fan.call('DELETE', `/feed/api/follow/${creator.id}`);
    }
    await likedBy(creator, [creator]);
    expect(await counted(creator)).toEqual([1, 1]);
  });

  it('does not tell of those whom one has banned', async () => {
    const [creator, troll] = [await aCreator(app), await loggedIn(app)];
    const banned = await creator.call('POST', '/content/api/comment-bans', { account: troll.id, reason: 'Trolling' });
    expect(banned.statusCode).toBe(201);
    await likedBy(creator, [troll]);
    await troll.call('POST', `/feed/api/follow/${creator.id}`);
    expect(await counted(creator)).toEqual([0, 0]);
  });

  it('tells those who may read it of a post, and nobody else', async () => {
    const creator = await aCreator(app);
    const [follower, member, lapsed, both] = await Promise.all([1, 2, 3, 4].map(() => loggedIn(app)));
    if (!follower || !member || !lapsed || !both) throw new Error('nobody');
    const gold = await aTier(app, creator);
    await memberOf(app, member, gold);
    await memberOf(app, both, gold);
    await memberOf(app, lapsed, gold, { endsAt: new Date(clock.now().getTime() - 60_000) });
    for (const person of [follower, both]) await person.call('POST', `/feed/api/follow/${creator.id}`);
    await aPost(app, creator, { title: 'For gold', tiers: [gold.id] });
    await aPost(app, creator, { title: 'For followers', visibility: 'followers' });
    const said = async (person: LoggedIn): Promise<string[]> =>
      (await descriptions(person))
        .filter((text) => text.includes('published'))
        .map((text) => text.replace(/^\S+ /, ''));
    expect((await said(member)).sort()).toEqual(['published “For followers”.', 'published “For gold”.']);
    expect((await said(both)).sort()).toEqual(['published “For followers”.', 'published “For gold”.']);
    expect(await said(follower)).toEqual(['published “For followers”.']);
    expect(await said(lapsed)).toEqual([]);
    expect(await said(creator)).toEqual([]);
  });

  it('tells of a scheduled post when it is out, and of a draft never', async () => {
    const [creator, fan] = [await aCreator(app), await loggedIn(app)];
    await fan.call('POST', `/feed/api/follow/${creator.id}`);
    await aPost(app, creator, { status: 'draft' });
    const publish_at = new Date(clock.now().getTime() + 3_600_000).toISOString();
    await aPost(app, creator, { title: 'Later', publish_at });
    expect(await counted(fan)).toEqual([0, 0]);
  });
});

describe('what may be read of it', () => {
  it('forgets the title of a post that was deleted or taken down, and a comment that is hidden', async () => {
    const [creator, fan, admin] = [await aCreator(app), await loggedIn(app), await administrator(app)];
    await fan.call('POST', `/feed/api/follow/${creator.id}`);
    const [kept, deleted, hidden] = [
      await aPost(app, creator, { title: 'Kept' }),
      await aPost(app, creator, { title: 'Deleted' }),
      await aPost(app, creator, { title: 'Hidden' }),
    ];
    const comment = await fan.call('POST', '/content/api/comment/', { content: kept.id, body: 'Nice' });
    await app.drained();
    await creator.call('DELETE', `/content/api/content/${deleted.id}/`);
    const takedown = await admin.call('POST', `/admin/posts/${hidden.id}/hide/`, { reason: 'Stolen' });
    expect(takedown.statusCode).toBe(200);
    const { all_list: fans } = await bell(fan);
    expect(fans.map(({ target, target_object_id }) => `${target} ${target_object_id}`).sort()).toEqual([
      `Kept ${kept.id}`,
      'undefined null',
      'undefined null',
    ]);
    expect(JSON.stringify(fans)).not.toMatch(/Deleted|Hidden/);
    const before = (await bell(creator)).all_list.find(({ data }) => data.kind === 'comment');
    expect(before?.action_object_object_id).toBe(String(comment.json<{ id: number }>().id));
    await fan.call('DELETE', `/content/api/comment/${comment.json<{ id: number }>().id}/`);
    const after = (await bell(creator)).all_list.find(({ data }) => data.kind === 'comment');
    expect(after).toMatchObject({ target: 'Kept', action_object_object_id: null });
  });

  it('lets go of whoever closes the account', async () => {
    const [creator, fan] = [await aCreator(app), await loggedIn(app)];
    const name = await nameOf(fan);
    await likedBy(creator, [fan]);
    await app.drained();
    await app.get(AccountService).close(fan.id);
    const [item] = (await bell(creator)).all_list;
    expect(item).toMatchObject({ actor: 'Somebody', actor_object_id: null });
    expect(JSON.stringify(item)).not.toContain(name);
  });
});

describe('the list', () => {
  let creator: LoggedIn;
  let slugs: number[];

  beforeAll(async () => {
    creator = await aCreator(app);
    await likedBy(creator, [await loggedIn(app)], 12);
    slugs = (await bell(creator, '?max=100')).all_list.map(({ slug }) => slug);
  });

  it('has ten unless told, newest first, with the counts of all', async () => {
    for (const query of ['', '?max=0', '?max=101', '?max=ten', '?max=-3', '?max[]=5', '?max=5&max=6']) {
      const { all_list, unread_list, ...counts } = await bell(creator, query);
      expect([query, all_list.length, unread_list.length, counts]).toEqual([
        query,
        10,
        10,
        { unread_count: 12, all_count: 12 },
      ]);
    }
    expect(slugs).toEqual([...slugs].sort((a, b) => b - a));
    expect((await bell(creator, '?max=3')).all_list.map(({ slug }) => slug)).toEqual(slugs.slice(0, 3));
  });

  it('pages by the slug that came last', async () => {
    const seen: number[] = [];
    for (let before = ''; ;) {
      const { all_list, unread_list } = await bell(creator, `?max=5${before}`);
      expect(unread_list).toEqual(all_list);
      if (all_list.length === 0) break;
      seen.push(...all_list.map(({ slug }) => slug));
      before = `&before=${seen.at(-1)}`;
    }
    expect(seen).toEqual(slugs);
    for (const before of ['abc', '1', '-5', '1e9', '99999999999999999999']) {
      const answer = await creator.call('GET', `${PATH}?before=${before}`);
      expect([before, answer.statusCode, answer.json()]).toEqual([before, 404, { detail: 'Not found.' }]);
    }
  });

  it('is empty for strangers', async () => {
    const nothing = { unread_count: 0, unread_list: [], all_count: 0, all_list: [] };
    for (const headers of [{}, { authorization: 'Bearer x.y.z' }]) {
      const answer = await app.inject({ method: 'GET', url: `${PATH}?mark_as_read=1`, headers });
      expect([answer.statusCode, answer.json()]).toEqual([200, nothing]);
    }
  });

  it('marks what it answers, and shows it as it was', async () => {
    const { unread_list, unread_count } = await bell(creator, '?max=2&mark_as_read=1');
    expect([unread_count, unread_list.map(({ unread }) => unread)]).toEqual([12, [true, true]]);
    const after = await bell(creator, '?max=3&mark_as_read=');
    expect(after.unread_count).toBe(10);
    expect(after.all_list.map(({ unread }) => unread)).toEqual([false, false, true]);
    expect(after.unread_list.map(({ slug }) => slug)).toEqual(slugs.slice(2, 5));
  });
});

describe('reading and removing', () => {
  const change = (person: LoggedIn, method: 'POST' | 'DELETE', path: string) => person.call(method, `${PATH}${path}`);

  it('counts each way once, however often it is asked', async () => {
    const creator = await aCreator(app);
    await likedBy(creator, [await loggedIn(app)], 3);
    const [{ slug } = { slug: 0 }] = (await bell(creator)).all_list;
    for (let times = 0; times < 2; times += 1) {
      const read = await change(creator, 'POST', `${slug}/read/`);
      expect([read.statusCode, read.json<BellCounts>()]).toEqual([200, { unread_count: 2, all_count: 3 }]);
    }
    for (let times = 0; times < 2; times += 1) {
      const unread = await change(creator, 'POST', `${slug}/unread`);
      expect(unread.json<BellCounts>()).toEqual({ unread_count: 3, all_count: 3 });
    }
    expect((await change(creator, 'DELETE', `${slug}/`)).statusCode).toBe(204);
    expect((await change(creator, 'DELETE', `${slug}/`)).statusCode).toBe(404);
    expect(await counted(creator)).toEqual([2, 2]);
    for (let times = 0; times < 2; times += 1) {
      const all = await change(creator, 'POST', 'read-all/');
      expect([all.statusCode, all.json<BellCounts>()]).toEqual([200, { unread_count: 0, all_count: 2 }]);
    }
    expect(await counted(creator)).toEqual([0, 2]);
  });

  it("is another's business for nobody", async () => {
    const [creator, thief] = [await aCreator(app), await loggedIn(app)];
    await likedBy(creator, [thief]);
    const [{ slug } = { slug: 0 }] = (await bell(creator)).all_list;
    for (const [method, path] of [
      ['POST', `${slug}/read`],
      ['POST', `${slug}/unread`],
      ['DELETE', `${slug}`],
    ] as const) {
      const answer = await change(thief, method, path);
      expect([path, answer.statusCode, answer.json()]).toEqual([path, 404, { detail: 'Not found.' }]);
    }
    await change(thief, 'POST', 'read-all');
    expect(await counted(creator)).toEqual([1, 1]);
  });

  it('refuses what is no slug', async () => {
    const person = await loggedIn(app);
    for (const slug of ['0', '-1', '110909', 'x', '1e6', '9'.repeat(30), '%00', '%F0%9F%98%80', "1'--"]) {
      const answer = await change(person, 'POST', `${slug}/read`);
      expect([slug, answer.statusCode]).toEqual([slug, 404]);
    }
  });

  it('keeps the counter right under fifty at once', async () => {
    const creator = await aCreator(app);
    const fans = await Promise.all(Array.from({ length: 5 }, () => loggedIn(app)));
    await likedBy(creator, fans, 2);
    const { all_list } = await bell(creator, '?max=100');
    const posts = await Promise.all(Array.from({ length: 5 }, () => aPost(app, creator)));
    await Promise.all([
      ...all_list.flatMap(({ slug }: BellItem) => [
        change(creator, 'POST', `${slug}/read`),
        change(creator, 'POST', `${slug}/unread`),
        change(creator, 'POST', `${slug}/read`),
      ]),
      ...posts.flatMap(({ id }) => fans.map((fan) => fan.call('POST', '/content/api/likes/', { content: id }))),
      change(creator, 'POST', 'read-all'),
      change(creator, 'DELETE', `${all_list[0]?.slug}`),
      change(creator, 'DELETE', `${all_list[0]?.slug}`),
    ]);
    const { unread_count, all_count, all_list: now } = await bell(creator, '?max=100');
    expect([now.length, all_count]).toEqual([34, 34]);
    expect(unread_count).toBe(now.filter(({ unread }) => unread).length);
  });
});

describe('security', () => {
  it('lists what somebody should know of the own account', async () => {
    const person = await loggedIn(app);
    const username = await nameOf(person);
    const again = { username, password: 'correct-Horse-7-battery' };
    const headers = { 'user-agent': 'curl/8' };
    await app.inject({ method: 'POST', url: '/authenticate/api/token/', payload: again, headers });
    const [item] = (await bell(person)).all_list;
    expect(item).toMatchObject({
      level: 'warning',
      actor: 'Guildhall',
      data: { kind: 'security', event: 'new-device' },
    });
  });
});
