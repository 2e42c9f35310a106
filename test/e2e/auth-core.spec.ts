import type { Response } from 'light-my-request';
import { Clock } from '../../src/common/clock';
import { AccountService } from '../../src/auth/account/account.service';
import { SessionService } from '../../src/auth/session/session.service';
import { MovableClock } from '../fakes/movable-clock';
import { newPerson, PASSWORD, registered } from '../factories/person';
import { startTestApp, type TestApp } from '../setup/test-app';

const INVALID_ACCESS = {
  detail: 'Given token not valid for any token type',
  code: 'token_not_valid',
  messages: [{ token_class: 'AccessToken', token_type: 'access', message: 'Token is invalid or expired' }],
};
const BLACKLISTED = { detail: 'Token is blacklisted', code: 'token_not_valid' };
const CLIENT = { ip: '127.0.0.1', userAgent: 'lightMyRequest' };

const clock = new MovableClock();
let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
  jest.spyOn(app.get(Clock), 'now').mockImplementation(() => clock.now());
});

interface Request {
  readonly body?: object | string;
  readonly headers?: Record<string, string>;
  readonly cookies?: Record<string, string>;
}

function call(method: 'GET' | 'POST' | 'DELETE', url: string, { body, headers, cookies }: Request = {}) {
  return app.inject({ method, url, headers, cookies, ...(body !== undefined && { payload: body }) });
}

const cookieOf = (answer: Response, name: string) => answer.cookies.find((cookie) => cookie.name === name);
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const seen = (answer: Response): unknown[] => [answer.statusCode, answer.json()];
const profile = (request: Request) => call('GET', '/api/user/profile/', request);

/** Somebody who signed up as a browser does. */
async function browser() {
  const person = newPerson();
  const answer = await call('POST', '/api/user/signup/', { body: person });
  const cookies = Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]));
  const { id, refresh } = answer.json<{ id: number; refresh: string }>();
  return { ...person, id, refresh, access: cookies.access_token!, cookies, answer };
}

describe('signing up', () => {
  it('answers the details, the refresh token and both cookies', async () => {
    const person = newPerson();
    const answer = await call('POST', '/api/user/signup', { body: { ...person, birth_date: '1994-5-7' } });
    const { refresh, ...details } = answer.json<{ refresh: string }>();
    expect([answer.statusCode, details]).toEqual([
      201,
      {
        id: expect.any(Number),
        username: person.username,
        email: person.email,
        birth_date: '1994-05-07',
        detail: 'User created and signed in successfully.',
      },
    ]);
    expect(cookieOf(answer, 'access_token')).toEqual({
      name: 'access_token',
      value: expect.stringMatching(/^ey/),
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
      maxAge: 300,
    });
    expect(cookieOf(answer, 'refresh_token')).toEqual({
      name: 'refresh_token',
      value: refresh,
      path: '/api/',
      httpOnly: true,
      sameSite: 'Strict',
      maxAge: 1_209_600,
    });
  });

  it('takes the date of birth under its older name, and refuses one that can not be', async () => {
    const good = await call('POST', '/api/user/signup/', { body: { ...newPerson(), age: '1994-05-17' } });
    expect(good.json()).toMatchObject({ birth_date: '1994-05-17' });
    const future = await call('POST', '/api/user/signup/', { body: { ...newPerson(), age: '2999-01-01' } });
    expect(seen(future)).toEqual([400, { age: ['Date of birth cannot be in the future.'] }]);
    const ancient = await call('POST', '/api/user/signup/', { body: { ...newPerson(), birth_date: '1800-01-01' } });
    expect(ancient.json()).toEqual({ birth_date: [expect.stringContaining('before the year')] });
  });

  it('names every fault of the person at once', async () => {
    const body = { username: 'two words', email: 'mira@example.org', password: '12345678' };
    const answer = await call('POST', '/api/user/signup/', { body });
    expect(seen(answer)).toEqual([
      400,
      {
        username: [expect.stringContaining('Enter a valid username.')],
        password: ['This password is too common.', 'This password is entirely numeric.'],
      },
    ]);
  });

  it('is not for the page of another site', async () => {
    const headers = { origin: 'https://evil.example' };
    expect((await call('POST', '/api/user/signup/', { body: newPerson(), headers })).statusCode).toBe(403);
  });
});

