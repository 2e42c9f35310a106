import type { Response } from 'light-my-request';
import { Database, statement } from '../../src/infra/database/database';
import { loggedIn, type LoggedIn } from '../factories/administrator';
import { aPost, type AnsweredPost } from '../factories/post';
import { aCreator, aTier } from '../factories/tier';
import { startTestApp, type TestApp } from '../setup/test-app';

const URL = '/content/api/content/';
const NOT_THEIRS = { detail: 'You do not have permission to perform this action.' };
const ABSENT = { detail: 'Not found.' };
const TOO_LARGE = ['This text is too large once it is rendered.'];
const ANY_TEXT = expect.any(String) as string;

const ADD_MEDIA = statement(
  'test.add-media',
  `insert into media (owner_id, kind, content_type, name, size, storage_key, created_at)
   values ($1, 'image', 'image/png', 'a.png', 70, $2, $3) returning id`,
);
const ARCHIVE = statement('test.archive-tier', 'update tier set archived_at = $2 where id = $1');

let app: TestApp;
let creator: LoggedIn;
let rival: LoggedIn;
let files = 0;

beforeAll(async () => {
  app = await startTestApp();
  creator = await aCreator(app, { username: 'asha' });
  rival = await aCreator(app);
});

async function aFile(owner: LoggedIn): Promise<number> {
  files += 1;
  const { insertId } = await app.get(Database).execute(ADD_MEDIA, [owner.id, `key-${files}`, new Date()]);
  return insertId ?? 0;
}

async function anArchivedTier(): Promise<number> {
  const { id } = await aTier(app, creator);
  await app.get(Database).execute(ARCHIVE, [id, new Date()]);
  return id;
}

const post = (body: object): Promise<Response> => creator.call('POST', URL, { title: 'A post', ...body });
const patch = (id: number, body: object): Promise<Response> => creator.call('PATCH', `${URL}${id}/`, body);
const answerOf = (answer: Response): [number, unknown] => [answer.statusCode, answer.body && answer.json()];
const pk = (id: number): string[] => [`Invalid pk "${id}" - object does not exist.`];

