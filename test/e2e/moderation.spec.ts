import { AccountService } from '../../src/auth/account/account.service';
import { administrator, type LoggedIn, loggedIn } from '../factories/administrator';
import { aPost, type AnsweredPost } from '../factories/post';
import { aCreator } from '../factories/tier';
import { startTestApp, type TestApp } from '../setup/test-app';

interface Entry {
  readonly actor: { readonly id: number } | null;
  readonly action: string;
  readonly subject_kind: string;
  readonly subject: number;
  readonly creator: number;
  readonly account: number;
  readonly reason: string;
}
interface PageOf<T> {
  readonly count: number;
  readonly next: string | null;
  readonly results: T[];
}

const COMMENTS = '/content/api/comment/';
const BANS = '/content/api/comment-bans/';
const NOT_FOUND = { detail: 'Not found.' };
const FORBIDDEN = { detail: 'You do not have permission to perform this action.' };

let app: TestApp;
let author: LoggedIn;
let reader: LoggedIn;
let admin: LoggedIn;
let support: LoggedIn;

beforeAll(async () => {
  app = await startTestApp();
  [author, reader, admin] = await Promise.all([aCreator(app), loggedIn(app), administrator(app)]);
  support = await loggedIn(app, { roles: ['support'] });
});

async function said(answer: ReturnType<LoggedIn['call']>): Promise<[number, unknown]> {
  const { statusCode, body } = await answer;
  return [statusCode, body === '' ? '' : (JSON.parse(body) as unknown)];
}

async function comment(who: LoggedIn, post: { id: number }): Promise<number> {
  const answer = await who.call('POST', COMMENTS, { content: post.id, body: 'Nonsense.' });
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json<{ id: number }>().id;
}

const seen = async (post: { id: number }, who: LoggedIn = author): Promise<AnsweredPost> =>
  (await who.call('GET', `/content/api/content/${post.id}/`)).json<AnsweredPost>();

async function trail(who: LoggedIn, url = '/content/api/moderation/'): Promise<Entry[]> {
  const answer = await who.call('GET', url);
  expect(answer.statusCode).toBe(200);
  return answer.json<PageOf<Entry>>().results;
}

const hide = (who: LoggedIn, id: number, reason = 'Rude.') => who.call('POST', `${COMMENTS}${id}/hide/`, { reason });
const unhide = (who: LoggedIn, id: number) => who.call('POST', `${COMMENTS}${id}/unhide/`, { reason: 'Fine.' });
const ban = (who: LoggedIn, account: number, more: object = {}) =>
  who.call('POST', BANS, { account, reason: 'Spam.', ...more });

