import { AccountService } from '../../src/auth/account/account.service';
import { Database, statement } from '../../src/infra/database/database';
import { RATE_POLICIES } from '../../src/infra/rate-limit/rate-limit.policies';
import { administrator, type LoggedIn, loggedIn } from '../factories/administrator';
import { aPost, type AnsweredPost } from '../factories/post';
import { aCreator } from '../factories/tier';
import { startTestApp, type TestApp } from '../setup/test-app';

interface Comment {
  readonly id: number;
  readonly content: number;
  readonly author: { readonly id: number } | null;
  readonly parent: number | null;
  readonly body: string | null;
  readonly hidden: boolean;
  readonly deleted: boolean;
  readonly reply_count: number;
}
interface CommentPage {
  readonly count: number;
  readonly next: string | null;
  readonly results: Comment[];
}

const COMMENTS = '/content/api/comment/';
const DISCUSSED = statement('test.discussed', 'update post set comment_count = $2 where id = $1');
const NOT_FOUND = { detail: 'Not found.' };
const FORBIDDEN = { detail: 'You do not have permission to perform this action.' };
const INSTANT = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/) as string;

let app: TestApp;
let author: LoggedIn;
let reader: LoggedIn;
let other: LoggedIn;

beforeAll(async () => {
  app = await startTestApp();
  [author, reader, other] = await Promise.all([aCreator(app), loggedIn(app), loggedIn(app)]);
});

async function said(answer: ReturnType<LoggedIn['call']>): Promise<[number, unknown]> {
  const { statusCode, body } = await answer;
  return [statusCode, body === '' ? '' : (JSON.parse(body) as unknown)];
}

async function comment(who: LoggedIn, post: { id: number }, parent?: number, body = 'Well said.'): Promise<Comment> {
  const answer = await who.call('POST', COMMENTS, { content: post.id, body, parent });
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json<Comment>();
}

async function listed(post: { id: number }, who?: LoggedIn): Promise<Comment[]> {
  const url = `${COMMENTS}?content=${post.id}`;
  const answer = await (who === undefined ? app.inject({ method: 'GET', url }) : who.call('GET', url));
  const { results, count } = answer.json<CommentPage>();
  expect(count).toBe(results.length);
  return results;
}

async function commentCount(post: { id: number }): Promise<number> {
  return (await author.call('GET', `/content/api/content/${post.id}/`)).json<AnsweredPost>().comment_count;
}

const remove = (who: LoggedIn, { id }: { id: number }) => who.call('DELETE', `${COMMENTS}${id}/`);
const hide = (who: LoggedIn, { id }: { id: number }) => who.call('POST', `${COMMENTS}${id}/hide/`, { reason: 'Rude.' });

