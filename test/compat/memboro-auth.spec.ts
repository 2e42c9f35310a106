import { startTestApp, type TestApp } from '../setup/test-app';
import { type Answer, HttpClient } from './client';

/** The account part of memboro's README: dj-rest-auth with a custom token answer, and simplejwt (COMPAT 3.1). */
const AUTH = '/authenticate/rest-auth';
const PASSWORD = 'correct-Horse-7-battery';
let app: TestApp;
let client: HttpClient;
let people = 0;

beforeAll(async () => {
  app = await startTestApp();
  client = new HttpClient(await app.url());
});

afterAll(() => app.close());

function registration() {
  people += 1;
  return {
    email: `patron${people}@example.org`,
    first_name: 'Pat',
    last_name: 'Ron',
    username: `patron${people}`,
    password: PASSWORD,
    password2: PASSWORD,
    login_type: 'manual',
  };
}

async function codeOrKeyFor(email: string): Promise<string> {
  const mails = await app.mails(email);
  const key = /account-confirm-email\/([^/\s]+)\//.exec(mails.at(-1)?.text ?? '')?.[1];
  if (key === undefined) throw new Error(`no verification mail for ${email}`);
  return key;
}

async function verified(): Promise<{ email: string; username: string }> {
  const who = registration();
  await client.post(`${AUTH}/registration/`, who);
  await client.post(`${AUTH}/registration/verify-email/`, { key: await codeOrKeyFor(who.email) });
  return who;
}

async function keyOf(who: { email: string }, password = PASSWORD): Promise<string> {
  const answer = await client.post(`${AUTH}/login/`, { email: who.email, password });
  return (answer.body as { key: string }).key;
}

const statusAndBody = (answer: Answer): [number, unknown] => [answer.status, answer.body];

describe('registration/', () => {
  it('answers 201 and sends a mail whose key verifies, once', async () => {
    const who = registration();
    expect(statusAndBody(await client.post(`${AUTH}/registration/`, who))).toEqual([
      201,
      { detail: 'Verification e-mail sent.' },
    ]);
    const shut = await client.post(`${AUTH}/login/`, { email: who.email, password: PASSWORD });
    expect(statusAndBody(shut)).toEqual([400, { non_field_errors: ['E-mail is not verified.'] }]);
    const key = await codeOrKeyFor(who.email);
    const verify = await client.post(`${AUTH}/registration/verify-email/`, { key });
    expect(statusAndBody(verify)).toEqual([200, { detail: 'ok' }]);
    expect((await client.post(`${AUTH}/login/`, { email: who.email, password: PASSWORD })).status).toBe(200);
  });

  it('refuses what the library refuses, in its words', async () => {
    const who = registration();
    await client.post(`${AUTH}/registration/`, who);
    const cases: [object, object][] = [
      [{ email: registration().email }, { username: ['A user with that username already exists.'] }],
      [{ username: 'fresh-name' }, { email: ['A user is already registered with this e-mail address.'] }],
      [{ username: 'fresh-name', email: 'nonsense' }, { email: ['Enter a valid email address.'] }],
      [
        { username: 'fresh-name', email: 'fresh@example.org', password2: 'something-Else-7' },
        { non_field_errors: ["The two password fields didn't match."] },
      ],
    ];
    for (const [change, body] of cases) {
      expect(statusAndBody(await client.post(`${AUTH}/registration/`, { ...who, ...change }))).toEqual([400, body]);
    }
  });

  it.each([
    ['k3!xQ', 'This password is too short. It must contain at least 8 characters.'],
    ['password1', 'This password is too common.'],
    ['8305719426', 'This password is entirely numeric.'],
  ])('tells what is wrong with the password %s', async (password, text) => {
    const answer = await client.post(`${AUTH}/registration/`, { ...registration(), password, password2: password });
    expect(answer.status).toBe(400);
    expect(Object.values(answer.body as Record<string, string[]>).flat()).toContain(text);
  });
});

describe('registration/verify-email/', () => {
  it('answers 404 for an unknown key, 400 for none, 405 for GET', async () => {
    const path = `${AUTH}/registration/verify-email/`;
    expect(statusAndBody(await client.post(path, { key: 'unknown' }))).toEqual([404, { detail: 'Not found.' }]);
    expect(statusAndBody(await client.post(path, {}))).toEqual([400, { key: ['This field is required.'] }]);
    expect(statusAndBody(await client.get(path))).toEqual([405, { detail: 'Method "GET" not allowed.' }]);
  });
});

describe('registration/resend-email/', () => {
  it('answers ok, whoever asks', async () => {
    for (const email of ['nobody@example.org', (await verified()).email]) {
      const answer = await client.post(`${AUTH}/registration/resend-email/`, { email });
      expect(statusAndBody(answer)).toEqual([200, { detail: 'ok' }]);
    }
  });
});

describe('login/', () => {
  it('answers a key of 40 hex digits, the id and the role; the key then opens user/', async () => {
    const who = await verified();
    const answer = await client.post(`${AUTH}/login/`, { email: who.email, password: PASSWORD });
    expect(statusAndBody(answer)).toEqual([
      200,
      {
        key: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
        user_id: expect.any(Number) as number,
        is_creator: false,
      },
    ]);
    expect(answer.headers.getSetCookie()).toEqual([]);
    const { key, user_id } = answer.body as { key: string; user_id: number };
    const user = await client.get(`${AUTH}/user/`, { authorization: `Token ${key}` });
    expect(user.body).toMatchObject({
      pk: user_id,
      username: who.username,
      email: who.email,
      first_name: 'Pat',
      last_name: 'Ron',
    });
  });

  it('answers 400, never 401', async () => {
    const cases: [object, object][] = [
      [
        { email: 'nobody@example.org', password: 'x' },
        { non_field_errors: ['Unable to log in with provided credentials.'] },
      ],
      [{ email: 'nobody@example.org' }, { password: ['This field is required.'] }],
      [{ password: 'x' }, { non_field_errors: ['Must include either "username" or "email" and "password".'] }],
    ];
    for (const [body, expected] of cases) {
      expect(statusAndBody(await client.post(`${AUTH}/login/`, body))).toEqual([400, expected]);
    }
  });
});