describe('hiding a comment', () => {
  it('as the author of the post: not counted, its author sees why, and the trail knows', async () => {
    const post = await aPost(app, author);
    const id = await comment(reader, post);
    for (let i = 0; i < 2; i++) {
      expect(await said(hide(author, id, i === 0 ? 'Rude.' : 'Another reason.'))).toMatchObject([
        200,
        { id, hidden: true, hidden_reason: 'Rude.' },
      ]);
      expect(await seen(post)).toMatchObject({ comment_count: 0 });
    }
    expect(await said(reader.call('GET', `${COMMENTS}${id}/`))).toMatchObject([200, { hidden_reason: 'Rude.' }]);
    for (let i = 0; i < 2; i++) {
      expect(await said(unhide(author, id))).toMatchObject([200, { id, hidden: false, hidden_reason: null }]);
      expect(await seen(post)).toMatchObject({ comment_count: 1 });
    }
    const about = { subject_kind: 'comment', subject: id, creator: author.id, account: reader.id };
    expect((await trail(author)).slice(0, 2)).toMatchObject([
      { ...about, actor: { id: author.id }, action: 'unhide', reason: 'Fine.' },
      { ...about, actor: { id: author.id }, action: 'hide', reason: 'Rude.' },
    ]);
  });

  it.each([
    ['admin', () => admin],
    ['support', () => support],
  ])('as %s, also where they may not read', async (_, who) => {
    const post = await aPost(app, author, { visibility: 'followers' });
    const id = await comment(author, post);
    expect(await said(hide(who(), id))).toMatchObject([200, { hidden: true }]);
    expect(await seen(post)).toMatchObject({ comment_count: 0 });
    expect(await said(unhide(author, id))).toEqual([403, FORBIDDEN]);
    expect(await said(author.call('GET', `${COMMENTS}${id}/`))).toMatchObject([200, { hidden_reason: 'Rude.' }]);
    expect(await said(unhide(who(), id))).toMatchObject([200, { hidden: false }]);
    expect(await seen(post)).toMatchObject({ comment_count: 1 });
  });

  it('what a moderator wants hidden as well, the author of the post does not bring back', async () => {
    const id = await comment(reader, await aPost(app, author));
    await hide(author, id);
    expect(await said(hide(admin, id, 'Unlawful.'))).toMatchObject([200, { hidden_reason: 'Unlawful.' }]);
    expect(await said(hide(author, id))).toMatchObject([200, { hidden_reason: 'Unlawful.' }]);
    expect(await said(unhide(author, id))).toEqual([403, FORBIDDEN]);
    expect((await trail(author)).slice(0, 2)).toMatchObject([
      { action: 'hide', actor: { id: admin.id }, subject: id },
      { action: 'hide', actor: { id: author.id }, subject: id },
    ]);
  });

  it('as nobody else', async () => {
    const id = await comment(reader, await aPost(app, author));
    const other = await loggedIn(app);
    for (const who of [reader, other, await aCreator(app)]) {
      expect(await said(hide(who, id))).toEqual([403, FORBIDDEN]);
    }
    await hide(author, id);
    expect(await said(unhide(reader, id))).toEqual([403, FORBIDDEN]);
    expect(await said(unhide(other, id))).toEqual([404, NOT_FOUND]);
    expect(
      (await app.inject({ method: 'POST', url: `${COMMENTS}${id}/hide/`, payload: { reason: 'x' } })).statusCode,
    ).toBe(401);
    for (const who of [author, admin, reader]) expect(await said(hide(who, 4_000_000))).toEqual([404, NOT_FOUND]);
  });

  it('needs a reason of at most 500 characters', async () => {
    const id = await comment(reader, await aPost(app, author));
    const paths = [`${COMMENTS}${id}/hide/`, `${COMMENTS}${id}/unhide/`, `${COMMENTS}${id}/report/`];
    for (const url of paths) {
      expect(await said(author.call('POST', url, {}))).toEqual([400, { reason: ['This field is required.'] }]);
      expect(await said(author.call('POST', url, { reason: ' ' }))).toEqual([
        400,
        { reason: ['This field may not be blank.'] },
      ]);
      expect(await said(author.call('POST', url, { reason: 'x'.repeat(501) }))).toEqual([
        400,
        { reason: ['Ensure this field has no more than 500 characters.'] },
      ]);
      expect(await said(author.call('POST', url, { reason: 'x', more: 1 }))).toEqual([
        400,
        { more: ['Unknown field.'] },
      ]);
    }
  });

  it('what somebody else deletes stands in the trail, what one deletes oneself does not', async () => {
    const post = await aPost(app, author);
    const [first, second] = [await comment(reader, post), await comment(reader, post)];
    await author.call('DELETE', `${COMMENTS}${first}/`);
    await reader.call('DELETE', `${COMMENTS}${second}/`);
    expect((await trail(author))[0]).toMatchObject({
      ...{ actor: { id: author.id }, action: 'delete', subject_kind: 'comment', subject: first },
      ...{ creator: author.id, account: reader.id },
    });
  });
});

