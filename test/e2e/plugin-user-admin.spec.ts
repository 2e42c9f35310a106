import { startTestApp, type TestApp } from '../setup/test-app';
import { as, call, createUser, type Headers, loggedIn, type Registered, registeredPlugin } from './plugin-user.kit';

let app: TestApp;
let admin: Headers;

beforeAll(async () => {
  app = await startTestApp();
  admin = (await loggedIn(app, ['admin'])).auth;
});

const FERNET_KEY = /^[A-Za-z0-9_-]{43}=$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

interface View extends Record<string, unknown> {
  id: number;
  keys: { id: number; fingerprint: string; last_used_at: string | null }[];
}

const get = async (id: number): Promise<View> => (await call(app, 'GET', `/admin/plugins/${id}/`, admin)).json<View>();

it('registers a plugin and shows its key once', async () => {
  const input = {
    name: 'Verse of the day',
    description: 'Shows a verse.',
    url: 'https://plugins.example.org/plugin.js',
    image: 'https://plugins.example.org/icon.png',
    allowed_origins: ['https://plugins.example.org', 'https://Plugins.example.org:443/'],
    token_ttl: 3600,
    user_schema: { type: 'object', properties: { theme: { type: 'string' } } },
  };
  const answer = await call(app, 'POST', '/admin/plugins/', admin, input);
  expect(answer.statusCode).toBe(201);
  expect(answer.headers['cache-control']).toBe('no-store');
  const { key, ...view } = answer.json<View & { key: string }>();
  expect(key).toMatch(FERNET_KEY);
  expect(view).toEqual({
    ...input,
    allowed_origins: ['https://plugins.example.org'],
    id: expect.any(Number),
    owner: null,
    legacy: false,
    created_at: expect.stringMatching(INSTANT),
    updated_at: expect.stringMatching(INSTANT),
    revoked_at: null,
    keys: [
      {
        id: expect.any(Number),
        fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
        created_at: expect.stringMatching(INSTANT),
        last_used_at: null,
      },
    ],
  });
  const again = await call(app, 'GET', `/admin/plugins/${view.id}/`, admin);
  expect(again.json()).toEqual(view);
  const list = await call(app, 'GET', '/admin/plugins/?page_size=100', admin);
  expect(list.json<{ results: object[] }>().results).toContainEqual(view);
  for (const { body } of [again, list]) expect(body).not.toContain(key);
});

it('needs only a name: tokens live a day, no origin may call, any data fits', async () => {
  const { id } = await registeredPlugin(app, admin, { name: 'Plain' });
  expect(await get(id)).toMatchObject({
    name: 'Plain',
    description: '',
    url: '',
    image: '',
    allowed_origins: [],
    token_ttl: 86_400,
    user_schema: null,
  });
});

it.each<[object, string]>([
  [{}, '#/name'],
  [{ name: '' }, '#/name'],
  [{ name: 'x'.repeat(256) }, '#/name'],
  [{ name: 'x', url: 'javascript:alert(1)' }, '#/url'],
  [{ name: 'x', image: 'nowhere' }, '#/image'],
  [{ name: 'x', allowed_origins: 'https://a.example' }, '#/allowed_origins'],
  [{ name: 'x', allowed_origins: ['https://a.example/path'] }, '#/allowed_origins/0'],
  [{ name: 'x', allowed_origins: ['*'] }, '#/allowed_origins/0'],
  [{ name: 'x', token_ttl: 0 }, '#/token_ttl'],
  [{ name: 'x', token_ttl: 'long' }, '#/token_ttl'],
  [{ name: 'x', token_ttl: 1e12 }, '#/token_ttl'],
  [{ name: 'x', user_schema: [] }, '#/user_schema'],
  [{ name: 'x', user_schema: { type: 'thing' } }, '#/user_schema'],
  [{ name: 'x', user_schema: { $ref: 'http://127.0.0.1:1/' } }, '#/user_schema'],
  [{ name: 'x', user_schema: { properties: { a: { pattern: '^(a+)+$' } } } }, '#/user_schema'],
  [{ name: 'x', owner: 0 }, '#/owner'],
  [{ name: 'x', owner: -1 }, '#/owner'],
  [{ name: 'x', owner: 1.5 }, '#/owner'],
  [{ name: 'x', owner: 'somebody' }, '#/owner'],
  [{ name: 'x', owner: [1] }, '#/owner'],
  [{ name: 'x', owner: 1e300 }, '#/owner'],
  [{ name: 'x', owner: Number.MAX_SAFE_INTEGER }, '#/owner'],
  [{ name: 'x', key: 'mine' }, '#/key'],
  [{ name: 'x', legacy: true }, '#/legacy'],
])('refuses %j', async (input, pointer) => {
  const answer = await call(app, 'POST', '/admin/plugins/', admin, input);
  expect(answer.statusCode).toBe(400);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.json<{ errors: { pointer: string }[] }>().errors.map((error) => error.pointer)).toEqual([pointer]);
});