describe('POST', () => {
  it('publishes', async () => {
    const { id: tier } = await aTier(app, creator);
    const media = [await aFile(creator), await aFile(creator)].reverse();
    const body = {
      title: ' How I mix a rhythm track ',
      teaser: 'Three channels, one bus.',
      body: '  First, *listen*.\n<script>alert(1)</script>\n',
      kind: 'link',
      link: 'https://example.org/session',
      media,
      tiers: [tier, tier],
      // An answer's own fields are passed over.
      id: 7,
      creator: 99,
      like_count: 1000,
      locked: true,
    };
    const answer = await post(body);
    expect([answer.statusCode, answer.headers['etag']]).toEqual([201, '"1"']);
    const created = answer.json<AnsweredPost>();
    expect(created).toEqual({
      id: expect.any(Number) as number,
      creator: { id: creator.id, username: 'asha', profile_pic: '' },
      title: 'How I mix a rhythm track',
      teaser: body.teaser,
      body: body.body,
      body_html: '<p>First, <em>listen</em>.\n&lt;script&gt;alert(1)&lt;/script&gt;</p>\n',
      kind: 'link',
      link: body.link,
      media: media.map((id) => expect.objectContaining({ id, content_type: 'image/png' }) as object),
      tiers: [tier],
      early: [],
      visibility: 'tiers',
      locked: false,
      unlock: null,
      like_count: 0,
      comment_count: 0,
      liked: false,
      status: 'published',
      publish_at: ANY_TEXT,
      created_at: ANY_TEXT,
      updated_at: ANY_TEXT,
    });
    expect(created.publish_at).toBe(created.created_at);
    // Links end at another time when a minute has passed between the two.
    const withoutLinks = { ...created, media: created.media.map((file) => ({ ...file, url: ANY_TEXT })) };
    expect((await creator.call('GET', `${URL}${created.id}/`)).json()).toEqual(withoutLinks);
  });

  it('needs a title and nothing else', async () => {
    expect((await post({})).json()).toMatchObject({
      ...{ teaser: '', body: '', body_html: '', kind: 'text', link: null, media: [], tiers: [], early: [] },
      ...{ visibility: 'followers', status: 'published' },
    });
  });

  it('takes as much as fits', async () => {
    const full = { title: '🎸'.repeat(200), teaser: 'é'.repeat(1000), body: '数'.repeat(100_000) };
    const answer = await post({ ...full, link: `https://example.org/${'a'.repeat(2028)}` });
    expect([answer.statusCode, answer.json<object>()]).toMatchObject([201, full]);
  });

  it.each([
    [{ title: undefined }, { title: ['This field is required.'] }],
    [{ title: ' ' }, { title: ['This field may not be blank.'] }],
    [{ title: 'a'.repeat(201) }, { title: ['Ensure this field has no more than 200 characters.'] }],
    [{ title: 'a\0' }, { title: ['Null characters are not allowed.'] }],
    [{ teaser: 'a'.repeat(1001) }, { teaser: ['Ensure this field has no more than 1000 characters.'] }],
    [{ body: 'a'.repeat(100_001) }, { body: ['Ensure this field has no more than 100000 characters.'] }],
    [{ body: '"'.repeat(100_000) }, { body: TOO_LARGE }],
    [{ body: null }, { body: ['This field may not be null.'] }],
    [{ kind: 'poem' }, { kind: ['"poem" is not a valid choice.'] }],
    [{ kind: 'link' }, { link: ['This field is required.'] }],
    [{ kind: 'link', link: '' }, { link: ['This field is required.'] }],
    [{ link: 'javascript:alert(1)' }, { link: ['Enter a valid URL.'] }],
    [
      { link: `https://example.org/${'a'.repeat(2029)}` },
      { link: ['Ensure this field has no more than 2048 characters.'] },
    ],
    [{ media: 7 }, { media: ['Expected a list of items but got type "int".'] }],
    [{ media: [true] }, { media: ['Incorrect type. Expected pk value, received bool.'] }],
    [{ media: ['x'] }, { media: ['Invalid pk "x" - object does not exist.'] }],
    [{ media: [0] }, { media: pk(0) }],
    [
      { media: [999_999], tiers: [888_888] },
      { media: pk(999_999), tiers: pk(888_888) },
    ],
    [{ media: Array(11).fill(1) }, { media: ['Ensure this field has no more than 10 elements.'] }],
    [{ tiers: Array(51).fill(1) }, { tiers: ['Ensure this field has no more than 50 elements.'] }],
    [{ visibility: 'friends' }, { visibility: ['"friends" is not a valid choice.'] }],
    [{ visibility: 'tiers' }, { tiers: ['This field is required.'] }],
    [{ visibility: 'tiers', tiers: [] }, { tiers: ['This field is required.'] }],
    [{ visibility: 'public', tiers: [1] }, { visibility: ['With tiers this can only be "tiers".'] }],
    [{ status: 'gone' }, { status: ['"gone" is not a valid choice.'] }],
    [{ early: {} }, { early: ['Expected a list of items but got type "dict".'] }],
    [{ early: [{ tier: 1 }] }, { early: { 0: { from: ['This field is required.'] } } }],
    [
      { early: Array(21).fill({ tier: 1, from: '2026-01-01' }) },
      { early: ['Ensure this field has no more than 20 elements.'] },
    ],
  ])('%j: 400', async (part, fault) => {
    expect(answerOf(await post(part))).toEqual([400, fault]);
  });

  it("other people's tiers and files, and archived tiers, are none", async () => {
    const { id: theirs } = await aTier(app, rival);
    const archived = await anArchivedTier();
    const file = await aFile(rival);
    expect(answerOf(await post({ tiers: [theirs] }))).toEqual([400, { tiers: pk(theirs) }]);
    expect(answerOf(await post({ tiers: [archived] }))).toEqual([400, { tiers: pk(archived) }]);
    expect(answerOf(await post({ media: [file] }))).toEqual([400, { media: pk(file) }]);
    const early = [{ tier: theirs, from: '2026-01-01T00:00:00Z' }];
    expect(answerOf(await post({ early, status: 'draft' }))).toEqual([400, { early: pk(theirs) }]);
  });

  it('creators only', async () => {
    const reader = await loggedIn(app);
    expect(answerOf(await reader.call('POST', URL, { title: 'Mine' }))).toEqual([403, NOT_THEIRS]);
    const stranger = await app.inject({ method: 'POST', url: URL, payload: { title: 'Mine' } });
    expect(stranger.statusCode).toBe(401);
  });
});

