import { Fernet } from '../../src/infra/crypto/fernet';
import { startTestApp, type TestApp } from '../setup/test-app';
import { TEST_SECRETS } from '../setup/test-settings';
import { as, call, createUser, type Headers, loggedIn, type Registered, registeredPlugin } from './plugin-user.kit';

const OWN = 'http://localhost:8000';
const HOUR = 3_600_000;

let app: TestApp;
let admin: Headers;

beforeAll(async () => {
  app = await startTestApp();
  admin = (await loggedIn(app, ['admin'])).auth;
});

const ago = (milliseconds: number): Date => new Date(Date.now() - milliseconds);

describe('users of registered plugins', () => {
  let one: Registered;
  let two: Registered;

  beforeAll(async () => {
    [one, two] = [await registeredPlugin(app, admin), await registeredPlugin(app, admin)];
  });

  it('never meet: each plugin has a user 12345 of its own', async () => {
    for (const plugin of [one, two]) {
      expect((await createUser(app, plugin, 12345)).statusCode).toBe(201);
      await call(app, 'PUT', '/plugin_user/', as(plugin, 12345), { name: `of ${plugin.id}`, [`p${plugin.id}`]: 1 });
    }
    const answers = await Promise.all([one, two].map((plugin) => call(app, 'GET', '/plugin_user/', as(plugin, 12345))));
    expect(answers.map((answer) => answer.json<object>())).toEqual(
      [one, two].map(({ id }) => ({
        id: expect.any(Number),
        sefaria_id: '12345',
        name: `of ${id}`,
        [`p${id}`]: 1,
      })),
    );
    await call(app, 'DELETE', '/plugin_user/', as(one, 12345));
    expect((await call(app, 'GET', '/plugin_user/', as(one, 12345))).statusCode).toBe(404);
    expect((await call(app, 'GET', '/plugin_user/', as(two, 12345))).statusCode).toBe(200);
  });

  it("one plugin's token is nothing to another, nor to the legacy plugin", async () => {
    await createUser(app, one, 7);
    const { 'plugin-user-id': token } = as(one, 7);
    for (const headers of [{ 'plugin-id': String(two.id) }, {}] as Headers[]) {
      const answer = await call(app, 'GET', '/plugin_user/', { ...headers, 'plugin-user-id': token! });
      expect([answer.statusCode, answer.body]).toEqual([400, '{"error":"Invalid sefaria_id"}']);
    }
  });

  it.each(['0', '-1', '1.0', 'abc', '99999999', '99999999999999999999', '', ' ', '1, 1'])(
    'a plugin %j is unknown: 404',
    async (id) => {
      const answer = await call(app, 'GET', '/plugin_user/', { ...as(one, 7), 'plugin-id': id });
      expect([answer.statusCode, answer.json<object>()]).toEqual([404, { error: 'Plugin not found' }]);
    },
  );

  it('tokens live a day and say when they have expired', async () => {
    await createUser(app, one, 8);
    expect((await call(app, 'GET', '/plugin_user/', as(one, 8, ago(23 * HOUR)))).statusCode).toBe(200);
    const answer = await call(app, 'GET', '/plugin_user/', as(one, 8, ago(25 * HOUR)));
    expect([answer.statusCode, answer.json<object>()]).toEqual([
      400,
      { error: 'Invalid sefaria_id', detail: 'The token has expired.' },
    ]);
  });

  it('take only the strict spelling', async () => {
    const headers = as(one, 8);
    const token = headers['plugin-user-id']!;
    const get = (text: string) => call(app, 'GET', '/plugin_user/', { ...headers, 'plugin-user-id': text });
    expect((await get(token.replace(/=+$/, ''))).statusCode).toBe(200);
    expect((await get(`${token.slice(0, 30)}!${token.slice(30)}`)).statusCode).toBe(400);
  });

  it('a revoked plugin is unknown at once', async () => {
    const plugin = await registeredPlugin(app, admin);
    await createUser(app, plugin, 1);
    expect((await call(app, 'GET', '/plugin_user/', as(plugin, 1))).statusCode).toBe(200);
    expect((await call(app, 'DELETE', `/admin/plugins/${plugin.id}/`, admin)).statusCode).toBe(204);
    for (const method of ['GET', 'PUT', 'DELETE', 'POST']) {
      const answer = await call(app, method, '/plugin_user/', as(plugin, 1));
      expect([answer.statusCode, answer.body]).toEqual([404, '{"error":"Plugin not found"}']);
    }
  });

  it("data follows the plugin's schema", async () => {
    const schema = {
      type: 'object',
      properties: { theme: { enum: ['dark', 'light'] }, level: { type: 'integer', minimum: 1 } },
      additionalProperties: false,
    };
    const plugin = await registeredPlugin(app, admin, { user_schema: schema });
    await createUser(app, plugin, 1);
    const put = (json: object) => call(app, 'PUT', '/plugin_user/', as(plugin, 1), json);
    expect((await put({ name: 'Rivka' })).statusCode).toBe(200);
    expect((await put({ theme: 'dark' })).statusCode).toBe(200);
    expect((await put({ theme: 'pink' })).json()).toEqual({
      error: 'theme must be equal to one of the allowed values',
    });
    expect((await put({ color: 'red' })).statusCode).toBe(400);
    expect((await put({ level: 0 })).json()).toEqual({ error: 'level must be >= 1' });
    expect((await call(app, 'GET', '/plugin_user/', as(plugin, 1))).json()).toEqual({
      id: expect.any(Number),
      sefaria_id: '1',
      name: 'Rivka',
      theme: 'dark',
    });
  });
});