describe('the Token header', () => {
  it('answers 401 for a bad key and for none', async () => {
    const bad = await client.get(`${AUTH}/user/`, { authorization: `Token ${'0'.repeat(40)}` });
    expect(statusAndBody(bad)).toEqual([401, { detail: 'Invalid token.' }]);
    expect(statusAndBody(await client.get(`${AUTH}/user/`))).toEqual([
      401,
      { detail: 'Authentication credentials were not provided.' },
    ]);
  });
});

describe('logout/', () => {
  it('answers 200 even to a stranger, and ends the key', async () => {
    const authorization = `Token ${await keyOf(await verified())}`;
    for (const headers of [undefined, { authorization }]) {
      const answer = await client.call('POST', `${AUTH}/logout/`, { headers });
      expect(statusAndBody(answer)).toEqual([200, { detail: 'Successfully logged out.' }]);
    }
    expect((await client.get(`${AUTH}/user/`, { authorization })).status).toBe(401);
    expect((await client.get(`${AUTH}/logout/`)).status).toBe(405);
  });
});

describe('password/change/', () => {
  it('changes it, keeps the key it came with and ends the others', async () => {
    const who = await verified();
    const [mine, other] = [await keyOf(who), await keyOf(who)];
    const next = 'another-Horse-8-staple';
    const answer = await client.post(
      `${AUTH}/password/change/`,
      { old_password: PASSWORD, new_password1: next, new_password2: next },
      { authorization: `Token ${mine}` },
    );
    expect(statusAndBody(answer)).toEqual([200, { detail: 'New password has been saved.' }]);
    expect((await client.get(`${AUTH}/user/`, { authorization: `Token ${mine}` })).status).toBe(200);
    expect((await client.get(`${AUTH}/user/`, { authorization: `Token ${other}` })).status).toBe(401);
  });

  it('refuses a wrong old password and two different new ones, with the apostrophes of the libraries', async () => {
    const authorization = `Token ${await keyOf(await verified())}`;
    const change = (body: object) => client.post(`${AUTH}/password/change/`, body, { authorization });
    const next = 'another-Horse-8-staple';
    expect(statusAndBody(await change({ old_password: 'wrong', new_password1: next, new_password2: next }))).toEqual([
      400,
      { old_password: ['Your old password was entered incorrectly. Please enter it again.'] },
    ]);
    expect(
      statusAndBody(await change({ old_password: PASSWORD, new_password1: next, new_password2: 'x-Other-99' })),
    ).toEqual([400, { new_password2: ['The two password fields didn’t match.'] }]);
  });
});

describe('password/reset/', () => {
  it('answers the same for a stranger, and the mailed link sets a new password', async () => {
    const who = await verified();
    for (const email of ['nobody@example.org', who.email]) {
      const answer = await client.post(`${AUTH}/password/reset/`, { email });
      expect(statusAndBody(answer)).toEqual([200, { detail: 'Password reset e-mail has been sent.' }]);
    }
    const mail = (await app.mails(who.email)).at(-1);
    const [, uid, token] = /password\/reset\/confirm\/([^/\s]+)\/([^/\s]+)\//.exec(mail?.text ?? '') ?? [];
    const next = 'another-Horse-8-staple';
    const confirm = (body: object) =>
      client.post(`${AUTH}/password/reset/confirm/`, { new_password1: next, new_password2: next, ...body });
    expect(statusAndBody(await confirm({ uid: '!!', token }))).toEqual([400, { uid: ['Invalid value'] }]);
    expect(statusAndBody(await confirm({ uid, token: 'wrong' }))).toEqual([400, { token: ['Invalid value'] }]);
    expect(statusAndBody(await confirm({ uid, token }))).toEqual([
      200,
      { detail: 'Password has been reset with the new password.' },
    ]);
    expect(await keyOf(who, next)).toMatch(/^[0-9a-f]{40}$/);
    expect(statusAndBody(await confirm({ uid, token }))).toEqual([400, { token: ['Invalid value'] }]);
  });
});

describe('/authenticate/api/token/', () => {
  it('answers both tokens in the body, and refreshes them', async () => {
    const { username, email } = await verified();
    const answer = await client.post('/authenticate/api/token/', { username, email, password: PASSWORD });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body as object).sort()).toEqual(['access', 'refresh']);
    const { access, refresh } = answer.body as { access: string; refresh: string };
    const user = await client.get(`${AUTH}/user/`, { authorization: `Bearer ${access}` });
    expect(user.status).toBe(200);
    const next = await client.post('/authenticate/api/token/refresh/', { refresh });
    expect(next.status).toBe(200);
    expect(next.body).toHaveProperty('access');
  });

  it('never gives a token for any password but the right one (R1)', async () => {
    const { username } = await verified();
    expect((await client.post('/authenticate/api/token/', { username, password: 'anything random' })).status).toBe(401);
  });
});