describe('PATCH', () => {
  it('changes what it names', async () => {
    const { id, ...before } = await aPost(app, creator);
    const answer = await patch(id, { body: 'Now **this**.', teaser: '' });
    expect([answer.statusCode, answer.headers['etag']]).toEqual([200, '"2"']);
    const expected = {
      ...before,
      id,
      body: 'Now **this**.',
      body_html: '<p>Now <strong>this</strong>.</p>\n',
      teaser: '',
    };
    expect(answer.json()).toEqual({ ...expected, updated_at: ANY_TEXT });
  });

  it('takes back a whole answer', async () => {
    const { id: tier } = await aTier(app, creator);
    const file = await aFile(creator);
    const before = await aPost(app, creator, { tiers: [tier], media: [file] });
    const answer = await patch(before.id, { ...before, media: [file], title: 'Renamed' });
    const { media, ...rest } = answer.json<AnsweredPost>();
    expect(rest).toEqual({ ...before, media: undefined, title: 'Renamed', updated_at: ANY_TEXT });
    expect(media).toHaveLength(1);
  });

  it('files, in another order', async () => {
    const [one, two] = [await aFile(creator), await aFile(creator)];
    const { id } = await aPost(app, creator, { media: [one] });
    const answer = await patch(id, { media: [two, one] });
    expect(answer.json<AnsweredPost>().media.map((file) => file.id)).toEqual([two, one]);
    expect((await patch(id, { media: [] })).json()).toMatchObject({ media: [] });
  });

  it('for whom it is', async () => {
    const { id: tier } = await aTier(app, creator);
    const { id } = await aPost(app, creator);
    expect((await patch(id, { tiers: [tier] })).json()).toMatchObject({ visibility: 'tiers', tiers: [tier] });
    expect((await patch(id, { visibility: 'members' })).json()).toMatchObject({ visibility: 'members', tiers: [] });
    const both = await patch(id, { visibility: 'public', tiers: [tier] });
    expect(answerOf(both)).toEqual([400, { visibility: ['With tiers this can only be "tiers".'] }]);
  });

  it('no post is for tiers without any, but one whose tiers were taken off', async () => {
    const { id: tier } = await aTier(app, creator);
    const required = [400, { tiers: ['This field is required.'] }];
    const { id } = await aPost(app, creator);
    expect(answerOf(await patch(id, { visibility: 'tiers' }))).toEqual(required);
    expect(answerOf(await patch(id, { visibility: 'tiers', tiers: [] }))).toEqual(required);
    expect((await patch(id, { visibility: 'tiers', tiers: [tier] })).statusCode).toBe(200);
    expect(answerOf(await patch(id, { tiers: [] }))).toEqual(required);
    const off = (await creator.call('POST', `/content/api/remove-tiers/${id}/`, { tiers: [tier] })).json<object>();
    expect((await patch(id, { ...off, title: 'Renamed' })).json()).toMatchObject({ visibility: 'tiers', tiers: [] });
  });

  it('goes on naming a tier that was archived meanwhile, but begins no new one', async () => {
    const { id: tier } = await aTier(app, creator);
    const { id } = await aPost(app, creator, { tiers: [tier] });
    await app.get(Database).execute(ARCHIVE, [tier, new Date()]);
    const other = await anArchivedTier();
    expect((await patch(id, { tiers: [tier], title: 'Renamed' })).statusCode).toBe(200);
    expect(answerOf(await patch(id, { tiers: [tier, other] }))).toEqual([400, { tiers: pk(other) }]);
  });

  it('a link that its kind needs stays', async () => {
    const { id } = await aPost(app, creator, { kind: 'link', link: 'https://example.org/' });
    expect(answerOf(await patch(id, { link: null }))).toEqual([400, { link: ['This field is required.'] }]);
    expect((await patch(id, { link: null, kind: 'text' })).json()).toMatchObject({ link: null, kind: 'text' });
  });

  it.each([{ title: '' }, { title: null }, { kind: 'poem' }, { tiers: [999_999] }, { media: [999_999] }, []])(
    '%j: 400, and nothing changes',
    async (body) => {
      const before = await aPost(app, creator);
      expect((await patch(before.id, body)).statusCode).toBe(400);
      expect((await creator.call('GET', `${URL}${before.id}/`)).json()).toEqual(before);
    },
  );
});

