import { Clock } from '../../src/common/clock';
import { EmailVerified } from '../../src/auth/events/email-verified.event';
import { OutboxService } from '../../src/infra/outbox/outbox.service';
import { MovableClock } from '../fakes/movable-clock';
import { type Person, RestAuthClient, somebody } from '../integration/auth-rest/rest-auth-client';
import { startTestApp, type TestApp } from '../setup/test-app';

const MINUTE = 60_000;
const DAY = 86_400_000;
const OK = [200, { detail: 'ok' }];
const NOT_FOUND = [404, { detail: 'Not found.' }];
const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe('the proof of a mailbox', () => {
  const clock = new MovableClock();
  let app: TestApp;
  let client: RestAuthClient;

  beforeAll(async () => {
    app = await startTestApp();
    client = new RestAuthClient(app);
    jest.spyOn(app.get(Clock), 'now').mockImplementation(() => clock.now());
  });

  async function registered(): Promise<Person> {
    const person = somebody();
    expect((await client.register(person)).statusCode).toBe(201);
    return person;
  }

  async function verify(payload: object): Promise<unknown[]> {
    const answer = await client.post('registration/verify-email/', payload);
    return [answer.statusCode, answer.json()];
  }

  async function resend(email: string): Promise<unknown[]> {
    const answer = await client.post('registration/resend-email/', { email });
    return [answer.statusCode, answer.json()];
  }

  async function isProven({ email }: Person): Promise<boolean> {
    return (await client.login({ email })).statusCode === 200;
  }

  const confirmPath = (key: string) => `registration/account-confirm-email/${key}/`;

  describe('registration/verify-email/', () => {
    it('takes the key of the link, once', async () => {
      const person = await registered();
      const { key } = await client.verificationMail(person);
      expect(await isProven(person)).toBe(false);
      expect(await verify({ key })).toEqual(OK);
      expect(await isProven(person)).toBe(true);
      expect(await verify({ key })).toEqual(NOT_FOUND);
    });

    it('takes the address, in any case, and the code, once; the link is void then', async () => {
      const person = await registered();
      const { key, code } = await client.verificationMail(person);
      expect(await verify({ email: person.email.toUpperCase(), code })).toEqual(OK);
      expect(await isProven(person)).toBe(true);
      expect(await verify({ email: person.email, code })).toEqual(NOT_FOUND);
      expect(await verify({ key })).toEqual(NOT_FOUND);
    });

    it('says the same of an unknown key, a wrong code and an unknown address', async () => {
      const person = await registered();
      const { code } = await client.verificationMail(person);
      expect(await verify({ key: 'nothing-like-a-key' })).toEqual(NOT_FOUND);
      expect(await verify({ email: person.email, code: code === '000000' ? '000001' : '000000' })).toEqual(NOT_FOUND);
      expect(await verify({ email: 'nobody@example.org', code })).toEqual(NOT_FOUND);
      expect(await verify({ email: person.email, code: 'x' })).toEqual(NOT_FOUND);
    });

    it("does not take one account's code for another", async () => {
      const [one, two] = [await registered(), await registered()];
      const { code } = await client.verificationMail(one);
      if ((await client.verificationMail(two)).code === code) return;
      expect(await verify({ email: two.email, code })).toEqual(NOT_FOUND);
    });

    it.each([
      [{}, { key: ['This field is required.'] }],
      [{ key: '' }, { key: ['This field may not be blank.'] }],
      [{ email: 'a@example.org' }, { code: ['This field is required.'] }],
      [{ code: '123456' }, { email: ['This field is required.'] }],
      [{ email: 'a', code: '123456' }, { email: ['Enter a valid email address.'] }],
    ])('answers 400 to %p', async (payload, errors) => {
      expect(await verify(payload)).toEqual([400, errors]);
    });

    it('takes POST only', async () => {
      const answer = await client.get('registration/verify-email/');
      expect([answer.statusCode, answer.json()]).toEqual([405, { detail: 'Method "GET" not allowed.' }]);
    });

    it('forgets the code after half an hour and the link after three days', async () => {
      const person = await registered();
      const { key, code } = await client.verificationMail(person);
      clock.advance(30 * MINUTE);
      expect(await verify({ email: person.email, code })).toEqual(NOT_FOUND);
      clock.advance(3 * DAY - 31 * MINUTE);
      expect((await client.get(confirmPath(key))).statusCode).toBe(200);
      clock.advance(MINUTE);
      expect((await client.get(confirmPath(key))).statusCode).toBe(404);
      expect(await verify({ key })).toEqual(NOT_FOUND);
      expect(await isProven(person)).toBe(false);
    });

    it('voids the code after five wrong ones, also when they are sent at once; the link works still', async () => {
      const person = await registered();
      const { key, code } = await client.verificationMail(person);
      const wrong = Array.from({ length: 12 }, (_, i) => String(i).padStart(6, '9')).filter((guess) => guess !== code);
      await Promise.all(wrong.map((guess) => verify({ email: person.email, code: guess })));
      expect(await verify({ email: person.email, code })).toEqual(NOT_FOUND);
      expect(await verify({ key })).toEqual(OK);
    });

    it('of four wrong codes the fifth may be right', async () => {
      const person = await registered();
      const { code } = await client.verificationMail(person);
      const wrong = ['999990', '999991', '999992', '999993', '999994'].filter((guess) => guess !== code).slice(0, 4);
      for (const guess of wrong) await verify({ email: person.email, code: guess });
      expect(await verify({ email: person.email, code })).toEqual(OK);
    });

    it('has one effect where the same proof is sent twice at once', async () => {
      const publish = jest.spyOn(app.get(OutboxService), 'publish');
      for (let round = 0; round < 5; round++) {
        const person = await registered();
        const { key, code } = await client.verificationMail(person);
        publish.mockClear();
        const proofs = [{ key }, { email: person.email, code }, { key }, { email: person.email, code }];
        const answers = await Promise.all(proofs.map((proof) => verify(proof)));
        expect(answers.filter(([status]) => status === 200)).toHaveLength(1);
        expect(answers.filter(([status]) => status === 404)).toHaveLength(3);
        const told = publish.mock.calls.filter(([fact]) => fact.topic === EmailVerified.topic);
        expect(told).toHaveLength(1);
        expect(await isProven(person)).toBe(true);
      }
      publish.mockRestore();
    });
  });

  describe('the link', () => {
    it('shows a page without scripts, as often as scanners like, and confirms nothing', async () => {
      const person = await registered();
      const { link } = await client.verificationMail(person);
      const { pathname } = new URL(link);
      for (let i = 0; i < 3; i++) {
        const answer = await app.inject({ method: 'GET', url: pathname, headers: HTML });
        expect(answer.statusCode).toBe(200);
        expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
        expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
        expect(answer.headers['referrer-policy']).toBe('same-origin');
        expect(answer.headers['cache-control']).toBe('no-store');
        expect(answer.body).toContain('<form method="post">');
        expect(answer.body).not.toMatch(/<script|\son\w+=|https?:/i);
      }
      await app.inject({ method: 'HEAD', url: pathname, headers: HTML });
      expect(await isProven(person)).toBe(false);
    });

    it('confirms by the POST of its button, without a body or with an empty form', async () => {
      for (const payload of [undefined, '']) {
        const person = await registered();
        const { pathname } = new URL((await client.verificationMail(person)).link);
        const answer = await app.inject({ method: 'POST', url: pathname, payload, headers: { ...HTML, ...FORM } });
        expect(answer.statusCode).toBe(200);
        expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
        expect(answer.body).toContain('Your e-mail address is confirmed.');
        expect(await isProven(person)).toBe(true);
      }
    });

    it('answers a program with JSON', async () => {
      const { key } = await client.verificationMail(await registered());
      const answers = [await client.post(confirmPath(key)), await client.post(confirmPath(key))];
      expect(answers.map((answer) => [answer.statusCode, answer.json()])).toEqual([OK, NOT_FOUND]);
    });

    it('tells a person that it works no more', async () => {
      const headers = { ...HTML, ...FORM };
      for (const answer of [
        await client.get(confirmPath('no-such-key'), { headers }),
        await client.post(confirmPath('no-such-key'), undefined, { headers }),
      ]) {
        expect(answer.statusCode).toBe(404);
        expect(answer.body).toContain('This link works no more');
      }
    });
  });

  describe('registration/resend-email/', () => {
    it('sends another mail when three minutes have passed; the links of both work, the newer code does', async () => {
      const person = await registered();
      const first = await client.verificationMail(person);
      clock.advance(3 * MINUTE);
      expect(await resend(person.email)).toEqual(OK);
      const second = await client.verificationMail(person);
      expect(second.key).not.toBe(first.key);
      if (first.code !== second.code) {
        expect(await verify({ email: person.email, code: first.code })).toEqual(NOT_FOUND);
      }
      expect((await client.get(confirmPath(second.key))).statusCode).toBe(200);
      expect(await verify({ key: first.key })).toEqual(OK);
    });

    it('sends nothing sooner, nothing to the proven and nothing to strangers, and never tells', async () => {
      const person = await registered();
      expect(await resend(person.email)).toEqual(OK);
      expect(await client.subjects(person.email)).toHaveLength(1);
      clock.advance(3 * MINUTE - 1_000);
      expect(await resend(person.email)).toEqual(OK);
      expect(await client.subjects(person.email)).toHaveLength(1);
      await verify({ key: (await client.verificationMail(person)).key });
      clock.advance(10 * MINUTE);
      expect(await resend(person.email)).toEqual(OK);
      expect(await client.subjects(person.email)).toHaveLength(1);
      expect(await resend('nobody@example.org')).toEqual(OK);
      expect(await client.subjects('nobody@example.org')).toEqual([]);
    });

    it('sends one mail for requests at once', async () => {
      const person = await registered();
      await app.drained();
      clock.advance(4 * MINUTE);
      await Promise.all(Array.from({ length: 10 }, () => resend(person.email)));
      expect(await client.subjects(person.email)).toHaveLength(2);
    });

    it('sends ten a day at most', async () => {
      const person = await registered();
      for (let i = 0; i < 12; i++) {
        clock.advance(4 * MINUTE);
        await resend(person.email);
        await app.drained();
      }
      expect(await client.subjects(person.email)).toHaveLength(10);
      clock.advance(DAY);
      await resend(person.email);
      expect(await client.subjects(person.email)).toHaveLength(11);
    });

    it.each([
      [{}, { email: ['This field is required.'] }],
      [{ email: 'nonsense' }, { email: ['Enter a valid email address.'] }],
    ])('answers 400 to %p', async (payload, errors) => {
      const answer = await client.post('registration/resend-email/', payload);
      expect([answer.statusCode, answer.json()]).toEqual([400, errors]);
    });
  });
});