it('changes what is named and nothing else', async () => {
  const { id } = await registeredPlugin(app, admin, { description: 'd', user_schema: { type: 'object' } });
  const before = await get(id);
  const answer = await call(app, 'PATCH', `/admin/plugins/${id}/`, admin, { name: 'New', token_ttl: null });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual({ ...before, name: 'New', token_ttl: null, updated_at: expect.any(String) });
  await call(app, 'PATCH', `/admin/plugins/${id}/`, admin, {
    user_schema: null,
    allowed_origins: ['http://localhost:1'],
  });
  expect(await get(id)).toMatchObject({ user_schema: null, allowed_origins: ['http://localhost:1'], description: 'd' });
  expect((await call(app, 'PATCH', `/admin/plugins/${id}/`, admin, { colour: 'red' })).statusCode).toBe(400);
  expect((await call(app, 'PATCH', `/admin/plugins/${id}/`, admin, { name: '' })).statusCode).toBe(400);
});

describe('keys', () => {
  let plugin: Registered;

  beforeAll(async () => {
    plugin = await registeredPlugin(app, admin);
    await createUser(app, plugin, 5);
  });

  it('rotate: the new one is shown once, both work, the old one can go, the last one stays', async () => {
    const path = `/admin/plugins/${plugin.id}/keys/`;
    const first = (await get(plugin.id)).keys[0]!;
    const rotated = await call(app, 'POST', path, admin);
    expect(rotated.statusCode).toBe(201);
    expect(rotated.headers['cache-control']).toBe('no-store');
    const { id, key, ...rest } = rotated.json<{ id: number; key: string }>();
    expect([rest, key]).toEqual([{}, expect.stringMatching(FERNET_KEY)]);
    expect((await get(plugin.id)).keys.map((row) => row.id)).toEqual([id, first.id]);

    const renewed = { id: plugin.id, key };
    for (const each of [plugin, renewed]) {
      expect((await call(app, 'GET', '/plugin_user/', as(each, 5))).statusCode).toBe(200);
    }
    expect((await get(plugin.id)).keys.every((row) => row.last_used_at !== null)).toBe(true);

    expect((await call(app, 'DELETE', `${path}${first.id}/`, admin)).statusCode).toBe(204);
    expect((await call(app, 'GET', '/plugin_user/', as(plugin, 5))).statusCode).toBe(400);
    expect((await call(app, 'GET', '/plugin_user/', as(renewed, 5))).statusCode).toBe(200);

    const last = await call(app, 'DELETE', `${path}${id}/`, admin);
    expect([last.statusCode, last.json<{ code: string }>().code]).toEqual([409, 'plugin-key-last']);
    const gone = await call(app, 'DELETE', `${path}${first.id}/`, admin);
    expect([gone.statusCode, gone.json<{ code: string }>().code]).toEqual([404, 'plugin-key-not-found']);
  });

  it("of one plugin can't be retired through another", async () => {
    const other = await registeredPlugin(app, admin);
    await call(app, 'POST', `/admin/plugins/${other.id}/keys/`, admin);
    const answer = await call(app, 'DELETE', `/admin/plugins/${plugin.id}/keys/${other.keys[0]!.id}/`, admin);
    expect(answer.statusCode).toBe(404);
    expect((await get(other.id)).keys).toHaveLength(2);
  });
});

it('a revoked plugin stays on the list, and stays revoked', async () => {
  const { id } = await registeredPlugin(app, admin);
  for (let times = 0; times < 2; times++) {
    expect((await call(app, 'DELETE', `/admin/plugins/${id}/`, admin)).statusCode).toBe(204);
  }
  expect((await get(id)).revoked_at).toMatch(INSTANT);
  const changed = await call(app, 'PATCH', `/admin/plugins/${id}/`, admin, { name: 'x' });
  expect([changed.statusCode, changed.json<{ code: string }>().code]).toEqual([409, 'plugin-revoked']);
  expect((await call(app, 'POST', `/admin/plugins/${id}/keys/`, admin)).statusCode).toBe(409);
});

it('lists by page', async () => {
  await registeredPlugin(app, admin);
  const answer = await call(app, 'GET', '/admin/plugins/?page=1&page_size=1', admin);
  expect(answer.json()).toMatchObject({
    count: expect.any(Number),
    next: expect.stringMatching(/^http:\/\/localhost:8000\/admin\/plugins\/\?page=2&page_size=1$/),
    previous: null,
    results: [{ legacy: true, name: 'Sefaria', token_ttl: null, keys: [{ last_used_at: null }] }],
  });
  expect((await call(app, 'GET', '/admin/plugins/?page=9999', admin)).statusCode).toBe(404);
});

it.each([
  ['POST', '/admin/plugins/'],
  ['GET', '/admin/plugins/'],
  ['GET', '/admin/plugins/1/'],
  ['PATCH', '/admin/plugins/1/'],
  ['DELETE', '/admin/plugins/1/'],
  ['POST', '/admin/plugins/1/keys/'],
  ['DELETE', '/admin/plugins/1/keys/1/'],
])('%s %s is for administrators', async (method, path) => {
  expect((await call(app, method, path, {}, {})).statusCode).toBe(401);
  for (const roles of [[], ['support']] as 'support'[][]) {
    expect((await call(app, method, path, (await loggedIn(app, roles)).auth, {})).statusCode).toBe(403);
  }
});

it.each(['/admin/plugins/99999/', '/admin/plugins/abc/', '/admin/plugins/0/'])('%s is nowhere', async (path) => {
  for (const [method, at] of [
    ['GET', path],
    ['PATCH', path],
    ['DELETE', path],
    ['POST', `${path}keys/`],
  ] as const) {
    const answer = await call(app, method, at, admin, method === 'PATCH' ? {} : undefined);
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toBe('application/problem+json');
  }
});
