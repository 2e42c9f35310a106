import { CompactEncrypt, importJWK } from 'jose';
import { BootAdminService } from '../../src/auth/account/boot-admin.service';
import { SessionService } from '../../src/auth/session/session.service';
import { newPerson, PASSWORD, registered } from '../factories/person';
import { anotherDatabase } from '../setup/spec-database';
import { startTestApp, type TestApp } from '../setup/test-app';

const CLIENT = { ip: '203.0.113.7', userAgent: 'Firefox on Linux' };

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

function call(method: 'GET' | 'POST' | 'DELETE', url: string, headers: Record<string, string> = {}, payload?: object) {
  return app.inject({ method, url, headers, ...(payload && { payload }) });
}

describe('/authenticate/sessions/', () => {
  it('lists my sign-ins of every kind, last used first, and marks the one I ask with', async () => {
    const { id } = await registered(app);
    const key = await app.get(SessionService).openWithKey(id, CLIENT);
    const jwt = await app.get(SessionService).open(id, CLIENT);
    await app.get(SessionService).open((await registered(app)).id, CLIENT);
    const answer = await call('GET', '/authenticate/sessions/', bearer(jwt.access));
    const common = {
      created_at: expect.stringMatching(/Z$/),
      last_used_at: expect.stringMatching(/Z$/),
      expires_at: expect.stringMatching(/Z$/),
      ip: CLIENT.ip,
      user_agent: CLIENT.userAgent,
    };
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      {
        count: 2,
        next: null,
        previous: null,
        results: expect.arrayContaining([
          { id: jwt.sessionId, kind: 'jwt', current: true, ...common },
          { id: key.sessionId, kind: 'key', current: false, ...common },
        ]),
      },
    ]);
    const page = await call('GET', '/authenticate/sessions/?page_size=1', { authorization: `Token ${key.key}` });
    expect(page.json()).toMatchObject({
      count: 2,
      next: expect.stringContaining('page=2'),
      results: [{ id: jwt.sessionId }],
    });
  });

  it('ends one of mine at once, and nobody else’s', async () => {
    const [{ id }, stranger] = [await registered(app), await registered(app)];
    const sessions = app.get(SessionService);
    const [mine, other] = [await sessions.open(id, CLIENT), await sessions.open(id, CLIENT)];
    const theirs = await sessions.open(stranger.id, CLIENT);
    const end = (sessionId: number | string) =>
      call('DELETE', `/authenticate/sessions/${sessionId}/`, bearer(mine.access));
    const ended = await end(other.sessionId);
    expect([ended.statusCode, ended.body]).toEqual([204, '']);
    expect((await call('GET', '/authenticate/sessions/', bearer(other.access))).statusCode).toBe(401);
    for (const unknown of [other.sessionId, theirs.sessionId, 999_999_999, 'x', '0', '-1']) {
      const answer = await end(unknown);
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([404, 'application/problem+json']);
    }
    expect((await call('GET', '/authenticate/sessions/', bearer(theirs.access))).statusCode).toBe(200);
  });

  it('ends all others and keeps mine', async () => {
    const { id } = await registered(app);
    const sessions = app.get(SessionService);
    const [mine, other] = [await sessions.open(id, CLIENT), await sessions.open(id, CLIENT)];
    const key = await sessions.openWithKey(id, CLIENT);
    expect((await call('DELETE', '/authenticate/sessions/', bearer(mine.access))).statusCode).toBe(204);
    const list = (headers: Record<string, string>) => call('GET', '/authenticate/sessions/', headers);
    expect((await list(bearer(other.access))).statusCode).toBe(401);
    expect((await list({ authorization: `Token ${key.key}` })).statusCode).toBe(401);
    expect((await list(bearer(mine.access))).json()).toMatchObject({ count: 1 });
  });

  it('is for people who are signed in', async () => {
    for (const method of ['GET', 'DELETE'] as const) {
      const answer = await call(method, '/authenticate/sessions/');
      expect([answer.statusCode, answer.json()]).toEqual([401, expect.objectContaining({ code: 'not_authenticated' })]);
    }
  });
});