describe('reporting', () => {
  it('a comment and a post: 201, again 200, stored once', async () => {
    const post = await aPost(app, author);
    const id = await comment(author, post);
    const subjects = [
      [`${COMMENTS}${id}/report/`, 'comment', id],
      [`/content/api/content/${post.id}/report/`, 'post', post.id],
    ] as const;
    for (const [url, subject_kind, subject] of subjects) {
      const first = await reader.call('POST', url, { reason: 'Stolen.' });
      expect([first.statusCode, first.json<object>()]).toEqual([
        201,
        {
          id: expect.any(Number) as number,
          subject_kind,
          subject,
          reason: 'Stolen.',
          created_at: expect.any(String) as string,
        },
      ]);
      expect(await said(reader.call('POST', url, { reason: 'Again.' }))).toEqual([200, first.json()]);
    }
    const { results } = (await admin.call('GET', '/admin/reports/?open=true')).json<PageOf<object>>();
    expect(results.slice(0, 2)).toMatchObject([
      { subject_kind: 'post', subject: post.id, creator: author.id, reporter: { id: reader.id }, resolved_at: null },
      { subject_kind: 'comment', subject: id, creator: author.id, reporter: { id: reader.id }, resolved_at: null },
    ]);
  });

  it('is in the audit trail, by whom and why, once for each; the page it is about does not tell', async () => {
    const [creator, other] = [await aCreator(app), await loggedIn(app)];
    const post = await aPost(app, creator);
    const id = await comment(author, post);
    const report = (who: LoggedIn, url: string, reason: string) => who.call('POST', url, { reason });
    await report(reader, `/content/api/content/${post.id}/report/`, 'Stolen.');
    await report(reader, `${COMMENTS}${id}/report/`, 'Rude.');
    await report(reader, `${COMMENTS}${id}/report/`, 'Very rude.');
    await report(other, `${COMMENTS}${id}/report/`, 'Untrue.');
    const about = { action: 'report', creator: creator.id };
    const onComment = { ...about, subject_kind: 'comment', subject: id, account: author.id };
    for (const who of [admin, support]) {
      expect(await trail(who, `/admin/moderation/?creator=${creator.id}`)).toMatchObject([
        { ...onComment, actor: { id: other.id }, reason: 'Untrue.' },
        { ...onComment, actor: { id: reader.id }, reason: 'Rude.' },
        { ...about, subject_kind: 'post', subject: post.id, account: creator.id, actor: { id: reader.id } },
      ]);
    }
    expect(await trail(admin, `/admin/moderation/?creator=${creator.id}&account=${author.id}`)).toHaveLength(2);
    expect((await creator.call('GET', '/content/api/moderation/')).json()).toMatchObject({ count: 0, results: [] });
  });

  it('keeps what was reported, as it was, and who wrote it', async () => {
    const post = await aPost(app, author, { title: 'Miracle cure' });
    const body = `Buy 👍${'x'.repeat(600)}`;
    const { id } = (await reader.call('POST', COMMENTS, { content: post.id, body })).json<{ id: number }>();
    await author.call('POST', `${COMMENTS}${id}/report/`, { reason: 'Spam.' });
    await reader.call('POST', `/content/api/content/${post.id}/report/`, { reason: 'A lie.' });
    await reader.call('PATCH', `${COMMENTS}${id}/`, { body: 'Well said.' });
    await author.call('PATCH', `/content/api/content/${post.id}/`, { title: 'A recipe' });
    await reader.call('DELETE', `${COMMENTS}${id}/`);
    const { results } = (await support.call('GET', '/admin/reports/?open=true')).json<PageOf<object>>();
    expect(results.slice(0, 2)).toMatchObject([
      { subject: post.id, author: author.id, excerpt: 'Miracle cure', reason: 'A lie.' },
      { subject: id, author: reader.id, excerpt: `Buy 👍${'x'.repeat(495)}`, reason: 'Spam.' },
    ]);
  });

  it('only what is open to one', async () => {
    const locked = await aPost(app, author, { visibility: 'followers' });
    const draft = await aPost(app, author, { status: 'draft' });
    const report = (url: string) => said(reader.call('POST', url, { reason: 'x' }));
    expect(await report(`/content/api/content/${locked.id}/report/`)).toEqual([403, FORBIDDEN]);
    expect(await report(`${COMMENTS}${await comment(author, locked)}/report/`)).toEqual([403, FORBIDDEN]);
    expect(await report(`/content/api/content/${draft.id}/report/`)).toEqual([404, NOT_FOUND]);
    expect(await report(`${COMMENTS}${await comment(author, draft)}/report/`)).toEqual([404, NOT_FOUND]);
    const hidden = await comment(author, await aPost(app, author));
    await hide(author, hidden);
    expect(await report(`${COMMENTS}${hidden}/report/`)).toEqual([404, NOT_FOUND]);
    const url = `/content/api/content/${locked.id}/report/`;
    expect((await app.inject({ method: 'POST', url, payload: { reason: 'x' } })).statusCode).toBe(401);
  });

  it('is resolved once, by whom and why, and not told to the creator', async () => {
    const post = await aPost(app, author);
    const made = await reader.call('POST', `/content/api/content/${post.id}/report/`, { reason: 'Stolen.' });
    const { id } = made.json<{ id: number }>();
    for (let i = 0; i < 2; i++) {
      const answer = support.call('POST', `/admin/reports/${id}/resolve/`, { reason: 'Their own.' });
      expect(await said(answer)).toMatchObject([200, { id, resolved_at: expect.any(String) as string }]);
    }
    const ids = async (query: string) =>
      (await admin.call('GET', `/admin/reports/${query}`)).json<PageOf<{ id: number }>>().results.map((one) => one.id);
    expect(await ids('?open=true')).not.toContain(id);
    expect(await ids('?open=false')).toContain(id);
    expect(await ids('')).toContain(id);
    const entries = await trail(admin, `/admin/moderation/?creator=${author.id}`);
    expect(entries.filter(({ subject_kind, subject }) => subject_kind === 'report' && subject === id)).toMatchObject([
      { actor: { id: support.id }, action: 'resolve', reason: 'Their own.', account: 0 },
    ]);
    expect((await trail(author)).some(({ subject_kind }) => subject_kind === 'report')).toBe(false);
    expect((await admin.call('POST', '/admin/reports/4000000/resolve/', { reason: 'x' })).statusCode).toBe(404);
    expect((await admin.call('GET', '/admin/reports/?open=maybe')).statusCode).toBe(400);
  });
});

