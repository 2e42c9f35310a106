import { PASSWORD, registered } from '../factories/person';
import { startTestApp, type TestApp } from '../setup/test-app';
import { type Answer, HttpClient } from './client';

/** The bell of memboro's README: what django-notifications-hq answers, both of its lists in one (COMPAT 3.4). */
const PATH = '/feed/api/notifications/?max=100';

let app: TestApp;
let client: HttpClient;
let creator: { id: number; headers: Record<string, string> };
let fan: { id: number; headers: Record<string, string> };

async function tokenOf(details: { username: string; email: string }): Promise<typeof creator> {
  const { id } = await registered(app, { ...details, password: PASSWORD, emailVerified: true });
  const answer = await client.post('/authenticate/rest-auth/login/', { email: details.email, password: PASSWORD });
  return { id, headers: { authorization: `Token ${(answer.body as { key: string }).key}` } };
}

async function bell(path = PATH, headers = creator.headers): Promise<Answer> {
  await app.drained();
  return client.get(path, headers);
}

beforeAll(async () => {
  app = await startTestApp();
  client = new HttpClient(await app.url());
  creator = await tokenOf({ username: 'asha', email: 'asha@example.org' });
  fan = await tokenOf({ username: 'ravi', email: 'ravi@example.org' });
  const call = { json: { is_creator: true }, headers: creator.headers };
  await client.call('PATCH', '/authenticate/rest-auth/user/', call);
});

it('is empty at first, and for the anonymous, with status 200', async () => {
  const nothing = { unread_count: 0, unread_list: [], all_count: 0, all_list: [] };
  for (const headers of [creator.headers, {}, { authorization: `Token ${'0'.repeat(40)}` }] as Record<
    string,
    string
  >[]) {
    const answer = await bell(PATH, headers);
    expect([answer.status, answer.body]).toEqual([200, nothing]);
  }
});

it('answers items with all fields of the model, slug and sulg, as the old client reads them', async () => {
  await client.call('POST', `/feed/api/follow/${creator.id}`, { headers: fan.headers });
  const { status, body } = await bell();
  const item = {
    id: expect.any(Number) as number,
    slug: expect.any(Number) as number,
    sulg: expect.any(Number) as number,
    level: 'info',
    recipient: creator.id,
    unread: true,
    actor_content_type: expect.any(Number) as number,
    actor_object_id: String(fan.id),
    actor: 'ravi',
    verb: 'started following you',
    description: 'ravi started following you.',
    target_content_type: expect.any(Number) as number,
    target_object_id: String(fan.id),
    target: expect.any(String) as string,
    action_object_content_type: null,
    action_object_object_id: null,
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
    public: true,
    deleted: false,
    emailed: false,
    data: { kind: 'follow' },
  };
  expect([status, body]).toEqual([200, { unread_count: 1, unread_list: [item], all_count: 1, all_list: [item] }]);
  const [{ id, slug, sulg } = { id: 0, slug: 0, sulg: 0 }] = (body as { all_list: (typeof item)[] }).all_list;
  expect([slug, sulg]).toEqual([id + 110909, id + 110909]);
});

it('marks as read what it answers, when asked by anything, and shows it unread once more', async () => {
  const marked = await bell(`${PATH}&mark_as_read=true`);
  expect(marked.body).toMatchObject({ unread_count: 1, unread_list: [{ unread: true }] });
  expect((await bell()).body).toMatchObject({
    unread_count: 0,
    unread_list: [],
    all_count: 1,
    all_list: [{ unread: false }],
  });
});

it('answers on both spellings of the path', async () => {
  expect((await bell('/feed/api/notifications?max=100')).body).toEqual((await bell()).body);
});
