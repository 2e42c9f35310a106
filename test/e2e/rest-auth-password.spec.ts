import { Clock } from '../../src/common/clock';
import { AccountRepository } from '../../src/auth/account/account.repository';
import { AccountService } from '../../src/auth/account/account.service';
import { SecurityEvent } from '../../src/auth/events/security-event.event';
import { OutboxService } from '../../src/infra/outbox/outbox.service';
import { PASSWORD } from '../factories/person';
import { MovableClock } from '../fakes/movable-clock';
import { holdPauses, keyHeader, RestAuthClient, somebody } from '../integration/auth-rest/rest-auth-client';
import { startTestApp, type TestApp } from '../setup/test-app';

const NEW = 'a whole new password';
const MISMATCH = 'The two password fields didn’t match.';
const SHORT = 'This password is too short. It must contain at least 8 characters.';
const REQUIRED = ['This field is required.'];
const HTML = { accept: 'text/html,*/*' };
const HOUR = 3_600_000;

describe('passwords (COMPAT 3.1)', () => {
  const clock = new MovableClock();
  let app: TestApp;
  let client: RestAuthClient;

  beforeAll(async () => {
    app = await startTestApp();
    client = new RestAuthClient(app);
    holdPauses(app);
    jest.spyOn(app.get(Clock), 'now').mockImplementation(() => clock.now());
  });

  function securityEvents(publish: jest.SpyInstance): unknown[] {
    const facts = (publish.mock.calls as [SecurityEvent][]).map(([fact]) => fact);
    return facts.filter(({ topic }) => topic === SecurityEvent.topic).map(({ payload }) => payload);
  }

  describe('password/change/', () => {
    const good = { old_password: PASSWORD, new_password1: NEW, new_password2: NEW };

    async function change(key: string, payload: object): Promise<unknown[]> {
      const answer = await client.post('password/change/', payload, { headers: keyHeader(key) });
      return [answer.statusCode, answer.json()];
    }

    it('writes nothing to a mailbox that nobody has proven', async () => {
      const who = { username: 'squatter', email: 'squatted@example.org', password: PASSWORD };
      const signup = await app.inject({ method: 'POST', url: '/api/user/signup/', payload: who });
      const cookie = String(signup.headers['set-cookie']).split(';')[0] ?? '';
      const changed = await client.post('password/change/', good, { headers: { cookie } });
      expect(changed.json()).toEqual({ detail: 'New password has been saved.' });
      expect((await app.mails(who.email)).map(({ subject }) => subject)).toEqual(['Confirm your e-mail address']);
    });

    it('ends the other sessions and keeps mine, tells me by mail and the others by a fact', async () => {
      const { email, username, key, userId } = await client.member();
      const other = (await client.login({ email })).json<{ key: string }>().key;
      const token = await app.inject({
        method: 'POST',
        url: '/authenticate/api/token/',
        payload: { username, password: PASSWORD },
      });
      const { access, refresh } = token.json<{ access: string; refresh: string }>();
      const publish = jest.spyOn(app.get(OutboxService), 'publish');
      expect(await change(key, good)).toEqual([200, { detail: 'New password has been saved.' }]);
      expect(securityEvents(publish)).toEqual([
        expect.objectContaining({ kind: 'password-changed', account_id: userId, ip: '127.0.0.1' }),
      ]);
      publish.mockRestore();
      expect(await client.statusOf(key)).toBe(200);
      expect(await client.statusOf(other)).toBe(401);
      const bearer = await client.get('user/', { headers: { authorization: `Bearer ${access}` } });
      expect(bearer.statusCode).toBe(401);
      const refreshed = await app.inject({
        method: 'POST',
        url: '/authenticate/api/token/refresh/',
        payload: { refresh },
      });
      expect(refreshed.statusCode).toBe(401);
      expect((await client.login({ email })).statusCode).toBe(400);
      expect((await client.login({ email }, NEW)).statusCode).toBe(200);
      expect(await client.subjects(email)).toContain('Your password was changed');
    });

    it('keeps the session of a bearer token and of a cookie too', async () => {
      const { username } = await client.member();
      const signedIn = await app.inject({
        method: 'POST',
        url: '/api/token/',
        payload: { username, password: PASSWORD },
      });
      const cookie = signedIn.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
      const foreign = { cookie, origin: 'https://evil.example' };
      expect((await client.post('password/change/', good, { headers: foreign })).statusCode).toBe(403);
      expect((await client.post('password/change/', good, { headers: { cookie } })).statusCode).toBe(200);
      expect((await client.get('user/', { headers: { cookie } })).statusCode).toBe(200);
    });

    it.each([
      [
        { old_password: 'not-the-old-one' },
        { old_password: ['Your old password was entered incorrectly. Please enter it again.'] },
      ],
      [{ old_password: undefined }, { old_password: REQUIRED }],
      [
        { new_password1: undefined, new_password2: undefined },
        { new_password1: REQUIRED, new_password2: REQUIRED },
      ],
      [{ new_password2: 'another one altogether' }, { new_password2: [MISMATCH] }],
      [{ new_password1: 'x', new_password2: 'x' }, { new_password2: [SHORT] }],
      [
        { new_password1: '12345678', new_password2: '12345678' },
        { new_password2: ['This password is too common.', 'This password is entirely numeric.'] },
      ],
    ])('answers 400 to %p and changes nothing', async (fault, errors) => {
      const { email, key } = await client.member();
      expect(await change(key, { ...good, ...fault })).toEqual([400, errors]);
      expect((await client.login({ email })).statusCode).toBe(200);
    });

    it('compares with the data of its owner', async () => {
      const { key } = await client.member();
      await client.request('PATCH', 'user/', { last_name: 'Featherstonehaugh' }, key);
      const similar = { old_password: PASSWORD, new_password1: 'featherstone1', new_password2: 'featherstone1' };
      expect(await change(key, similar)).toEqual([
        400,
        { new_password2: ['The password is too similar to the last name.'] },
      ]);
    });

    it('needs a session', async () => {
      const answer = await client.post('password/change/', good);
      expect([answer.statusCode, answer.json()]).toEqual([
        401,
        { detail: 'Authentication credentials were not provided.' },
      ]);
    });

    it('slows down guessing the old password', async () => {
      const { key } = await client.member();
      const statuses: unknown[] = [];
      for (let i = 0; i < 6; i++) statuses.push((await change(key, { ...good, old_password: `guess ${i}` }))[0]);
      expect(statuses).toEqual([400, 400, 400, 400, 400, 429]);
    });

    it('of two at once makes one', async () => {
      const { key, email } = await client.member();
      const wanted = ['the first new password', 'the second new password'];
      const answers = await Promise.all(
        wanted.map((password) => change(key, { ...good, new_password1: password, new_password2: password })),
      );
      expect(answers.map(([status]) => status).sort()).toEqual([200, 400]);
      const winner = wanted[answers.findIndex(([status]) => status === 200)]!;
      expect((await client.login({ email }, winner)).statusCode).toBe(200);
    });
  });

  describe('password/reset/', () => {
    const SENT = [200, { detail: 'Password reset e-mail has been sent.' }];

    async function reset(email: string): Promise<unknown[]> {
      const answer = await client.post('password/reset/', { email });
      return [answer.statusCode, answer.json()];
    }

    it('mails a link, and answers the same for an address nobody has', async () => {
      const person = await client.member();
      expect(await reset(person.email.toUpperCase())).toEqual(SENT);
      const { link, uid } = await client.resetMail(person);
      expect(link).toBe(
        `http://localhost:8000/authenticate/rest-auth/password/reset/confirm/${uid}/${link.split('/').at(-2)}/`,
      );
      expect(uid).toBe(person.userId.toString(36));
      expect(await reset('nobody@example.org')).toEqual(SENT);
      expect(await client.subjects('nobody@example.org')).toEqual([]);
    });

    it('does the same work either way: one fact, and no look at accounts before the answer', async () => {
      const { email } = await client.member();
      const publish = jest.spyOn(app.get(OutboxService), 'publish');
      for (const address of [email, 'nobody@example.org']) {
        publish.mockClear();
        const byEmail = jest.spyOn(app.get(AccountRepository), 'byEmail').mockRejectedValue(new Error('looked'));
        const answer = await reset(address);
        const topics = publish.mock.calls.map(([{ topic }]) => topic);
        byEmail.mockRestore();
        expect(answer).toEqual(SENT);
        expect(topics).toEqual(['password-reset-requested']);
      }
      publish.mockRestore();
    });

    it.each([
      [{}, { email: REQUIRED }],
      [{ email: 'nonsense' }, { email: ['Enter a valid email address.'] }],
    ])('answers 400 to %p', async (payload, errors) => {
      const answer = await client.post('password/reset/', payload);
      expect([answer.statusCode, answer.json()]).toEqual([400, errors]);
    });

    it('mails five an hour at most, and nothing to a disabled account', async () => {
      const { email, userId } = await client.member();
      const count = async () =>
        (await client.subjects(email)).filter((text) => text === 'Choose a new password').length;
      for (let i = 0; i < 7; i++) expect(await reset(email)).toEqual(SENT);
      expect(await count()).toBe(5);
      clock.advance(HOUR);
      await reset(email);
      expect(await count()).toBe(6);
      await app.get(AccountService).disable(userId);
      expect(await reset(email)).toEqual(SENT);
      expect(await count()).toBe(6);
    });
  });

  describe('password/reset/confirm/', () => {
    const DONE = [200, { detail: 'Password has been reset with the new password.' }];
    const NO_TOKEN = [400, { token: ['Invalid value'] }];
    const passwords = { new_password1: NEW, new_password2: NEW };

    async function confirm(payload: object): Promise<unknown[]> {
      const answer = await client.post('password/reset/confirm/', payload);
      return [answer.statusCode, answer.json()];
    }

    async function forgetful() {
      const person = await client.member();
      await client.post('password/reset/', { email: person.email });
      return { ...person, ...(await client.resetMail(person)) };
    }

    it('sets the password once, ends every session, tells by mail and by a fact', async () => {
      const { email, key, userId, uid, token } = await forgetful();
      const publish = jest.spyOn(app.get(OutboxService), 'publish');
      expect(await confirm({ uid, token, ...passwords })).toEqual(DONE);
      expect(securityEvents(publish)).toEqual([
        expect.objectContaining({ kind: 'password-reset', account_id: userId, session_id: null }),
      ]);
      publish.mockRestore();
      expect(await client.statusOf(key)).toBe(401);
      expect((await client.login({ email })).statusCode).toBe(400);
      expect((await client.login({ email }, NEW)).statusCode).toBe(200);
      expect(await client.subjects(email)).toContain('Your password was changed');
      expect(await confirm({ uid, token, ...passwords })).toEqual(NO_TOKEN);
    });

    it('proves the mailbox; the verification mail is void then', async () => {
      const person = somebody();
      await client.register(person);
      const { key } = await client.verificationMail(person);
      await client.post('password/reset/', { email: person.email });
      const { uid, token } = await client.resetMail(person);
      expect(await confirm({ uid, token, ...passwords })).toEqual(DONE);
      expect((await client.login({ email: person.email }, NEW)).statusCode).toBe(200);
      expect((await client.post('registration/verify-email/', { key })).statusCode).toBe(404);
    });

    it('gives a password to an account that has none (R2)', async () => {
      const { email, userId } = await client.member();
      await app.get(AccountRepository).change(userId, { passwordHash: null });
      await client.post('password/reset/', { email });
      const { uid, token } = await client.resetMail({ email, username: '' });
      expect(await confirm({ uid, token, ...passwords })).toEqual(DONE);
      expect((await client.login({ email }, NEW)).statusCode).toBe(200);
    });

    it.each([
      [{ uid: '!!' }, { uid: ['Invalid value'] }],
      [{ uid: 'zzzzz' }, { uid: ['Invalid value'] }],
      [{ uid: 'zzzzzzzzzzzzzzzzzzzz' }, { uid: ['Invalid value'] }],
      [{ token: 'not-the-token' }, { token: ['Invalid value'] }],
      [
        { uid: undefined, token: undefined },
        { uid: REQUIRED, token: REQUIRED },
      ],
      [{ new_password2: 'another one altogether' }, { new_password2: [MISMATCH] }],
      [{ new_password1: 'x', new_password2: 'x' }, { new_password2: [SHORT] }],
      [{ new_password1: undefined }, { new_password1: REQUIRED }],
    ])('answers 400 to %p, and the link works still', async (fault, errors) => {
      const { uid, token } = await forgetful();
      expect(await confirm({ uid, token, ...passwords, ...fault })).toEqual([400, errors]);
      expect(await confirm({ uid, token, ...passwords })).toEqual(DONE);
    });

    it("does not take one account's token for another", async () => {
      const [one, two] = [await forgetful(), await client.member()];
      expect(await confirm({ uid: two.userId.toString(36), token: one.token, ...passwords })).toEqual(NO_TOKEN);
    });

    it('works for an hour', async () => {
      const { uid, token } = await forgetful();
      clock.advance(HOUR);
      expect(await confirm({ uid, token, ...passwords })).toEqual(NO_TOKEN);
    });

    it('is void once the password was changed, in whatever way', async () => {
      const changed = await forgetful();
      const payload = { old_password: PASSWORD, ...passwords };
      await client.post('password/change/', payload, { headers: keyHeader(changed.key) });
      expect(await confirm({ ...changed, ...passwords })).toEqual(NO_TOKEN);
      const byAdmin = await forgetful();
      await app.get(AccountService).setPassword(byAdmin.userId, NEW);
      expect(await confirm({ ...byAdmin, ...passwords })).toEqual(NO_TOKEN);
      const first = await forgetful();
      await client.post('password/reset/', { email: first.email });
      const second = await client.resetMail(first);
      expect(await confirm({ ...second, ...passwords })).toEqual(DONE);
      expect(await confirm({ ...first, ...passwords })).toEqual(NO_TOKEN);
    });

    it('of two at once makes one', async () => {
      const { uid, token, email } = await forgetful();
      const answers = await Promise.all([1, 2, 3].map(() => confirm({ uid, token, ...passwords })));
      expect(answers.map(([status]) => status).sort()).toEqual([200, 400, 400]);
      expect((await client.subjects(email)).filter((subject) => subject === 'Your password was changed')).toHaveLength(
        1,
      );
    });

    it('lets its owner sign in from there while others guess', async () => {
      const { email, uid, token } = await forgetful();
      for (let i = 0; i < 35; i++) await client.login({ email }, 'wrong', `198.51.100.${i}`);
      const remoteAddress = '203.0.113.77';
      expect((await client.login({ email }, PASSWORD, remoteAddress)).statusCode).toBe(429);
      await client.post('password/reset/confirm/', { uid, token, ...passwords }, { remoteAddress });
      expect((await client.login({ email }, NEW, remoteAddress)).statusCode).toBe(200);
    });
  });

  describe('the link', () => {
    async function linkOf() {
      const person = await client.member();
      await client.post('password/reset/', { email: person.email });
      return { ...person, path: new URL((await client.resetMail(person)).link).pathname };
    }

    function postForm(url: string, fields: Record<string, string>) {
      const headers = { ...HTML, 'content-type': 'application/x-www-form-urlencoded' };
      return app.inject({ method: 'POST', url, headers, payload: new URLSearchParams(fields).toString() });
    }

    it('shows a form, as often as scanners like, and changes nothing', async () => {
      const { path, email } = await linkOf();
      for (let i = 0; i < 3; i++) {
        const answer = await app.inject({ method: 'GET', url: path, headers: HTML });
        expect(answer.statusCode).toBe(200);
        expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
        expect(answer.body).toMatch(/<form method="post">[^]*name="new_password1"[^]*name="new_password2"/);
        expect(answer.body).not.toMatch(/<script|\son\w+=/i);
      }
      expect((await client.login({ email })).statusCode).toBe(200);
    });

    it('sets the password by its form, after showing what is wrong with it', async () => {
      const { path, email } = await linkOf();
      const refused = await postForm(path, { new_password1: 'password', new_password2: 'password' });
      expect(refused.statusCode).toBe(400);
      expect(refused.body).toContain('<p role="alert">This password is too common.</p>');
      expect(refused.body).toContain('<form method="post">');
      const done = await postForm(path, { new_password1: NEW, new_password2: NEW });
      expect(done.statusCode).toBe(200);
      expect(done.body).toContain('You can sign in with your new password now.');
      expect((await client.login({ email }, NEW)).statusCode).toBe(200);
      for (const answer of [
        await postForm(path, { new_password1: NEW, new_password2: NEW }),
        await app.inject({ method: 'GET', url: path }),
      ]) {
        expect(answer.body).toContain('This link works no more');
        expect(answer.body).not.toContain('<form');
        expect(answer.statusCode).toBeGreaterThanOrEqual(400);
      }
    });

    it('answers a program with JSON', async () => {
      const { path } = await linkOf();
      const post = (payload: object) => app.inject({ method: 'POST', url: path, payload });
      expect((await post({})).json()).toEqual({ new_password1: REQUIRED, new_password2: REQUIRED });
      expect((await post({ new_password1: NEW, new_password2: NEW })).json()).toEqual({
        detail: 'Password has been reset with the new password.',
      });
      expect((await post({ new_password1: NEW, new_password2: NEW })).json()).toEqual({ token: ['Invalid value'] });
    });
  });
});
