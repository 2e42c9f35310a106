import { AccountRepository } from '../../src/auth/account/account.repository';
import { AccountService } from '../../src/auth/account/account.service';
import { PASSWORD } from '../factories/person';
import { holdPauses, keyHeader, RestAuthClient, somebody } from '../integration/auth-rest/rest-auth-client';
import { startTestApp, type TestApp } from '../setup/test-app';

const KEY = /^[0-9a-f]{40}$/;
const REFUSED = [400, { non_field_errors: ['Unable to log in with provided credentials.'] }];

describe('rest-auth/login/ and logout/ (COMPAT 3.1)', () => {
  let app: TestApp;
  let client: RestAuthClient;

  beforeAll(async () => {
    app = await startTestApp();
    client = new RestAuthClient(app);
  });

  // Another instance on the same database would deliver some of the mails, to a mailbox of its own.
  afterAll(() => app.close());

  async function login(payload: object): Promise<unknown[]> {
    const answer = await client.post('login/', payload);
    return [answer.statusCode, answer.json()];
  }

  describe('login/', () => {
    it('gives a key, the id and is_creator for the e-mail address or the username, and no cookie', async () => {
      const { username, email, userId } = await client.member();
      const keys = new Set<string>();
      for (const who of [{ email }, { username }, { username: email }, { email: email.toUpperCase() }]) {
        const answer = await client.login(who);
        expect(answer.statusCode).toBe(200);
        expect(answer.json()).toEqual({ key: expect.stringMatching(KEY), user_id: userId, is_creator: false });
        expect(answer.headers['set-cookie']).toBeUndefined();
        keys.add(answer.json<{ key: string }>().key);
      }
      expect(keys.size).toBe(4);
      for (const key of keys) expect(await client.statusOf(key)).toBe(200);
    });

    it('takes an urlencoded form and the path without its slash', async () => {
      const { email } = await client.member();
      const answer = await app.inject({
        method: 'POST',
        url: '/authenticate/rest-auth/login',
        payload: new URLSearchParams({ username: '', email, password: PASSWORD }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      expect(answer.statusCode).toBe(200);
    });

    it('is_creator is what the account says', async () => {
      const { email, key } = await client.member();
      await client.request('PATCH', 'user/', { is_creator: true }, key);
      expect((await client.login({ email })).json()).toMatchObject({ is_creator: true });
    });

    it('answers a wrong password, an unknown name and an unknown address alike', async () => {
      const { username, email } = await client.member();
      expect(await login({ email, password: 'not-the-password' })).toEqual(REFUSED);
      expect(await login({ username, password: 'not-the-password' })).toEqual(REFUSED);
      expect(await login({ username: 'nobody-at-all', password: PASSWORD })).toEqual(REFUSED);
      expect(await login({ email: 'nobody@example.org', password: PASSWORD })).toEqual(REFUSED);
    });

    it('tells that the mailbox is unproven only to whoever knows the password', async () => {
      const person = somebody();
      await client.register(person);
      const unproven = [400, { non_field_errors: ['E-mail is not verified.'] }];
      expect(await login({ email: person.email, password: PASSWORD })).toEqual(unproven);
      expect(await login({ email: person.email, password: 'not-the-password' })).toEqual(REFUSED);
    });

    it('tells that the account is disabled only to whoever knows the password', async () => {
      const { email, userId, key } = await client.member();
      await app.get(AccountService).disable(userId);
      const disabled = [400, { non_field_errors: ['User account is disabled.'] }];
      expect(await login({ email, password: PASSWORD })).toEqual(disabled);
      expect(await login({ email, password: 'not-the-password' })).toEqual(REFUSED);
      expect(await client.statusOf(key)).toBe(401);
    });

    const EITHER = 'Must include either "username" or "email" and "password".';
    it.each([
      [{}, { password: ['This field is required.'] }],
      [{ email: 'a@example.org' }, { password: ['This field is required.'] }],
      [{ email: 'a@example.org', password: '' }, { password: ['This field may not be blank.'] }],
      [{ password: PASSWORD }, { non_field_errors: [EITHER] }],
      [{ username: '', email: '', password: PASSWORD }, { non_field_errors: [EITHER] }],
      [{ email: 'nonsense', password: PASSWORD }, { email: ['Enter a valid email address.'] }],
      [{ username: ['a'], password: PASSWORD }, { username: ['Not a valid string.'] }],
      [{ username: 'a\0b', password: PASSWORD }, { username: ['Null characters are not allowed.'] }],
    ])('answers 400 to %p', async (payload, errors) => {
      expect(await login(payload)).toEqual([400, errors]);
    });

    it('takes POST only', async () => {
      const answer = await client.get('login/');
      expect([answer.statusCode, answer.json()]).toEqual([405, { detail: 'Method "GET" not allowed.' }]);
    });

    it("takes Django's hash of the password and keeps a better one in its place", async () => {
      const { email, userId } = await client.member();
      // By Python's hashlib, of 'correct horse'.
      const django = 'pbkdf2_sha256$260000$8Xk2mPq1TzWv$M9pdDZr1ZqXGuJggNgOApn25YaS5chvfvp1QHd43/h8=';
      await app.get(AccountRepository).change(userId, { passwordHash: django });
      expect(await login({ email, password: 'correct mule' })).toEqual(REFUSED);
      expect((await login({ email, password: 'correct horse' }))[0]).toBe(200);
      const account = await app.get(AccountRepository).byId(userId);
      expect(account?.passwordHash).toMatch(/^\$argon2id\$/);
      expect((await login({ email, password: 'correct horse' }))[0]).toBe(200);
    });

    it('opens nothing for an account without a password', async () => {
      const { email, userId } = await client.member();
      await app.get(AccountRepository).change(userId, { passwordHash: null });
      for (const password of [PASSWORD, 'null', 'anything']) expect(await login({ email, password })).toEqual(REFUSED);
    });
  });

  describe("a username that is somebody's e-mail address", () => {
    it('is refused to everybody else', async () => {
      const victim = await client.member();
      const answer = await client.register({ ...somebody(), username: victim.email });
      expect([answer.statusCode, answer.json()]).toEqual([
        400,
        { username: ['A username that is an e-mail address must be your own.'] },
      ]);
      const own = somebody();
      expect((await client.register({ ...own, username: own.email })).statusCode).toBe(201);
    });

    it('where it exists all the same, neither keeps the other out, and the password says who comes in', async () => {
      const [victim, squatter] = [await client.member(), await client.member()];
      const usernameKey = victim.email.toLowerCase();
      await app.get(AccountRepository).change(squatter.userId, { username: victim.email, usernameKey });
      await app.get(AccountService).setPassword(squatter.userId, 'squatters own password');
      for (const field of ['username', 'email']) {
        const own = await client.login({ [field]: victim.email });
        expect(own.json()).toMatchObject({ user_id: victim.userId });
      }
      expect(await login({ email: victim.email, password: 'squatters own password' })).toEqual(REFUSED);
      expect((await client.login({ username: victim.email }, 'squatters own password')).json()).toMatchObject({
        user_id: squatter.userId,
      });
      const token = await app.inject({
        method: 'POST',
        url: '/authenticate/api/token/',
        payload: { username: victim.email, password: PASSWORD },
      });
      const [, claims] = token.json<{ access: string }>().access.split('.');
      expect(JSON.parse(Buffer.from(claims!, 'base64url').toString())).toMatchObject({ user_id: victim.userId });
    });
  });

  describe('logout/', () => {
    const LOGGED_OUT = { detail: 'Successfully logged out.' };

    it('ends its key and no other', async () => {
      const { key, email } = await client.member();
      const other = (await client.login({ email })).json<{ key: string }>().key;
      const answer = await client.post('logout/', undefined, { headers: keyHeader(key) });
      expect([answer.statusCode, answer.json()]).toEqual([200, LOGGED_OUT]);
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(await client.statusOf(key)).toBe(401);
      expect(await client.statusOf(other)).toBe(200);
    });

    it.each([
      ['without a key', {}],
      ['with a key that is none', keyHeader('0'.repeat(40))],
      ['with a broken header', { authorization: 'Token' }],
      ['with a token that is none', { authorization: 'Bearer nonsense' }],
    ])('answers 200 %s', async (_, headers) => {
      const answer = await client.post('logout/', undefined, { headers });
      expect([answer.statusCode, answer.json()]).toEqual([200, LOGGED_OUT]);
    });

    it('answers 200 twice with the same key', async () => {
      const { key } = await client.member();
      for (let i = 0; i < 2; i++) {
        expect((await client.post('logout/', undefined, { headers: keyHeader(key) })).statusCode).toBe(200);
      }
    });

    it('ends the session of a bearer token and of a cookie, but not for a page of another site', async () => {
      const { username } = await client.member();
      const url = '/api/token/';
      const signIn = () => app.inject({ method: 'POST', url, payload: { username, password: PASSWORD } });
      const profile = (cookie: string) =>
        app
          .inject({ method: 'GET', url: '/api/user/profile/', headers: { cookie } })
          .then(({ statusCode }) => statusCode);
      const cookie = (await signIn()).cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
      const foreign = await client.post('logout/', undefined, { headers: { cookie, origin: 'https://evil.example' } });
      expect(foreign.statusCode).toBe(403);
      expect(await profile(cookie)).toBe(200);
      expect((await client.post('logout/', undefined, { headers: { cookie } })).statusCode).toBe(200);
      expect(await profile(cookie)).toBe(401);
    });

    it('takes POST only', async () => {
      const answer = await client.get('logout/');
      expect([answer.statusCode, answer.json()]).toEqual([405, { detail: 'Method "GET" not allowed.' }]);
    });
  });

  it('a key opens what needs a session, and only a good one does', async () => {
    const unauthorized = async (headers: Record<string, string>) => {
      const answer = await client.get('user/', { headers });
      return [answer.statusCode, answer.json()];
    };
    expect(await unauthorized({})).toEqual([401, { detail: 'Authentication credentials were not provided.' }]);
    expect(await unauthorized(keyHeader('0'.repeat(40)))).toEqual([401, { detail: 'Invalid token.' }]);
    expect(await unauthorized(keyHeader('short'))).toEqual([401, { detail: 'Invalid token.' }]);
  });
});

describe('guessing passwords', () => {
  let app: TestApp;
  let client: RestAuthClient;

  beforeAll(async () => {
    app = await startTestApp();
    client = new RestAuthClient(app);
    holdPauses(app);
  });

  afterAll(() => app.close());

  async function guesses(who: object, times: number, address: string): Promise<string[]> {
    const answers: string[] = [];
    for (let i = 0; i < times; i++) {
      const answer = await client.login(who, `wrong guess number ${i}`, address);
      const { 'retry-after': retryAfter } = answer.headers;
      answers.push(`${answer.statusCode} ${String(retryAfter)} ${answer.body.replace(/\d+ seconds?/, 'N seconds')}`);
    }
    return answers;
  }

  const WRONG = '400 undefined {"non_field_errors":["Unable to log in with provided credentials."]}';
  const THROTTLED = '429 5 {"detail":"Request was throttled. Expected available in N seconds."}';

  it('is slowed down after five wrong ones, although RATE_LIMITS is off, and alike for names that nobody has', async () => {
    const { username, email } = await client.member();
    const expected = [...Array<string>(5).fill(WRONG), THROTTLED];
    expect(await guesses({ username }, 6, '192.0.2.1')).toEqual(expected);
    expect(await guesses({ email }, 6, '192.0.2.1')).toEqual(expected);
    expect(await guesses({ username: 'nobody-has-it' }, 6, '192.0.2.1')).toEqual(expected);
    expect(await guesses({ email: 'nobody-has@example.org' }, 6, '192.0.2.1')).toEqual(expected);
  });

  it('says 429 even to the right password while the pause lasts, but not at another address', async () => {
    const { username } = await client.member();
    await guesses({ username }, 5, '192.0.2.2');
    expect((await client.login({ username }, PASSWORD, '192.0.2.2')).statusCode).toBe(429);
    expect((await client.login({ username }, PASSWORD, '192.0.2.3')).statusCode).toBe(200);
  });

  it('is slowed down on all routes together', async () => {
    const { username } = await client.member();
    await guesses({ username }, 5, '127.0.0.1');
    const other = await client.login({ username });
    expect(other.statusCode).toBe(429);
    expect(other.headers['retry-after']).toBe('5');
  });

  it('of fifty sent at once lets five through', async () => {
    const { username } = await client.member();
    const burst = Array.from({ length: 50 }, (_, i) => client.login({ username }, `guess ${i}`, '192.0.2.9'));
    const statuses = (await Promise.all(burst)).map(({ statusCode }) => statusCode);
    expect(statuses.sort()).toEqual([...Array<number>(5).fill(400), ...Array<number>(45).fill(429)]);
  });

  it('lets an owner sign in many times at once', async () => {
    const { username } = await client.member();
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.login({ username })));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
  });

  it('from many addresses is slowed down everywhere but where the owner signed in before', async () => {
    const { email } = await client.member();
    const stranger = (i: number) => client.login({ email }, 'wrong', `198.51.100.${i}`);
    const statuses: number[] = [];
    for (let i = 0; i < 40; i++) statuses.push((await stranger(i)).statusCode);
    expect(statuses.slice(-5)).toEqual(Array(5).fill(429));
    expect((await client.login({ email }, PASSWORD, '203.0.113.50')).statusCode).toBe(429);
    // `member()` signed in from here.
    expect((await client.login({ email })).statusCode).toBe(200);
  });

  it('from many addresses is slowed down alike for a name that nobody has', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 40; i++) {
      statuses.push((await client.login({ username: 'nobody-in-sight' }, 'wrong', `198.51.100.${i}`)).statusCode);
    }
    expect(statuses).toEqual([...Array<number>(31).fill(400), ...Array<number>(9).fill(429)]);
  });
});