describe('signing in', () => {
  it('takes the username or the e-mail address, in any case', async () => {
    const { username, email } = await browser();
    const bodies = [
      { username, password: PASSWORD },
      { username: username.toUpperCase(), password: PASSWORD },
      { username: email, password: PASSWORD },
      { email, password: PASSWORD },
      { username, email, password: ` ${PASSWORD} ` },
    ];
    for (const body of bodies) {
      const [cookie, plain] = [
        await call('POST', '/api/token/', { body }),
        await call('POST', '/authenticate/api/token/', { body }),
      ];
      expect(seen(cookie)).toEqual([200, { refresh: cookieOf(cookie, 'refresh_token')!.value }]);
      expect(seen(plain)).toEqual([200, { access: expect.any(String), refresh: expect.any(String) }]);
      expect(plain.cookies).toEqual([]);
    }
  });

  it.each(['/api/token/', '/authenticate/api/token/'])('%s refuses in one way', async (url) => {
    const { username } = await browser();
    const disabled = await registered(app);
    await app.get(AccountService).disable(disabled.id);
    for (const body of [
      { username, password: 'wrong' },
      { username: 'nobody-at-all', password: PASSWORD },
      { username: disabled.username, password: PASSWORD },
    ]) {
      const answer = await call('POST', url, { body });
      expect(seen(answer)).toEqual([401, { detail: 'No active account found with the given credentials' }]);
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="api"');
      expect(answer.cookies).toEqual([]);
    }
  });

  it('names what is missing or blank', async () => {
    const missing = await call('POST', '/api/token/', { body: {} });
    const required = ['This field is required.'];
    expect(seen(missing)).toEqual([400, { username: required, password: required }]);
    const blank = await call('POST', '/authenticate/api/token/', { body: { username: ' ', password: null } });
    expect(seen(blank)).toEqual([
      400,
      { username: ['This field may not be blank.'], password: ['This field may not be null.'] },
    ]);
  });
});