describe('pages of plugins', () => {
  let one: Registered;
  const legacy = { 'plugin-user-id': new Fernet([TEST_SECRETS.SEFARIA_PLUGIN_SECRET]).encrypt('5', new Date()) };

  beforeAll(async () => {
    one = await registeredPlugin(app, admin, { allowed_origins: ['https://one.example'] });
    await registeredPlugin(app, admin, { allowed_origins: ['https://two.example:8443/'] });
    await createUser(app, one, 5);
  });

  const preflight = (origin: string, method = 'PUT') =>
    app.inject({
      method: 'OPTIONS',
      url: '/plugin_user/',
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': 'content-type,plugin-id,plugin-user-id',
      },
    });

  it.each(['https://one.example', 'https://two.example:8443'])('%s may ask, without cookies', async (origin) => {
    const { statusCode, headers } = await preflight(origin);
    expect(statusCode).toBe(204);
    expect(headers['access-control-allow-origin']).toBe(origin);
    expect(headers['access-control-allow-headers']).toBe('content-type,plugin-id,plugin-user-id');
    expect(String(headers['access-control-allow-methods'])).toContain('PUT');
    expect(headers.vary).toContain('Origin');
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it.each(['https://three.example', 'http://one.example', 'null', 'https://one.example.evil'])(
    '%s may not',
    async (origin) => {
      expect((await preflight(origin)).headers).not.toHaveProperty('access-control-allow-origin');
    },
  );

  it('the request itself is for the pages of its own plugin', async () => {
    const own = await call(app, 'GET', '/plugin_user/', { ...as(one, 5), origin: 'https://one.example' });
    expect(own.statusCode).toBe(200);
    expect(own.headers['access-control-allow-origin']).toBe('https://one.example');
    expect(own.headers).not.toHaveProperty('access-control-allow-credentials');

    for (const method of ['GET', 'PUT', 'DELETE', 'POST']) {
      const other = await call(app, method, '/plugin_user/', { ...as(one, 5), origin: 'https://two.example:8443' });
      expect(other.statusCode).toBe(403);
      expect(other.json()).toEqual({ error: 'This origin may not call the plugin' });
      expect(other.headers).not.toHaveProperty('access-control-allow-origin');
    }
    expect((await call(app, 'GET', '/plugin_user/', { ...as(one, 5), origin: OWN })).statusCode).toBe(200);
    expect((await call(app, 'GET', '/plugin_user/', as(one, 5))).statusCode).toBe(200);
  });

  it('a page reads errors too', async () => {
    const headers = { 'plugin-id': String(one.id), origin: 'https://one.example' };
    const answer = await call(app, 'GET', '/plugin_user/', headers);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['access-control-allow-origin']).toBe('https://one.example');
  });

  it('the legacy plugin answers any origin, as it did, and lets none read until an administrator names it', async () => {
    const origin = 'https://www.sefaria.org';
    const get = () => call(app, 'GET', '/plugin_user/', { ...legacy, origin });
    const before = await get();
    expect(before.statusCode).toBe(404);
    expect(before.headers).not.toHaveProperty('access-control-allow-origin');
    const list = (await call(app, 'GET', '/admin/plugins/', admin)).json<{
      results: { id: number; legacy: boolean }[];
    }>();
    const { id } = list.results.find((plugin) => plugin.legacy)!;
    await call(app, 'PATCH', `/admin/plugins/${id}/`, admin, { allowed_origins: [origin] });
    expect((await get()).headers['access-control-allow-origin']).toBe(origin);
    expect((await preflight(origin)).headers['access-control-allow-origin']).toBe(origin);
  });
});