describe('banning from commenting', () => {
  it("on one's own posts: 201, again 200; who is banned is told why", async () => {
    const [troll, elsewhere] = [await loggedIn(app), await aCreator(app)];
    const post = await aPost(app, author);
    const old = await comment(troll, post);
    const first = await ban(author, troll.id);
    expect([first.statusCode, first.json<object>()]).toEqual([
      201,
      {
        account: { id: troll.id, username: expect.any(String) as string, profile_pic: '' },
        reason: 'Spam.',
        banned_by: author.id,
        created_at: expect.any(String) as string,
      },
    ]);
    expect(await said(ban(author, troll.id, { reason: 'Another.' }))).toEqual([200, first.json()]);
    const refused = [403, { detail: 'You may not comment here: Spam.' }];
    expect(await said(troll.call('POST', COMMENTS, { content: post.id, body: 'x' }))).toEqual(refused);
    expect(await said(troll.call('PATCH', `${COMMENTS}${old}/`, { body: 'x' }))).toEqual(refused);
    expect(await seen(post)).toMatchObject({ comment_count: 1 });
    await comment(troll, await aPost(app, elsewhere));
    const bans = (await author.call('GET', BANS)).json<PageOf<object>>();
    expect(bans.results[0]).toEqual(first.json());
    expect((await elsewhere.call('GET', BANS)).json()).toMatchObject({ count: 0, results: [] });
    expect(await said(elsewhere.call('DELETE', `${BANS}${troll.id}/`))).toEqual([404, NOT_FOUND]);
    expect(await said(author.call('DELETE', `${BANS}${troll.id}/`))).toEqual([204, '']);
    expect(await said(author.call('DELETE', `${BANS}${troll.id}/`))).toEqual([404, NOT_FOUND]);
    await comment(troll, post);
    const about = { actor: { id: author.id }, subject_kind: 'account', subject: troll.id, account: troll.id };
    expect((await trail(author)).slice(0, 2)).toMatchObject([
      { ...about, action: 'unban', creator: author.id },
      { ...about, action: 'ban', reason: 'Spam.', creator: author.id },
    ]);
  });

  it('silences a troll in one call: past comments are hidden, with the reason, elsewhere they stay', async () => {
    const [troll, elsewhere] = [await loggedIn(app), await aCreator(app)];
    const posts = [await aPost(app, author), await aPost(app, author)];
    const foreign = await aPost(app, elsewhere);
    const ids: number[] = [];
    for (const post of [...posts, ...posts]) ids.push(await comment(troll, post));
    await comment(reader, posts[0] ?? { id: 0 });
    await comment(troll, foreign);
    expect((await ban(author, troll.id, { hide_comments: true })).statusCode).toBe(201);
    expect(await Promise.all(posts.map(async (post) => (await seen(post)).comment_count))).toEqual([1, 0]);
    expect(await seen(foreign)).toMatchObject({ comment_count: 1 });
    for (const id of ids) {
      expect(await said(troll.call('GET', `${COMMENTS}${id}/`))).toMatchObject([
        200,
        { hidden: true, hidden_reason: 'Spam.' },
      ]);
    }
    const entries = await trail(admin, `/admin/moderation/?account=${troll.id}&creator=${author.id}`);
    expect(
      entries
        .filter(({ action }) => action === 'hide')
        .map(({ subject }) => subject)
        .sort(),
    ).toEqual(ids.sort());
    // What is hidden already is not hidden again.
    expect((await ban(author, troll.id, { hide_comments: true })).statusCode).toBe(200);
    expect(await trail(admin, `/admin/moderation/?account=${troll.id}&creator=${author.id}`)).toEqual(entries);
    expect(await said(unhide(author, ids[0] ?? 0))).toMatchObject([200, { hidden: false }]);
  });

  it('everywhere, by administrators and support', async () => {
    const troll = await loggedIn(app);
    const post = await aPost(app, author);
    const body = { account: troll.id, reason: 'A bot.', hide_comments: true };
    await comment(troll, post);
    expect((await support.call('POST', '/admin/comment-bans/', body)).statusCode).toBe(201);
    expect((await admin.call('POST', '/admin/comment-bans/', body)).statusCode).toBe(200);
    expect(await seen(post)).toMatchObject({ comment_count: 0 });
    expect(await said(troll.call('POST', COMMENTS, { content: post.id, body: 'x' }))).toEqual([
      403,
      { detail: 'You may not comment here: A bot.' },
    ]);
    expect((await admin.call('GET', '/admin/comment-bans/')).json()).toMatchObject({
      count: 1,
      results: [{ account: { id: troll.id }, reason: 'A bot.', banned_by: support.id }],
    });
    expect((await author.call('DELETE', `${BANS}${troll.id}/`)).statusCode).toBe(404);
    expect((await admin.call('DELETE', `/admin/comment-bans/${troll.id}/`)).statusCode).toBe(204);
    expect((await admin.call('DELETE', `/admin/comment-bans/${troll.id}/`)).statusCode).toBe(404);
    await comment(troll, post);
    expect(await trail(admin, `/admin/moderation/?account=${troll.id}&creator=0`)).toMatchObject([
      { action: 'unban', actor: { id: admin.id } },
      { action: 'ban', actor: { id: support.id }, reason: 'A bot.' },
    ]);
  });

  it('everywhere: what the author of a post had hidden becomes the moderator’s as well', async () => {
    const troll = await loggedIn(app);
    const post = await aPost(app, author);
    const [byAuthor, byAdmin, visible] = [
      await comment(troll, post),
      await comment(troll, post),
      await comment(troll, post),
    ];
    await hide(author, byAuthor);
    await hide(admin, byAdmin, 'Unlawful.');
    const body = { account: troll.id, reason: 'A bot.', hide_comments: true };
    for (let i = 0; i < 2; i++) await support.call('POST', '/admin/comment-bans/', body);
    expect(await seen(post)).toMatchObject({ comment_count: 0 });
    for (const id of [byAuthor, byAdmin, visible]) expect(await said(unhide(author, id))).toEqual([403, FORBIDDEN]);
    const hidings = (await trail(admin, `/admin/moderation/?account=${troll.id}&creator=${author.id}`)).map(
      ({ subject, actor, reason }) => [subject, actor?.id, reason],
    );
    expect(hidings).toHaveLength(4);
    expect(hidings).toEqual(
      expect.arrayContaining([
        [byAuthor, author.id, 'Rude.'],
        [byAuthor, support.id, 'A bot.'],
        [byAdmin, admin.id, 'Unlawful.'],
        [visible, support.id, 'A bot.'],
      ]),
    );
    expect(await said(unhide(support, byAuthor))).toMatchObject([200, { hidden: false }]);
    expect(await seen(post)).toMatchObject({ comment_count: 1 });
  });

  it.each([
    [{ account: 4_000_000, reason: 'x' }, { account: ['Invalid pk "4000000" - object does not exist.'] }],
    [{ account: 0, reason: 'x' }, { account: ['Invalid pk "0" - object does not exist.'] }],
    [{ account: 'x', reason: 'x' }, { account: ['A valid integer is required.'] }],
    [{}, { account: ['This field is required.'], reason: ['This field is required.'] }],
    [{ account: 1, reason: 'x', hide_comments: 7 }, { hide_comments: ['Must be a valid boolean.'] }],
  ])('%j: 400', async (body, errors) => {
    expect(await said(author.call('POST', BANS, body))).toEqual([400, errors]);
    expect((await admin.call('POST', '/admin/comment-bans/', body)).statusCode).toBe(400);
  });

  it('not oneself, and not without an account', async () => {
    expect(await said(ban(author, author.id))).toEqual([400, { account: ['You cannot ban yourself.'] }]);
    expect((await app.inject({ method: 'GET', url: BANS })).statusCode).toBe(401);
    expect((await app.inject({ method: 'DELETE', url: `${BANS}1/` })).statusCode).toBe(401);
    expect((await app.inject({ method: 'GET', url: '/content/api/moderation/' })).statusCode).toBe(401);
    expect(await said(author.call('DELETE', `${BANS}4000000/`))).toEqual([404, NOT_FOUND]);
  });
});