describe('access', () => {
  it('by cookie, bearer token or login key gives the profile', async () => {
    const { access, id, username, email } = await browser();
    const { key } = await app.get(SessionService).openWithKey(id, CLIENT);
    const expected = {
      id,
      username,
      email,
      birth_date: null,
      is_private: false,
      bio: '',
      first_name: '',
      last_name: '',
      is_creator: false,
      profile_pic: '',
      time_zone: 'UTC',
      roles: [],
    };
    for (const request of [
      { cookies: { access_token: access } },
      { headers: bearer(access) },
      { headers: { authorization: `Token ${key}` } },
    ]) {
      expect(seen(await profile(request))).toEqual([200, expected]);
    }
  });

  it('goes by the header where there is one, whatever the cookie says', async () => {
    const [one, other] = [await browser(), await browser()];
    const cookies = { access_token: other.access };
    expect((await profile({ cookies, headers: bearer(one.access) })).json()).toMatchObject({ id: one.id });
    expect(seen(await profile({ cookies, headers: bearer('a.b.c') }))).toEqual([401, INVALID_ACCESS]);
    expect((await profile({ cookies, headers: { authorization: 'Basic eA==' } })).json()).toMatchObject({
      id: other.id,
    });
  });

  it.each<[string, string | undefined, object, string]>([
    ['nothing', undefined, { detail: 'Authentication credentials were not provided.' }, 'Bearer realm="api"'],
    ['a broken token', 'Bearer a.b.c', INVALID_ACCESS, 'Bearer realm="api"'],
    ['an unknown login key', `Token ${'0'.repeat(40)}`, { detail: 'Invalid token.' }, 'Token'],
    [
      'half a header',
      'Bearer',
      {
        detail: 'Authorization header must contain two space-delimited values',
        code: 'bad_authorization_header',
      },
      'Bearer realm="api"',
    ],
  ])('%s is refused', async (_, authorization, body, challenge) => {
    const answer = await profile({ headers: authorization === undefined ? {} : { authorization } });
    expect(seen(answer)).toEqual([401, body]);
    expect(answer.headers['www-authenticate']).toBe(challenge);
  });

  it('ends with the token: by time, by type', async () => {
    const { access, refresh } = await browser();
    expect(seen(await profile({ headers: bearer(refresh) }))).toEqual([
      401,
      { ...INVALID_ACCESS, messages: [{ ...INVALID_ACCESS.messages[0], message: 'Token has wrong type' }] },
    ]);
    clock.advance(301_000);
    expect(seen(await profile({ headers: bearer(access) }))).toEqual([401, INVALID_ACCESS]);
  });

  it('ends with the account, in its own words', async () => {
    const [closed, disabled] = [await browser(), await browser()];
    await app.get(AccountService).close(closed.id);
    await app.get(AccountService).disable(disabled.id);
    expect((await profile({ cookies: closed.cookies })).json()).toEqual({
      detail: 'User not found',
      code: 'user_not_found',
    });
    expect((await profile({ cookies: disabled.cookies })).json()).toEqual({
      detail: 'User is inactive',
      code: 'user_inactive',
    });
  });

  it('to routes for roles is for those who hold one', async () => {
    const [admin, nobody] = [await registered(app, { roles: ['admin'] }), await registered(app)];
    const [boss, other] = await Promise.all([admin, nobody].map(({ id }) => app.get(SessionService).open(id, CLIENT)));
    const list = (token: string) => call('GET', '/admin/encryption-keys/', { headers: bearer(token) });
    expect((await list(boss!.access)).statusCode).toBe(200);
    expect((await list(other!.access)).json()).toMatchObject({ status: 403, code: 'permission_denied' });
  });
});

describe('a stale cookie', () => {
  it('breaks no public route', async () => {
    const cookies = { access_token: 'stale', refresh_token: 'stale' };
    expect((await call('POST', '/api/user/signup/', { body: newPerson(), cookies })).statusCode).toBe(201);
    expect((await call('POST', '/api/user/logout/', { cookies })).statusCode).toBe(200);
  });
});