describe('DELETE', () => {
  it('removes the post', async () => {
    const { id } = await aPost(app, creator, {
      media: [await aFile(creator)],
      tiers: [(await aTier(app, creator)).id],
    });
    expect(answerOf(await creator.call('DELETE', `${URL}${id}/`))).toEqual([204, '']);
    expect(answerOf(await creator.call('GET', `${URL}${id}/`))).toEqual([404, ABSENT]);
    expect(answerOf(await creator.call('DELETE', `${URL}${id}/`))).toEqual([404, ABSENT]);
  });
});

describe("other people's posts", () => {
  it.each(['PATCH', 'DELETE'] as const)('%s: 403 where it is known, 404 where it is not', async (method) => {
    const { id } = await aPost(app, creator);
    const { id: draft } = await aPost(app, creator, { status: 'draft' });
    expect(answerOf(await rival.call(method, `${URL}${id}/`, {}))).toEqual([403, NOT_THEIRS]);
    expect(answerOf(await rival.call(method, `${URL}${draft}/`, {}))).toEqual([404, ABSENT]);
    expect((await app.inject({ method, url: `${URL}${id}/` })).statusCode).toBe(401);
  });

  it.each(['0', '-1', 'x', '999999', '99999999999999999999'])('%s is none', async (id) => {
    for (const method of ['GET', 'PATCH', 'DELETE'] as const) {
      expect(answerOf(await creator.call(method, `${URL}${id}/`, method === 'GET' ? undefined : {}))).toEqual([
        404,
        ABSENT,
      ]);
    }
  });
});

describe('If-Match', () => {
  const matching = (id: number, tag: string, title = 'Renamed') =>
    creator.call('PATCH', `${URL}${id}/`, { title }, { 'if-match': tag });

  it('lets nobody change what they have not seen', async () => {
    const { id } = await aPost(app, creator);
    expect((await creator.call('GET', `${URL}${id}/`)).headers['etag']).toBe('"1"');
    expect((await matching(id, '"1"')).headers['etag']).toBe('"2"');
    const stale = await matching(id, '"1"', 'Never');
    expect(answerOf(stale)).toEqual([412, { detail: 'This has been changed since you read it.' }]);
    expect((await matching(id, '"1", "2"')).statusCode).toBe(200);
    expect((await matching(id, '*')).statusCode).toBe(200);
    const remove = (tag: string) => creator.call('DELETE', `${URL}${id}/`, undefined, { 'if-match': tag });
    expect((await remove('"3"')).statusCode).toBe(412);
    expect((await remove('"4"')).statusCode).toBe(204);
  });

  it('of two edits of one version one is refused', async () => {
    for (let round = 0; round < 5; round++) {
      const { id } = await aPost(app, creator);
      const answers = await Promise.all([matching(id, '"1"', 'One'), matching(id, '"1"', 'Two')]);
      expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 412]);
    }
  });
});