describe('taking a post down', () => {
  const takedown = (who: LoggedIn, id: number, what: 'hide' | 'unhide') =>
    who.call('POST', `/admin/posts/${id}/${what}/`, { reason: 'Not theirs.' });
  const profile = async (post: { id: number }) =>
    (await reader.call('GET', `/content/api/content/${post.id}/`)).statusCode;

  it('it is there for its author and administrators only, until it is brought back', async () => {
    const creator = await aCreator(app);
    const post = await aPost(app, creator);
    for (const who of [support, admin]) {
      expect(await said(takedown(who, post.id, 'hide'))).toEqual([200, { id: post.id, hidden: true }]);
      expect(await profile(post)).toBe(404);
      expect((await creator.call('GET', `/content/api/content/${post.id}/`)).statusCode).toBe(200);
    }
    expect(await said(reader.call('POST', '/content/api/likes/', { content: post.id }))).toMatchObject([400, {}]);
    const about = { subject_kind: 'post', subject: post.id, creator: creator.id, account: creator.id };
    expect(await trail(creator)).toMatchObject([
      { ...about, action: 'hide', actor: { id: support.id }, reason: 'Not theirs.' },
    ]);
    for (let i = 0; i < 2; i++) {
      expect(await said(takedown(admin, post.id, 'unhide'))).toEqual([200, { id: post.id, hidden: false }]);
      expect(await profile(post)).toBe(200);
    }
    expect((await trail(creator)).map(({ action }) => action)).toEqual(['unhide', 'hide']);
  });

  it('a draft stays a draft', async () => {
    const post = await aPost(app, author, { status: 'draft' });
    await takedown(admin, post.id, 'hide');
    await takedown(admin, post.id, 'unhide');
    expect(await profile(post)).toBe(404);
  });

  it('is for administrators and support, of a post, with a reason', async () => {
    const post = await aPost(app, author);
    for (const who of [author, reader]) expect((await takedown(who, post.id, 'hide')).statusCode).toBe(403);
    expect((await takedown(admin, 4_000_000, 'hide')).statusCode).toBe(404);
    const answer = await admin.call('POST', `/admin/posts/${post.id}/hide/`, {});
    expect([answer.statusCode, answer.json<object>()]).toMatchObject([400, { errors: [{ pointer: '#/reason' }] }]);
    expect(await profile(post)).toBe(200);
  });
});