describe('writing', () => {
  it('a comment: 201, trimmed, counted', async () => {
    const post = await aPost(app, author);
    const answer = await reader.call('POST', COMMENTS, { content: post.id, body: '  Well *said*.\n ' });
    expect([answer.statusCode, answer.json<object>()]).toEqual([
      201,
      {
        id: expect.any(Number) as number,
        content: post.id,
        author: { id: reader.id, username: expect.stringMatching(/^person/) as string, profile_pic: '' },
        parent: null,
        body: 'Well *said*.',
        hidden: false,
        hidden_reason: null,
        deleted: false,
        reply_count: 0,
        created_at: INSTANT,
        updated_at: INSTANT,
      },
    ]);
    expect(await said(app.inject({ method: 'GET', url: `${COMMENTS}${answer.json<Comment>().id}/` }))).toEqual([
      200,
      answer.json(),
    ]);
    expect(await commentCount(post)).toBe(1);
  });

  it('once under its Idempotency-Key, however often it is sent', async () => {
    const post = await aPost(app, author);
    const send = (body: string) =>
      reader.call('POST', COMMENTS, { content: post.id, body }, { 'idempotency-key': `comment-${post.id}` });
    const answers = await Promise.all(Array.from({ length: 5 }, () => send('Once.')));
    expect(answers.filter(({ statusCode }) => ![201, 409].includes(statusCode))).toEqual([]);
    const again = await send('Once.');
    expect([again.statusCode, again.headers['idempotent-replayed']]).toEqual([201, 'true']);
    expect(await listed(post)).toEqual([again.json()]);
    expect((await send('Twice.')).statusCode).toBe(422);
  });

  it('replies, which keep what they answer', async () => {
    const post = await aPost(app, author);
    const first = await comment(reader, post);
    const reply = await comment(author, post, first.id);
    const deeper = await comment(reader, post, reply.id);
    expect((await listed(post)).map(({ id, parent, reply_count }) => [id, parent, reply_count])).toEqual([
      [first.id, null, 1],
      [reply.id, first.id, 1],
      [deeper.id, reply.id, 0],
    ]);
    expect(await commentCount(post)).toBe(3);
  });

  it('answers only a visible comment of the same post', async () => {
    const [post, elsewhere] = [await aPost(app, author), await aPost(app, author)];
    const foreign = await comment(reader, elsewhere);
    const hidden = await comment(reader, post);
    await hide(author, hidden);
    const deleted = await comment(reader, post);
    await comment(reader, post, deleted.id);
    await remove(reader, deleted);
    for (const id of [foreign.id, hidden.id, deleted.id, 4_000_000, 0]) {
      expect(await said(other.call('POST', COMMENTS, { content: post.id, body: 'x', parent: id }))).toEqual([
        400,
        { parent: [`Invalid pk "${id}" - object does not exist.`] },
      ]);
    }
    expect(await commentCount(post)).toBe(1);
  });

  it.each([
    [{}, { content: ['This field is required.'], body: ['This field is required.'] }],
    [{ content: 1, body: '' }, { body: ['This field may not be blank.'] }],
    [{ content: 1, body: ' \n ' }, { body: ['This field may not be blank.'] }],
    [{ content: 1, body: null }, { body: ['This field may not be null.'] }],
    [{ content: 1, body: ['x'] }, { body: ['Not a valid string.'] }],
    [{ content: 1, body: 'x'.repeat(5001) }, { body: ['Ensure this field has no more than 5000 characters.'] }],
    [{ content: 1, body: 'a\0b' }, { body: ['Null characters are not allowed.'] }],
    [{ content: 'x', body: 'x' }, { content: ['A valid integer is required.'] }],
    [{ content: 4_000_000, body: 'x' }, { content: ['Invalid pk "4000000" - object does not exist.'] }],
    [{ content: 1, body: 'x', parent: 'x' }, { parent: ['A valid integer is required.'] }],
  ])('%j: 400', async (body, errors) => {
    expect(await said(reader.call('POST', COMMENTS, body))).toEqual([400, errors]);
  });

  it('takes 5000 characters of any kind', async () => {
    const body = '🎸'.repeat(5000);
    expect((await comment(reader, await aPost(app, author), undefined, body)).body).toBe(body);
  });

  it('has a limit', () => {
    expect(RATE_POLICIES.comment).toEqual({ limit: 60, windowSeconds: 60 });
  });

  it('is limited', async () => {
    const limited = await startTestApp({ RATE_LIMITS: 'on' });
    const answer = await limited.inject({ method: 'POST', url: COMMENTS, payload: {} });
    expect(answer.headers['ratelimit-limit'] ?? answer.headers['x-ratelimit-limit'] ?? '').toMatch(/60/);
  });
});

describe('where the post is not open', () => {
  it('locked: 403', async () => {
    const post = await aPost(app, author, { visibility: 'followers' });
    const own = await comment(author, post);
    expect(await said(reader.call('POST', COMMENTS, { content: post.id, body: 'x' }))).toEqual([403, FORBIDDEN]);
    const calls = [`${COMMENTS}?content=${post.id}`, `${COMMENTS}${own.id}/`];
    for (const url of calls) {
      expect(await said(reader.call('GET', url))).toEqual([403, FORBIDDEN]);
      expect(await said(app.inject({ method: 'GET', url }))).toEqual([403, FORBIDDEN]);
    }
    expect(await said(reader.call('PATCH', `${COMMENTS}${own.id}/`, { body: 'x' }))).toEqual([403, FORBIDDEN]);
    expect(await said(remove(reader, own))).toEqual([403, FORBIDDEN]);
    expect(await commentCount(post)).toBe(1);
  });

  it('not to be seen: not there', async () => {
    const post = await aPost(app, author, { status: 'draft' });
    const own = await comment(author, post);
    expect(await said(reader.call('POST', COMMENTS, { content: post.id, body: 'x' }))).toEqual([
      400,
      { content: [`Invalid pk "${post.id}" - object does not exist.`] },
    ]);
    expect(await said(reader.call('GET', `${COMMENTS}?content=${post.id}`))).toEqual([404, NOT_FOUND]);
    expect(await said(reader.call('GET', `${COMMENTS}${own.id}/`))).toEqual([404, NOT_FOUND]);
    expect(await said(reader.call('PATCH', `${COMMENTS}${own.id}/`, { body: 'x' }))).toEqual([404, NOT_FOUND]);
    expect(await said(remove(reader, own))).toEqual([404, NOT_FOUND]);
  });

  it('locked since: one may still delete what one wrote', async () => {
    const post = await aPost(app, author, { visibility: 'followers' });
    await other.call('POST', `/feed/api/follow/${author.id}`);
    const own = await comment(other, post);
    await other.call('DELETE', `/feed/api/follow/${author.id}`);
    expect(await said(other.call('PATCH', `${COMMENTS}${own.id}/`, { body: 'x' }))).toEqual([403, FORBIDDEN]);
    expect((await remove(other, own)).statusCode).toBe(204);
    expect(await commentCount(post)).toBe(0);
  });
});

