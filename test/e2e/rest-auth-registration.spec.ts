import { PASSWORD } from '../factories/person';
import { RestAuthClient, somebody } from '../integration/auth-rest/rest-auth-client';
import { startTestApp, type TestApp } from '../setup/test-app';

const REQUIRED = ['This field is required.'];

describe('rest-auth/registration/ (COMPAT 3.1)', () => {
  let app: TestApp;
  let client: RestAuthClient;

  beforeAll(async () => {
    app = await startTestApp();
    client = new RestAuthClient(app);
  });

  // Another instance on the same database would deliver some of the mails, to a mailbox of its own.
  afterAll(() => app.close());

  it('answers 201 and mails a link and a code; no cookie is set', async () => {
    const person = somebody();
    const answer = await client.register(person, { login_type: 'manual', first_name: 'Zoë', last_name: 'O’Hara' });
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toEqual({ detail: 'Verification e-mail sent.' });
    expect(answer.headers['set-cookie']).toBeUndefined();
    const [mail] = await client.mails(person.email);
    const { code, link } = await client.verificationMail(person);
    expect(link).toMatch(
      /^http:\/\/localhost:8000\/authenticate\/rest-auth\/registration\/account-confirm-email\/[-:\w]+\/$/,
    );
    expect(mail!.html).toContain(link);
    expect(mail!.html).toContain(code);
    expect(mail!.text.indexOf(code)).toBeLessThan(mail!.text.indexOf(link));
  });

  it("takes memboro's `password` for `password1`, and names it so", async () => {
    const person = somebody();
    const answer = await client.post('registration/', { ...person, password: PASSWORD, password2: PASSWORD });
    expect(answer.statusCode).toBe(201);
    const refused = await client.post('registration/', { ...somebody(), password: 'password', password2: 'password' });
    expect(refused.statusCode).toBe(400);
    expect(refused.json()).toEqual({ password: ['This password is too common.'] });
  });

  it('takes an urlencoded form', async () => {
    const person = somebody();
    const payload = new URLSearchParams({ ...person, password1: PASSWORD, password2: PASSWORD }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await client.post('registration/', undefined, { payload, headers });
    expect(answer.statusCode).toBe(201);
    expect((await client.login({ username: person.username })).json()).toEqual({
      non_field_errors: ['E-mail is not verified.'],
    });
  });

  it('trims the password, as the login does', async () => {
    const person = somebody();
    await client.register(person, { password1: `  ${PASSWORD} `, password2: PASSWORD });
    const { key } = await client.verificationMail(person);
    await client.post('registration/verify-email/', { key });
    expect((await client.login({ email: person.email }, `${PASSWORD}  `)).statusCode).toBe(200);
  });

  it.each([
    ['nothing', {}, { username: REQUIRED, email: REQUIRED, password1: REQUIRED, password2: REQUIRED }],
    ['no e-mail', { username: 'someone-new' }, { email: REQUIRED, password1: REQUIRED, password2: REQUIRED }],
  ])('names what is missing: %s', async (_, payload, errors) => {
    const answer = await client.post('registration/', payload);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toEqual(errors);
  });

  const SHORT = 'This password is too short. It must contain at least 8 characters.';
  it.each([
    [{ email: 'not-an-address' }, { email: ['Enter a valid email address.'] }],
    [{ username: '' }, { username: ['This field may not be blank.'] }],
    [{ username: 'x'.repeat(151) }, { username: ['Ensure this field has no more than 150 characters.'] }],
    [
      { username: 'two words' },
      {
        username: ['Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.'],
      },
    ],
    [{ password1: 'Zq7-x' }, { password1: [SHORT] }],
    [{ password1: 'iloveyou' }, { password1: ['This password is too common.'] }],
    [{ password1: '73918264501' }, { password1: ['This password is entirely numeric.'] }],
    [{ password1: '12345678' }, { password1: ['This password is too common.', 'This password is entirely numeric.'] }],
    [
      { username: 'valentina.moreno', password1: 'morenovalentina' },
      { password1: ['The password is too similar to the username.'] },
    ],
    [{ password1: 'x'.repeat(129) }, { password1: ['Ensure this field has no more than 128 characters.'] }],
    [{ password2: 'another horse battery' }, { non_field_errors: ["The two password fields didn't match."] }],
  ])('refuses %p', async (fault, errors) => {
    const answer = await client.register(somebody(), fault);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toEqual(errors);
  });

  it('refuses what somebody has, in whatever case, and says it of both fields at once', async () => {
    const person = somebody();
    await client.register(person);
    const taken = {
      username: ['A user with that username already exists.'],
      email: ['A user is already registered with this e-mail address.'],
    };
    const again = { username: person.username.toUpperCase(), email: person.email.toUpperCase() };
    expect((await client.register(again)).json()).toEqual(taken);
    expect((await client.register({ ...somebody(), username: person.username })).json()).toEqual({
      username: taken.username,
    });
    expect((await client.register({ ...somebody(), email: person.email })).json()).toEqual({ email: taken.email });
  });

  it('gives ten racing sign-ups one account and nine the usual words', async () => {
    const person = somebody();
    const answers = await Promise.all(Array.from({ length: 10 }, () => client.register(person)));
    expect(answers.filter((answer) => answer.statusCode === 201)).toHaveLength(1);
    const refused = answers.filter((answer) => answer.statusCode === 400);
    expect(refused).toHaveLength(9);
    for (const answer of refused) {
      expect(answer.json<{ username: string[] }>().username).toEqual(['A user with that username already exists.']);
    }
    expect(await client.subjects(person.email)).toEqual(['Confirm your e-mail address']);
  });

  it("takes a username with Django's characters and letters of any script", async () => {
    const { username } = somebody();
    for (const name of [`${username}.@+-_`, `Дарья_${username}`, `मीरा-${username}`]) {
      expect((await client.register({ ...somebody(), username: name })).statusCode).toBe(201);
    }
  });

  it('takes POST only', async () => {
    const answer = await client.get('registration/');
    expect(answer.statusCode).toBe(405);
    expect(answer.json()).toEqual({ detail: 'Method "GET" not allowed.' });
  });
});

describe.each(['optional', 'none'] as const)('with EMAIL_VERIFICATION=%s', (mode) => {
  let app: TestApp;
  let client: RestAuthClient;

  beforeAll(async () => {
    app = await startTestApp({ EMAIL_VERIFICATION: mode });
    client = new RestAuthClient(app);
  });

  afterAll(() => app.close());

  it('signing up gives a login key, and signing in works at once', async () => {
    const person = somebody();
    const answer = await client.register(person);
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toEqual({
      key: expect.stringMatching(/^[0-9a-f]{40}$/),
      user_id: expect.any(Number),
      is_creator: false,
    });
    expect(await client.statusOf(answer.json<{ key: string }>().key)).toBe(200);
    expect((await client.login({ username: person.username })).statusCode).toBe(200);
    expect(await client.subjects(person.email)).toEqual(mode === 'optional' ? ['Confirm your e-mail address'] : []);
  });
});
