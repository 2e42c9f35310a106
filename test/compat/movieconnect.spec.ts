import { startTestApp, type TestApp } from '../setup/test-app';
import { type Answer, cookieHeader, HttpClient } from './client';

/** The account API of the MovieConnect server: both READMEs and the final code (COMPAT 4). */
let app: TestApp;
let client: HttpClient;
let people = 0;

beforeAll(async () => {
  app = await startTestApp();
  client = new HttpClient(await app.url());
});

afterAll(() => app.close());

const PASSWORD = 'correct-Horse-7-battery';

function person(): { username: string; email: string; password: string } {
  people += 1;
  return { username: `viewer${people}`, email: `viewer${people}@example.org`, password: PASSWORD };
}

async function signedUp(): Promise<{ username: string; signup: Answer }> {
  const who = person();
  return {
    username: who.username,
    signup: await client.post('/api/user/signup/', { ...who, birth_date: '1990-05-17' }),
  };
}

const refreshOf = (answer: Answer): string => (answer.body as { refresh: string }).refresh;

describe('POST /api/user/signup/', () => {
  it('answers the details of the second README, the refresh token and the text of the code, and sets the cookie', async () => {
    const who = person();
    const answer = await client.post('/api/user/signup/', { ...who, age: '1990-05-17' });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      id: expect.any(Number) as number,
      username: who.username,
      email: who.email,
      birth_date: '1990-05-17',
      refresh: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as string,
      detail: 'User created and signed in successfully.',
    });
    expect(answer.text).not.toContain(PASSWORD);
    expect(answer.cookies.get('access_token')).toMatch(/; Path=\/(;|$)/);
    expect(answer.cookies.get('access_token')).toMatch(/HttpOnly/);
    expect(answer.cookies.get('access_token')).toMatch(/SameSite=Lax/);
  });

  it('takes the form a browser posts, without a date of birth', async () => {
    const answer = await client.call('POST', '/api/user/signup/', { form: person() });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ birth_date: null });
  });

  it('names what is taken, whatever its case', async () => {
    const who = person();
    await client.post('/api/user/signup/', who);
    const again = { ...who, username: who.username.toUpperCase(), email: who.email.toUpperCase() };
    const answer = await client.post('/api/user/signup/', again);
    expect([answer.status, answer.body]).toEqual([
      400,
      { username: ['This field must be unique.'], email: ['This field must be unique.'] },
    ]);
  });

  it('names what is missing and what is malformed', async () => {
    const missing = await client.post('/api/user/signup/', {});
    expect([missing.status, missing.body]).toEqual([
      400,
      {
        username: ['This field is required.'],
        email: ['This field is required.'],
        password: ['This field is required.'],
      },
    ]);
    const malformed = await client.post('/api/user/signup/', { ...person(), birth_date: '17.05.1990' });
    expect([malformed.status, malformed.body]).toEqual([
      400,
      { birth_date: ['Date has wrong format. Use one of these formats instead: YYYY-MM-DD.'] },
    ]);
  });

  it('is not disturbed by a stale cookie', async () => {
    const answer = await client.post('/api/user/signup/', person(), { cookie: 'access_token=stale' });
    expect(answer.status).toBe(201);
  });
});

describe('POST /api/token/', () => {
  it('answers 200 with the refresh token alone and puts the access token into the cookie', async () => {
    const { username } = await signedUp();
    const answer = await client.post('/api/token/', { username, password: PASSWORD });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body as object)).toEqual(['refresh']);
    const access = /^access_token=([^;]+)/.exec(answer.cookies.get('access_token') ?? '')?.[1] ?? '';
    const claims = JSON.parse(Buffer.from(access.split('.')[1] ?? '', 'base64url').toString()) as object;
    expect(claims).toMatchObject({
      token_type: 'access',
      exp: expect.any(Number) as number,
      iat: expect.any(Number) as number,
      jti: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      user_id: expect.any(Number) as number,
    });
  });

  it('refuses wrong credentials with the text of simplejwt', async () => {
    const { username } = await signedUp();
    for (const credentials of [
      { username, password: 'wrong' },
      { username: 'nobody-at-all', password: 'wrong' },
    ]) {
      const answer = await client.post('/api/token/', credentials);
      expect([answer.status, answer.body]).toEqual([
        401,
        { detail: 'No active account found with the given credentials' },
      ]);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="api"');
    }
  });

  it('names missing and blank fields', async () => {
    const answer = await client.post('/api/token/', { password: '' });
    expect([answer.status, answer.body]).toEqual([
      400,
      { username: ['This field is required.'], password: ['This field may not be blank.'] },
    ]);
  });
});