describe('encrypted bodies', () => {
  async function encrypted(text: string): Promise<{ payload: string }> {
    const answer = await call('GET', '/.well-known/jwks.json');
    const [jwk] = answer.json<{ keys: ({ kid: string } & Record<string, string>)[] }>().keys;
    const payload = await new CompactEncrypt(new TextEncoder().encode(text))
      .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: jwk!.kid })
      .encrypt(await importJWK(jwk!, 'RSA-OAEP-256'));
    return { payload };
  }

  it('are encrypted to keys that anybody may fetch and keep a while', async () => {
    const answer = await call('GET', '/.well-known/jwks.json');
    expect(answer.headers['cache-control']).toBe('public, max-age=300');
    expect(answer.json()).toEqual({
      keys: [expect.objectContaining({ kty: 'RSA', use: 'enc', alg: 'RSA-OAEP-256' })],
    });
    expect(answer.body).not.toMatch(/"d"|"p"|"q"/);
  });

  it.each(['/api/token/', '/authenticate/api/token/'])('%s works as with the plain body', async (url) => {
    const { username } = await registered(app);
    const post = async (body: object) => call('POST', url, {}, await encrypted(JSON.stringify(body)));
    const good = await post({ username, password: PASSWORD });
    expect([good.statusCode, good.json()]).toEqual([200, expect.objectContaining({ refresh: expect.any(String) })]);
    expect((await post({ username, password: 'wrong' })).statusCode).toBe(401);
    expect((await post({ username })).json()).toEqual({ password: ['This field is required.'] });
    const { refresh } = good.json<{ refresh: string }>();
    expect((await call('POST', `${url}refresh/`, {}, await encrypted(JSON.stringify({ refresh })))).statusCode).toBe(
      200,
    );
  });

  it('that are none are a fault of the field', async () => {
    const post = async (payload: unknown) => call('POST', '/api/token/', {}, { payload });
    const unreadable = ['The payload could not be decrypted.'];
    for (const payload of ['', 'a.b.c.d.e', (await encrypted('{not json')).payload]) {
      const answer = await post(payload);
      expect([answer.statusCode, answer.json()]).toEqual([400, { payload: unreadable }]);
    }
    expect((await post((await encrypted('[1]')).payload)).json()).toEqual({
      non_field_errors: ['Invalid data. Expected a dictionary, but got list.'],
    });
    expect((await post(7)).json()).toEqual({ payload: ['Not a valid string.'] });
    expect((await post('x'.repeat(20_000))).json()).toEqual({
      payload: ['Ensure this field has no more than 16384 characters.'],
    });
  });

  it('find their keys rotated and retired by an administrator', async () => {
    const admin = await registered(app, { roles: ['admin'] });
    const { access } = await app.get(SessionService).open(admin.id, CLIENT);
    const { username } = await registered(app);
    const before = await encrypted(JSON.stringify({ username, password: PASSWORD }));
    const created = await call('POST', '/admin/encryption-keys/', bearer(access));
    expect([created.statusCode, created.json()]).toEqual([
      201,
      { kid: expect.any(String), created_at: expect.any(String), retired_at: null },
    ]);
    const jwks = async () =>
      (await call('GET', '/.well-known/jwks.json')).json<{ keys: { kid: string }[] }>().keys.map(({ kid }) => kid);
    const [newest, older] = await jwks();
    expect(newest).toBe(created.json<{ kid: string }>().kid);
    expect((await call('POST', '/api/token/', {}, before)).statusCode).toBe(200);
    expect((await call('DELETE', `/admin/encryption-keys/${older}/`, bearer(access))).statusCode).toBe(204);
    expect((await call('POST', '/api/token/', {}, before)).statusCode).toBe(400);
    expect(await jwks()).toEqual([newest]);
    const list = await call('GET', '/admin/encryption-keys/', bearer(access));
    expect(list.json<{ kid: string; retired_at: string | null }[]>().map(({ retired_at }) => retired_at)).toEqual([
      null,
      expect.any(String),
    ]);
  });
});

describe('the generated administrator', () => {
  it('signs in with what was printed, without a proven mailbox of its own', async () => {
    const fresh = await startTestApp({ DATABASE_URL: await anotherDatabase() });
    const credentials = await fresh.get(BootAdminService).ensure();
    const answer = await fresh.inject({ method: 'POST', url: '/authenticate/api/token/', payload: { ...credentials } });
    const headers = bearer(answer.json<{ access: string }>().access);
    const profile = await fresh.inject({ method: 'GET', url: '/api/user/profile/', headers });
    expect(profile.json()).toMatchObject({ username: 'admin', roles: ['admin'] });
    await fresh.close();
  });
});

describe('two instances', () => {
  it('share sign-ins, and what ended on one is refused on the other within its next look', async () => {
    const other = await startTestApp();
    const body = newPerson();
    const signup = await app.inject({ method: 'POST', url: '/api/user/signup/', payload: body });
    const cookies = Object.fromEntries(signup.cookies.map(({ name, value }) => [name, value]));
    const there = () => other.inject({ method: 'GET', url: '/api/user/profile/', cookies });
    expect((await there()).statusCode).toBe(200);
    await app.inject({ method: 'POST', url: '/api/user/logout/', cookies });
    const deadline = performance.now() + 5_000;
    while ((await there()).statusCode === 200 && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect((await there()).statusCode).toBe(401);
    await other.close();
  });
});