describe('refreshing', () => {
  it('with the cookie replaces both cookies, and the body the token', async () => {
    const { cookies, refresh } = await browser();
    const answer = await call('POST', '/api/token/refresh/', { cookies: { refresh_token: cookies.refresh_token! } });
    const { refresh: next } = answer.json<{ refresh: string }>();
    expect([answer.statusCode, next === refresh]).toEqual([200, false]);
    expect(cookieOf(answer, 'refresh_token')).toMatchObject({ value: next, path: '/api/', sameSite: 'Strict' });
    const access = cookieOf(answer, 'access_token')!.value;
    expect((await profile({ cookies: { access_token: access } })).statusCode).toBe(200);
  });

  it('goes by the body where it names a token', async () => {
    const [one, other] = [await browser(), await browser()];
    const answer = await call('POST', '/api/token/refresh/', {
      body: { refresh: one.refresh },
      cookies: other.cookies,
    });
    const cookies = { access_token: cookieOf(answer, 'access_token')!.value };
    expect((await profile({ cookies })).json()).toMatchObject({ id: one.id });
  });

  it('without cookies answers both tokens', async () => {
    const { refresh } = await browser();
    const answer = await call('POST', '/authenticate/api/token/refresh/', { body: { refresh } });
    expect(seen(answer)).toEqual([200, { access: expect.any(String), refresh: expect.any(String) }]);
    expect(answer.cookies).toEqual([]);
  });

  it('by twenty tabs at once keeps all of them signed in', async () => {
    const { cookies } = await browser();
    const request = { cookies: { refresh_token: cookies.refresh_token! } };
    const answers = await Promise.all(Array.from({ length: 20 }, () => call('POST', '/api/token/refresh/', request)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 20 }, () => 200));
    const successors = new Set(answers.map((answer) => cookieOf(answer, 'refresh_token')!.value));
    expect(successors.size).toBe(1);
    for (const answer of answers) {
      const access = cookieOf(answer, 'access_token')!.value;
      expect((await profile({ cookies: { access_token: access } })).statusCode).toBe(200);
    }
    const [refresh_token] = successors;
    expect((await call('POST', '/api/token/refresh/', { cookies: { refresh_token: refresh_token! } })).statusCode).toBe(
      200,
    );
  });

  it('a replayed token after the grace ends the session on the spot', async () => {
    const { refresh, cookies, email } = await browser();
    const next = (await call('POST', '/api/token/refresh/', { body: { refresh } })).json<{ refresh: string }>().refresh;
    clock.advance(31_000);
    expect((await profile({ cookies })).statusCode).toBe(200);
    const replay = await call('POST', '/api/token/refresh/', { body: { refresh } });
    expect(seen(replay)).toEqual([401, BLACKLISTED]);
    expect(replay.headers['www-authenticate']).toBe('Bearer realm="api"');
    expect(seen(await call('POST', '/api/token/refresh/', { body: { refresh: next } }))).toEqual([401, BLACKLISTED]);
    expect(seen(await profile({ cookies }))).toEqual([401, INVALID_ACCESS]);
    expect((await app.mails(email)).map(({ subject }) => subject)).toContain('We ended one of your sessions');
  });

  it.each(['/api/token/refresh/', '/authenticate/api/token/refresh/'])(
    '%s refuses in simplejwt’s words',
    async (url) => {
      const { access } = await browser();
      const refused = async (body: object) => seen(await call('POST', url, { body }));
      expect(await refused({})).toEqual([400, { refresh: ['This field is required.'] }]);
      expect(await refused({ refresh: '' })).toEqual([400, { refresh: ['This field may not be blank.'] }]);
      expect(await refused({ refresh: 'nonsense' })).toEqual([
        401,
        { detail: 'Token is invalid or expired', code: 'token_not_valid' },
      ]);
      expect(await refused({ refresh: access })).toEqual([
        401,
        { detail: 'Token has wrong type', code: 'token_not_valid' },
      ]);
    },
  );
});

describe('logging out', () => {
  const logout = (request: Request) => call('POST', '/api/user/logout/', request);

  it('ends the session by whatever token there is, also one that has run out', async () => {
    const ways = [
      ({ access }: { access: string; refresh: string }) => ({ cookies: { access_token: access } }),
      ({ access }: { access: string; refresh: string }) => ({ headers: bearer(access) }),
      ({ refresh }: { access: string; refresh: string }) => ({ cookies: { refresh_token: refresh } }),
      ({ refresh }: { access: string; refresh: string }) => ({ body: { refresh } }),
    ];
    const people = await Promise.all(ways.map(() => browser()));
    clock.advance(301_000);
    for (const [index, way] of ways.entries()) {
      const answer = await logout(way(people[index]!));
      expect(seen(answer)).toEqual([200, { detail: 'Successfully logged out.' }]);
      const { refresh } = people[index]!;
      expect(seen(await call('POST', '/api/token/refresh/', { body: { refresh } }))).toEqual([401, BLACKLISTED]);
    }
  });

  it('kills the copied access cookie at once', async () => {
    const { cookies } = await browser();
    await logout({ cookies });
    expect(seen(await profile({ cookies }))).toEqual([401, INVALID_ACCESS]);
  });

  it('ends the login key it is asked with', async () => {
    const { id } = await browser();
    const { key } = await app.get(SessionService).openWithKey(id, CLIENT);
    const headers = { authorization: `Token ${key}` };
    await logout({ headers });
    expect((await profile({ headers })).json()).toEqual({ detail: 'Invalid token.' });
  });

  it('clears the cookies with the attributes they were set with, even a stranger’s', async () => {
    const answer = await logout({});
    const gone = { value: '', maxAge: 0, expires: new Date(0), httpOnly: true };
    expect(answer.cookies).toEqual([
      { ...gone, name: 'access_token', path: '/', sameSite: 'Lax' },
      { ...gone, name: 'refresh_token', path: '/api/', sameSite: 'Strict' },
    ]);
  });

  it('does not mind what else stands in the request', async () => {
    for (const request of [{ headers: bearer('x y') }, { body: { refresh: [1] } }, { body: [] }, { body: {} }]) {
      expect((await logout(request)).statusCode).toBe(200);
    }
  });
});