describe('POST /api/token/refresh/', () => {
  it('takes the token from the body and answers the next one with a new cookie', async () => {
    const { signup } = await signedUp();
    const answer = await client.post('/api/token/refresh/', { refresh: refreshOf(signup) });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body as object)).toEqual(['refresh']);
    expect(refreshOf(answer)).not.toBe(refreshOf(signup));
    expect(answer.cookies.get('access_token')).toBeDefined();
  });

  it('answers 400 without a token, 401 for a bad one and for an access token', async () => {
    const none = await client.post('/api/token/refresh/', {});
    expect([none.status, none.body]).toEqual([400, { refresh: ['This field is required.'] }]);
    const bad = await client.post('/api/token/refresh/', { refresh: 'a.b.c' });
    expect([bad.status, bad.body]).toEqual([401, { detail: 'Token is invalid or expired', code: 'token_not_valid' }]);
    const { signup } = await signedUp();
    const access = /^access_token=([^;]+)/.exec(signup.cookies.get('access_token') ?? '')?.[1];
    const wrong = await client.post('/api/token/refresh/', { refresh: access });
    expect([wrong.status, wrong.body]).toEqual([401, { detail: 'Token has wrong type', code: 'token_not_valid' }]);
  });
});

describe('GET /api/user/profile/', () => {
  it('answers the profile of whoever the cookie says', async () => {
    const { username, signup } = await signedUp();
    const answer = await client.get('/api/user/profile/', { cookie: cookieHeader(signup) });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      id: (signup.body as { id: number }).id,
      username,
      email: `${username}@example.org`,
      birth_date: '1990-05-17',
      is_private: false,
      bio: expect.anything() as unknown,
    });
  });

  it('answers the 401 bodies of simplejwt', async () => {
    const none = await client.get('/api/user/profile/');
    expect([none.status, none.body]).toEqual([401, { detail: 'Authentication credentials were not provided.' }]);
    const bad = await client.get('/api/user/profile/', { authorization: 'Bearer a.b.c' });
    expect([bad.status, bad.body]).toEqual([
      401,
      {
        detail: 'Given token not valid for any token type',
        code: 'token_not_valid',
        messages: [{ token_class: 'AccessToken', token_type: 'access', message: 'Token is invalid or expired' }],
      },
    ]);
    const odd = await client.get('/api/user/profile/', { authorization: 'Bearer a b' });
    expect([odd.status, odd.body]).toEqual([
      401,
      {
        detail: 'Authorization header must contain two space-delimited values',
        code: 'bad_authorization_header',
      },
    ]);
  });
});

describe('POST /api/user/logout/', () => {
  it('answers 200, clears the cookies and ends the session, again and again', async () => {
    const { signup } = await signedUp();
    const cookie = cookieHeader(signup);
    const answer = await client.call('POST', '/api/user/logout/', { headers: { cookie } });
    expect([answer.status, answer.body]).toEqual([200, { detail: 'Successfully logged out.' }]);
    expect(answer.cookies.get('access_token')).toMatch(/^access_token=;.*(Max-Age=0|1970)/i);
    expect((await client.get('/api/user/profile/', { cookie })).status).toBe(401);
    expect((await client.post('/api/token/refresh/', { refresh: refreshOf(signup) })).status).toBe(401);
    expect((await client.call('POST', '/api/user/logout/')).body).toEqual({ detail: 'Successfully logged out.' });
  });
});

describe('DELETE /api/user/delete/', () => {
  it('answers 204, and nobody can log in again', async () => {
    const { username, signup } = await signedUp();
    const answer = await client.call('DELETE', '/api/user/delete/', { headers: { cookie: cookieHeader(signup) } });
    expect(answer.status).toBe(204);
    expect((await client.post('/api/token/', { username, password: PASSWORD })).status).toBe(401);
  });
});