describe('GET /plugin/<id>/user', () => {
  let plugin: Registered;

  beforeAll(async () => {
    plugin = await registeredPlugin(app, admin);
  });

  it("answers the caller's id, encrypted with the newest key, and the plugin's server knows the user", async () => {
    const { id, auth } = await loggedIn(app);
    const rotated = (await call(app, 'POST', `/admin/plugins/${plugin.id}/keys/`, admin)).json<{ key: string }>();
    const answer = await call(app, 'GET', `/plugin/${plugin.id}/user`, auth);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    const { encrypted_user_id: token, ...rest } = answer.json<{ encrypted_user_id: string }>();
    expect(rest).toEqual({});
    const result = new Fernet([rotated.key]).decrypt(token, new Date(), 60);
    expect(result.ok && result.payload.toString()).toBe(String(id));
    const created = await call(app, 'POST', '/plugin_user/', { 'plugin-id': String(plugin.id) }, { sefaria_id: token });
    expect(created.json()).toEqual({ id: expect.any(Number), sefaria_id: String(id) });
    expect((await call(app, 'GET', `/plugin/${plugin.id}/user/`, auth)).statusCode).toBe(200);
  });

  it('says nothing to strangers', async () => {
    const answer = await call(app, 'GET', `/plugin/${plugin.id}/user`);
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.body).not.toContain('encrypted_user_id');
    expect((await call(app, 'GET', '/plugin/99999/user')).statusCode).toBe(401);
  });

  it('knows neither unknown, nor revoked, nor legacy plugins', async () => {
    const { auth } = await loggedIn(app);
    const revoked = await registeredPlugin(app, admin);
    await call(app, 'DELETE', `/admin/plugins/${revoked.id}/`, admin);
    const list = (await call(app, 'GET', '/admin/plugins/', admin)).json<{
      results: { id: number; legacy: boolean }[];
    }>();
    const legacy = list.results.find((entry) => entry.legacy)!;
    for (const id of [99999, 'abc', '1e3', '%00', '01', '-1', revoked.id, legacy.id, '9'.repeat(30)]) {
      const answer = await call(app, 'GET', `/plugin/${id}/user`, auth);
      expect(answer.statusCode).toBe(404);
      expect(answer.headers['content-type']).toBe('application/problem+json');
    }
  });
});

it('a closed account leaves no plugin user behind', async () => {
  const plugin = await registeredPlugin(app, admin);
  const { id, auth } = await loggedIn(app);
  await createUser(app, plugin, id);
  expect((await call(app, 'GET', '/plugin_user/', as(plugin, id))).statusCode).toBe(200);
  expect((await call(app, 'DELETE', '/api/user/delete/', auth)).statusCode).toBe(204);
  await app.drained();
  expect((await call(app, 'GET', '/plugin_user/', as(plugin, id))).statusCode).toBe(404);
});