it('the audit trail is for administrators and support', async () => {
  for (const who of [author, reader]) expect((await who.call('GET', '/admin/moderation/')).statusCode).toBe(403);
  expect((await support.call('GET', '/admin/moderation/')).statusCode).toBe(200);
  expect((await admin.call('GET', '/admin/moderation/?account=x')).statusCode).toBe(400);
  expect((await admin.call('GET', '/admin/moderation/?page=999')).statusCode).toBe(404);
  const page = (await admin.call('GET', '/admin/moderation/?page_size=1')).json<PageOf<Entry>>();
  expect([page.results.length, page.next !== null]).toEqual([1, true]);
});

it('of a closed account the bans and the reports go, the trail stays', async () => {
  const [leaving, creator] = [await aCreator(app), await aCreator(app)];
  const post = await aPost(app, creator);
  await ban(creator, leaving.id);
  await ban(leaving, reader.id);
  const made = await leaving.call('POST', `/content/api/content/${post.id}/report/`, { reason: 'Stolen.' });
  await app.get(AccountService).close(leaving.id);
  await app.drained();
  expect((await creator.call('GET', BANS)).json()).toMatchObject({ count: 0 });
  const reports = (await admin.call('GET', '/admin/reports/')).json<PageOf<{ id: number }>>().results;
  expect(reports.map(({ id }) => id)).not.toContain(made.json<{ id: number }>().id);
  expect(await trail(admin, `/admin/moderation/?creator=${leaving.id}`)).toMatchObject([
    { actor: null, action: 'ban', account: reader.id },
  ]);
  // Its credentials are good for some minutes yet.
  const again = leaving.call('POST', `/content/api/content/${post.id}/report/`, { reason: 'Stolen.' });
  expect((await again).statusCode).toBe(401);
  expect((await ban(creator, leaving.id)).statusCode).toBe(400);
});