describe('listing', () => {
  it('needs a post, and knows its pages', async () => {
    expect(await said(reader.call('GET', COMMENTS))).toEqual([400, { content: ['This field is required.'] }]);
    expect(await said(reader.call('GET', `${COMMENTS}?content=x`))).toEqual([
      400,
      { content: ['A valid integer is required.'] },
    ]);
    expect(await said(reader.call('GET', `${COMMENTS}?content=4000000`))).toEqual([404, NOT_FOUND]);
    const post = await aPost(app, author);
    const ids: number[] = [];
    for (let i = 0; i < 3; i++) ids.push((await comment(reader, post)).id);
    const first = (await reader.call('GET', `${COMMENTS}?content=${post.id}&page_size=2`)).json<CommentPage>();
    expect([first.count, first.results.map(({ id }) => id)]).toEqual([3, ids.slice(0, 2)]);
    const next = new URL(first.next ?? '');
    const second = (await reader.call('GET', next.pathname + next.search)).json<CommentPage>();
    expect(second.results.map(({ id }) => id)).toEqual(ids.slice(2));
    expect(await said(reader.call('GET', `${COMMENTS}?content=${post.id}&page=3`))).toEqual([
      404,
      { detail: 'Invalid page.' },
    ]);
  });

  it('goes ten thousand deep, and no deeper', async () => {
    const post = await aPost(app, author);
    await app.get(Database).execute(DISCUSSED, [post.id, 50_000]);
    const page = async (query: string) =>
      (await app.inject({ method: 'GET', url: `${COMMENTS}?content=${post.id}&${query}` })).json<CommentPage>();
    expect((await page('page=99&page_size=100')).next).toContain('page=100');
    expect(await page('page=100&page_size=100')).toMatchObject({ count: 10_000, next: null });
    expect(await page('page=101&page_size=100')).toEqual({ detail: 'Invalid page.' });
  });

  it('shows a hidden one to its author, the author of the post and administrators only', async () => {
    const post = await aPost(app, author);
    const hidden = await comment(reader, post);
    const reply = await comment(other, post, hidden.id);
    await hide(author, hidden);
    for (const who of [reader, author, await administrator(app)]) {
      expect((await listed(post, who)).map(({ id, hidden: is }) => [id, is])).toEqual([
        [hidden.id, true],
        [reply.id, false],
      ]);
      expect(await said(who.call('GET', `${COMMENTS}${hidden.id}/`))).toMatchObject([
        200,
        { hidden: true, body: 'Well said.', hidden_reason: 'Rude.' },
      ]);
    }
    for (const who of [other, undefined]) expect((await listed(post, who)).map(({ id }) => id)).toEqual([reply.id]);
    expect(await said(other.call('GET', `${COMMENTS}${hidden.id}/`))).toEqual([404, NOT_FOUND]);
    expect(await commentCount(post)).toBe(1);
  });
});

describe('changing', () => {
  it("one's own: 200", async () => {
    const post = await aPost(app, author);
    const own = await comment(reader, post);
    const url = `${COMMENTS}${own.id}/`;
    expect(await said(reader.call('PATCH', url, { body: ' Better. ', parent: 1, content: 1 }))).toMatchObject([
      200,
      { id: own.id, body: 'Better.', parent: null, content: post.id },
    ]);
    expect(await said(reader.call('PATCH', url, {}))).toMatchObject([200, { body: 'Better.' }]);
    expect(await said(reader.call('PATCH', url, { body: '' }))).toEqual([
      400,
      { body: ['This field may not be blank.'] },
    ]);
    for (const who of [author, other, await administrator(app)]) {
      expect(await said(who.call('PATCH', url, { body: 'Mine.' }))).toEqual([403, FORBIDDEN]);
    }
    expect((await listed(post))[0]?.body).toBe('Better.');
  });

  it('a hidden one stays as it was hidden', async () => {
    const post = await aPost(app, author);
    const own = await comment(reader, post, undefined, 'Rude.');
    const url = `${COMMENTS}${own.id}/`;
    await hide(author, own);
    for (const body of [{ body: 'Polite.' }, {}]) {
      expect(await said(reader.call('PATCH', url, body))).toEqual([403, FORBIDDEN]);
    }
    expect(await said(reader.call('GET', url))).toMatchObject([200, { hidden: true, body: 'Rude.' }]);
    await author.call('POST', `${url}unhide/`, { reason: 'Fine.' });
    expect(await said(reader.call('PATCH', url, { body: 'Polite.' }))).toMatchObject([200, { body: 'Polite.' }]);
  });

  it('a deleted one: 404, as for deleting it again', async () => {
    const post = await aPost(app, author);
    const own = await comment(reader, post);
    await comment(other, post, own.id);
    await remove(reader, own);
    for (const who of [reader, author]) {
      expect(await said(who.call('PATCH', `${COMMENTS}${own.id}/`, { body: 'x' }))).toEqual([404, NOT_FOUND]);
    }
  });

  it('while it is hidden: one or the other, never both', async () => {
    const post = await aPost(app, author);
    for (let round = 0; round < 5; round++) {
      const own = await comment(reader, post, undefined, 'Rude.');
      const url = `${COMMENTS}${own.id}/`;
      const [changed, hidden] = await Promise.all([reader.call('PATCH', url, { body: 'Polite.' }), hide(author, own)]);
      expect(hidden.statusCode).toBe(200);
      expect([200, 403]).toContain(changed.statusCode);
      const body = changed.statusCode === 200 ? 'Polite.' : 'Rude.';
      expect(await said(reader.call('GET', url))).toMatchObject([200, { hidden: true, body }]);
    }
  });
});