describe('deleting the account', () => {
  it('answers 204 without a body, clears the cookies and frees the names', async () => {
    const { cookies, username, email, password, refresh } = await browser();
    const answer = await call('DELETE', '/api/user/delete/', { cookies });
    expect([answer.statusCode, answer.body]).toEqual([204, '']);
    expect(answer.cookies.map(({ name, value, maxAge }) => [name, value, maxAge])).toEqual([
      ['access_token', '', 0],
      ['refresh_token', '', 0],
    ]);
    expect((await profile({ cookies })).json()).toMatchObject({ code: 'user_not_found' });
    expect((await call('POST', '/api/token/refresh/', { body: { refresh } })).statusCode).toBe(401);
    expect((await call('POST', '/api/user/signup/', { body: { username, email, password } })).statusCode).toBe(201);
  });
});

describe('requests of other sites’ pages', () => {
  const DELETE_ALL = '/authenticate/sessions/';

  it.each<[string, Record<string, string>, number]>([
    ['a foreign origin', { origin: 'https://evil.example' }, 403],
    ['an opaque origin', { origin: 'null' }, 403],
    ['a foreign site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a neighbour', { 'sec-fetch-site': 'same-site' }, 403],
    ['the public address', { origin: 'http://localhost:8000' }, 204],
    ['the address that was asked', { origin: 'http://localhost:80', host: 'localhost:80' }, 204],
    ['our own page', { 'sec-fetch-site': 'same-origin' }, 204],
    ['no browser', {}, 204],
  ])('%s with the cookie', async (_, headers, status) => {
    const { cookies } = await browser();
    expect((await call('DELETE', DELETE_ALL, { cookies, headers })).statusCode).toBe(status);
  });

  it('are told why in the words of the route', async () => {
    const { cookies } = await browser();
    const headers = { origin: 'https://evil.example' };
    const answer = await call('DELETE', '/api/user/delete/', { cookies, headers });
    expect(seen(answer)).toEqual([403, { detail: expect.stringContaining('CSRF Failed') }]);
  });

  it('may read, as far as CORS lets them, and act with a token of their own', async () => {
    const { cookies, access } = await browser();
    const headers = { origin: 'https://evil.example' };
    expect((await profile({ cookies, headers })).statusCode).toBe(200);
    expect((await call('DELETE', DELETE_ALL, { headers: { ...headers, ...bearer(access) } })).statusCode).toBe(204);
  });

  it('neither refresh nor log out with cookies', async () => {
    const { cookies, refresh } = await browser();
    const headers = { origin: 'https://evil.example' };
    expect((await call('POST', '/api/token/refresh/', { cookies, headers })).statusCode).toBe(403);
    expect((await call('POST', '/api/user/logout/', { cookies, headers })).statusCode).toBe(403);
    expect((await call('POST', '/api/user/logout/', { headers })).cookies).toEqual([]);
    expect((await profile({ cookies })).statusCode).toBe(200);
    expect((await call('POST', '/api/token/refresh/', { body: { refresh }, headers })).statusCode).toBe(200);
  });
});

describe('under https', () => {
  it('both cookies are Secure, also when they go', async () => {
    const secure = await startTestApp({ PUBLIC_URL: 'https://guildhall.example.org' });
    const set = await secure.inject({ method: 'POST', url: '/api/user/signup/', payload: newPerson() });
    const cleared = await secure.inject({ method: 'POST', url: '/api/user/logout/' });
    expect([...set.cookies, ...cleared.cookies].map((cookie) => cookie.secure)).toEqual([true, true, true, true]);
    await secure.close();
  });
});