describe('deleting', () => {
  it("one's own, as the post's author, as an administrator, but not somebody else's", async () => {
    const post = await aPost(app, author);
    const admin = await administrator(app);
    for (const who of [reader, author, admin]) {
      const written = await comment(reader, post);
      expect(await said(remove(other, written))).toEqual([403, FORBIDDEN]);
      expect(await commentCount(post)).toBe(1);
      expect(await said(remove(who, written))).toEqual([204, '']);
      expect(await commentCount(post)).toBe(0);
      expect(await said(remove(who, written))).toEqual([404, NOT_FOUND]);
      expect(await said(reader.call('GET', `${COMMENTS}${written.id}/`))).toEqual([404, NOT_FOUND]);
    }
    expect(await listed(post)).toEqual([]);
  });

  it('keeps the place where replies hang on it, as long as they do', async () => {
    const post = await aPost(app, author);
    const top = await comment(reader, post, undefined, 'secret top');
    const reply = await comment(other, post, top.id, 'secret reply');
    const leaf = await comment(author, post, reply.id);
    await remove(reader, top);
    await remove(other, reply);
    const list = await listed(post);
    expect(list).toMatchObject([
      { id: top.id, deleted: true, body: null, author: null, hidden: false, parent: null, reply_count: 0 },
      { id: reply.id, deleted: true, body: null, author: null, parent: top.id, reply_count: 1 },
      { id: leaf.id, deleted: false, parent: reply.id },
    ]);
    expect(await commentCount(post)).toBe(1);
    expect(await said(remove(reader, top))).toEqual([404, NOT_FOUND]);
    await remove(author, leaf);
    expect(await listed(post)).toEqual([]);
    expect(await commentCount(post)).toBe(0);
  });

  it('a hidden one does not count twice', async () => {
    const post = await aPost(app, author);
    const written = await comment(reader, post);
    await hide(author, written);
    expect((await remove(reader, written)).statusCode).toBe(204);
    expect(await commentCount(post)).toBe(0);
  });
});

it('without an account: 401', async () => {
  const written = await comment(reader, await aPost(app, author));
  const calls = [
    { method: 'POST', url: COMMENTS, payload: { content: written.content, body: 'x' } },
    { method: 'PATCH', url: `${COMMENTS}${written.id}/`, payload: { body: 'x' } },
    { method: 'DELETE', url: `${COMMENTS}${written.id}/` },
  ] as const;
  for (const call of calls) expect((await app.inject(call)).statusCode).toBe(401);
});

it('the comments of a closed account go, and leave the count', async () => {
  const post = await aPost(app, author);
  const leaving = await loggedIn(app);
  const answered = await comment(leaving, post, undefined, 'secret');
  const reply = await comment(reader, post, answered.id);
  await comment(leaving, post, reply.id);
  const hidden = await comment(leaving, post);
  await hide(author, hidden);
  await app.get(AccountService).close(leaving.id);
  await app.drained();
  expect(await listed(post, author)).toMatchObject([
    { id: answered.id, deleted: true, body: null, author: null },
    { id: reply.id, reply_count: 0 },
  ]);
  expect(await commentCount(post)).toBe(1);
  // Its credentials are good for some minutes yet.
  expect((await leaving.call('POST', COMMENTS, { content: post.id, body: 'x' })).statusCode).toBe(401);
});
