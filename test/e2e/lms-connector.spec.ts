import { setTimeout as sleep } from 'node:timers/promises';
import { AccountService } from '../../src/auth/account/account.service';
import type { LmsTestResponse } from '../../src/enrollment-webhook/lms/dto/lms-test.response';
import type { LmsResponse } from '../../src/enrollment-webhook/lms/dto/lms.response';
import { LmsJob } from '../../src/enrollment-webhook/lms/lms.job';
import { LmsRepository } from '../../src/enrollment-webhook/lms/lms.repository';
import { verifyTimestamp } from '../../src/enrollment-webhook/lernito-signature.rules';
import { Database, statement } from '../../src/infra/database/database';
import { MembershipService } from '../../src/subscription/membership/membership.service';
import type { LoggedIn } from '../factories/administrator';
import { type Delivery, LmsScene, OPENEDX, PATIENCE_MS, SECRET } from '../factories/lms-scene';
import { registered } from '../factories/person';
import { aCreator, aTier, memberOf } from '../factories/tier';
import { answering, hangingUp } from '../fakes/lms-server';
import { MovableClock } from '../fakes/movable-clock';
import { describeWithPython, startPython } from '../setup/python';
import type { TestProcess } from '../setup/script-process';
import { startTestApp, type TestApp } from '../setup/test-app';

const NEXT_SECRET = 'spec-lms-secret-next-40aX91';
const DAY_MS = 86_400_000;
const STORED = statement('test.lms-stored', 'select address, told from lms_delivery where enrolment_id = $1');
const LOSE_LEASE = statement(
  'test.lms-lose-lease',
  'update lms_delivery set leased_until = $2, lease = lease + 1 where enrolment_id = $1',
);
const SECRETS = statement('test.lms-secrets', 'select secret, openedx_client_secret as other from lms where id = $1');

const clock = new MovableClock();
let scene: LmsScene;
let app: TestApp;
let admin: LoggedIn;

beforeAll(async () => {
  scene = await LmsScene.start(clock);
  ({ app, admin } = scene);
});

afterEach(() => scene.tidy());

const newCourse = (owners?: number[]) => scene.newCourse(owners);
const lmsServer = (...courses: string[]) => scene.lmsServer(...courses);
const register = (fields: object) => scene.register(fields);
const enrol = (email: string, course: string) => scene.enrol(email, course);
const make = (enrolment: number, status: 'active' | 'ended' | 'suspended') => scene.make(enrolment, status);
const deliveries = (lms: { id: number }, query?: string) => scene.deliveries(lms, query);
const delivery = (lms: { id: number }, wanted: (one: Delivery) => boolean) => scene.delivery(lms, wanted);
const atRest = (lms: { id: number }) => scene.atRest(lms);
const failed = (lms: { id: number }, error: RegExp) => scene.failed(lms, error);
const person = () => registered(app, { emailVerified: true });

describe('an enrolment', () => {
  it('is told in the bytes that the plugin signs, with a timestamp', async () => {
    const course = await newCourse();
    const server = await lmsServer(course);
    const lms = await register({ url: server.url });
    const learner = await registered(app, { emailVerified: true, firstName: 'José 😀', lastName: '' });
    const enrolment = await enrol(learner.email, course);
    const told = await atRest(lms);
    expect(told).toMatchObject({ status: 'delivered', told: 'active', enrolment, course_id: course, attempts: 1 });
    expect(told).toMatchObject({ account: learner.id, email: learner.email, error: null });
    expect(told.calls).toMatchObject([{ kind: 'enrol', status: 200, error: null }]);
    expect(told.calls[0]?.excerpt).toContain('verified for 1 course(s)');
    expect([...server.enrolled]).toEqual([`${learner.email} ${course}`]);
    const [call] = server.calls;
    const { email, username } = learner;
    expect(call?.raw).toBe(
      `{"courseIds":["${course}"],"email":"${email}","family":"${username}","name":"Jos\\u00e9 \\ud83d\\ude00","username":"${username}"}`,
    );
    const verdict = verifyTimestamp([SECRET], Buffer.from(call?.raw ?? ''), call?.timestamp ?? '', clock.now());
    expect(verdict).toMatchObject({ ok: true });
  });

  it('of a course that the LMS does not have is told once, and shown', async () => {
    const course = await newCourse();
    const server = await lmsServer();
    const lms = await register({ url: server.url });
    await enrol((await person()).email, course);
    const told = await atRest(lms);
    expect(told).toMatchObject({
      status: 'unknown_course',
      told: null,
      error: `Course ${course} does not exist`,
      calls: [{ status: 400 }],
    });
    server.courses.add(course);
    const redelivered = await admin.call('POST', `/admin/lms/deliveries/${told.id}/redeliver/`);
    expect([redelivered.statusCode, redelivered.json()]).toMatchObject([202, { status: 'pending' }]);
    expect(await atRest(lms)).toMatchObject({ status: 'delivered', calls: [{ status: 200 }, { status: 400 }] });
  });

  it('is told again, later and later, after faults, and given up after a day', async () => {
    const course = await newCourse();
    const server = await lmsServer(course);
    const lms = await register({ url: server.url });
    server.mischief.push(answering(500), hangingUp);
    const { email } = await person();
    await enrol(email, course);
    expect(await failed(lms, /500/)).toMatchObject({ told: 'unsure', calls: [{ status: 500 }] });
    const shown = await admin.call('GET', `/admin/lms/${lms.id}/`);
    expect(shown.json()).toMatchObject({ failures: 1, paused_until: expect.any(String) as string });
    clock.advance(60_000);
    expect((await failed(lms, /No connection/)).calls).toMatchObject([{ status: null }, { status: 500 }]);
    server.mischief.push(answering(503));
    clock.advance(DAY_MS);
    const dead = await delivery(lms, ({ status }) => status === 'dead');
    expect(dead).toMatchObject({ error: 'The answer was 503.', next_attempt_at: null, attempts: 3 });
    await admin.call('POST', `/admin/lms/deliveries/${dead.id}/redeliver/`);
    expect(await atRest(lms)).toMatchObject({ status: 'delivered', told: 'active', attempts: 1 });
    expect([...server.enrolled]).toEqual([`${email} ${course}`]);
  });

  it('waits for an LMS that is switched off, and for the secret of one that refuses ours', async () => {
    const course = await newCourse();
    const server = await lmsServer(course);
    server.secret = NEXT_SECRET;
    const lms = await register({ url: server.url, enabled: false });
    await enrol((await person()).email, course);
    await delivery(lms, ({ status }) => status === 'pending');
    await sleep(1_200);
    expect(server.calls).toEqual([]);
    await admin.call('PATCH', `/admin/lms/${lms.id}/`, { enabled: true });
    const refused = await failed(lms, /wrong secret/);
    expect(refused).toMatchObject({ told: null, calls: [{ status: 401 }] });
    expect(Date.parse(refused.next_attempt_at ?? '') - clock.now().getTime()).toBeGreaterThan(600_000);
    await admin.call('POST', `/admin/lms/${lms.id}/rotate/`, { secret: NEXT_SECRET });
    expect(await atRest(lms)).toMatchObject({ status: 'delivered' });
  });

  it('waits, and says why, where the fault is ours', async () => {
    const course = await newCourse();
    const server = await lmsServer(course);
    const lms = await register({ url: server.url });
    await app.get(LmsRepository).change(lms.id, { secret: 'v1.000000000000.of-a-key-that-is-lost' });
    await enrol((await person()).email, course);
    expect(await failed(lms, /encrypted/)).toMatchObject({ told: null, calls: [] });
    server.secret = NEXT_SECRET;
    const rotated = await admin.call('POST', `/admin/lms/${lms.id}/rotate/`, { secret: NEXT_SECRET });
    expect(rotated.json()).toMatchObject({ previous_secret_until: null });
    expect(await atRest(lms)).toMatchObject({ status: 'delivered' });
  });

  it('that is there already is told to a new LMS when it asks', async () => {
    const course = await newCourse();
    const server = await lmsServer(course);
    const { email } = await person();
    await enrol(email, course);
    const lms = await register({ url: server.url });
    await app.drained();
    expect(await deliveries(lms)).toEqual([]);
    expect((await admin.call('POST', `/admin/lms/${lms.id}/sync/`)).statusCode).toBe(202);
    await app.drained();
    const deadline = performance.now() + PATIENCE_MS;
    while ((await deliveries(lms, '?status=pending')).length > 0 && performance.now() < deadline) await sleep(30);
    expect(server.enrolled).toContain(`${email} ${course}`);
    const known = await deliveries(lms);
    expect(known.map(({ status }) => status)).toContain('delivered');
    expect((await admin.call('POST', '/admin/lms/999999/sync/')).statusCode).toBe(404);
  });
});

describe('the order of changes', () => {
  it('does not matter: the last state is told, and once', async () => {
    const course = await newCourse();
    const server = await lmsServer(course);
    const lms = await register({ url: server.url, events_url: `${server.origin}/events/` });
    const { email } = await person();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    server.mischief.push(async (response, { body }) => {
      await held;
      server.enrol(body, response);
    });
    const enrolment = await enrol(email, course);
    await delivery(lms, ({ status }) => status === 'pending');
    while (server.calls.length === 0) await sleep(10);
    // Should the process die now, the next one would know that the LMS may have heard, and of whom.
    const stored = [{ told: 'unsure', address: expect.stringMatching(/^v1\./) as string }];
    expect(await app.get(Database).rows(STORED, [enrolment])).toEqual(stored);
    // While the first call is under way.
    for (const status of ['ended', 'active', 'suspended', 'active', 'ended'] as const) await make(enrolment, status);
    await app.drained();
    await sleep(1_200);
    expect(server.calls).toHaveLength(1);
    release();
    expect(await atRest(lms)).toMatchObject({ status: 'not_withdrawn', told: 'kept' });
    expect(server.calls.map(({ path }) => path)).toEqual(['/lernito/webhook/', '/events/']);
  });

  it('is not disturbed by a worker that has lost its lease', async () => {
    const course = await newCourse();
    const server = await lmsServer(course);
    const lms = await register({ url: server.url });
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    server.mischief.push(async (response) => {
      await held;
      await answering(500)(response, {} as never);
    });
    const enrolment = await enrol((await person()).email, course);
    await app.drained();
    while (server.calls.length === 0) await sleep(10);
    await app.get(Database).execute(LOSE_LEASE, [enrolment, new Date(0)]);
    const told = await atRest(lms);
    expect(told).toMatchObject({ status: 'delivered', attempts: 2 });
    release();
    await delivery(lms, ({ calls }) => calls.length === 2);
    expect((await deliveries(lms))[0]).toMatchObject({ status: 'delivered', told: 'active', error: null });
  });

  it('leaves an LMS alone that never heard of what has ended', async () => {
    const course = await newCourse();
    const server = await lmsServer(course);
    const lms = await register({ url: server.url, enabled: false, events_url: `${server.origin}/events/` });
    const enrolment = await enrol((await person()).email, course);
    await make(enrolment, 'ended');
    await app.drained();
    await admin.call('PATCH', `/admin/lms/${lms.id}/`, { enabled: true });
    expect(await atRest(lms)).toMatchObject({ status: 'delivered', told: null, calls: [] });
    expect(server.calls).toEqual([]);
  });

  it('is the same for many at once, on two instances', async () => {
    const course = await newCourse();
    const server = await lmsServer(course);
    const lms = await register({ url: server.url, openedx: { base_url: server.origin, ...OPENEDX } });
    const second = await startTestApp({ OUTBOUND_ALLOW: '127.0.0.0/8' }, { clock });
    const people = await Promise.all(Array.from({ length: 6 }, person));
    for (const { email, username } of people) server.users.set(email, `${username}_there`);
    const enrolments = await Promise.all(people.map(({ email }) => enrol(email, course)));
    await Promise.all(
      enrolments.map(async (enrolment, index) => {
        await make(enrolment, 'ended');
        await make(enrolment, 'active');
        if (index % 2 === 0) await make(enrolment, 'ended');
      }),
    );
    await app.drained();
    const deadline = performance.now() + PATIENCE_MS;
    while ((await deliveries(lms, '?status=pending')).length > 0 && performance.now() < deadline) await sleep(30);
    await second.close();
    const active = people.filter((_, index) => index % 2 === 1).map(({ email }) => `${email} ${course}`);
    expect([...server.enrolled].sort()).toEqual(active.sort());
    expect((await deliveries(lms)).map(({ status }) => status)).toEqual(people.map(() => 'delivered'));
  });
});

describe('an end', () => {
  it('is told to the event endpoint, and left to people', async () => {
    const course = await newCourse();
    const server = await lmsServer(course);
    const lms = await register({ url: server.url, events_url: `${server.origin}/events/` });
    const { email } = await person();
    const enrolment = await enrol(email, course);
    await atRest(lms);
    await make(enrolment, 'suspended');
    const told = await delivery(lms, ({ told }) => told === 'kept');
    expect(told).toMatchObject({ status: 'not_withdrawn', email, calls: [{ kind: 'event', status: 204 }, {}] });
    expect(await deliveries(lms, '?status=not_withdrawn')).toHaveLength(1);
    expect(await deliveries(lms, '?status=dead')).toEqual([]);
    const [, event] = server.calls;
    expect(event?.body).toEqual({
      event: 'enrolment.ended',
      id: expect.stringMatching(`^enrolment-${enrolment}-ended-\\d+$`) as string,
      email,
      course_id: course,
      ended_at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    });
    await admin.call('POST', `/admin/lms/deliveries/${told.id}/redeliver/`);
    await delivery(lms, ({ calls, status }) => calls.length === 3 && status === 'not_withdrawn');
    expect(server.calls[2]?.body).toEqual(event?.body);
    await make(enrolment, 'active');
    expect(await delivery(lms, ({ told: now }) => now === 'active')).toMatchObject({ status: 'delivered' });
  });

  it('is shown where the LMS has no way to hear of it, until it has one', async () => {
    const course = await newCourse();
    const server = await lmsServer(course);
    const lms = await register({ url: server.url });
    const learner = await person();
    server.users.set(learner.email, 'there');
    const enrolment = await enrol(learner.email, course);
    await atRest(lms);
    await make(enrolment, 'ended');
    const kept = await delivery(lms, ({ told }) => told === 'kept');
    expect(kept).toMatchObject({ status: 'not_withdrawn', error: 'This LMS has no way to hear of it.' });
    await admin.call('PATCH', `/admin/lms/${lms.id}/`, { openedx: { base_url: `${server.origin}/`, ...OPENEDX } });
    await admin.call('POST', `/admin/lms/deliveries/${kept.id}/redeliver/`);
    expect(await delivery(lms, ({ told }) => told === 'ended')).toMatchObject({ status: 'delivered', error: null });
    expect([...server.enrolled]).toEqual([]);
  });

  it('is carried out by Open edX, whose token lasts', async () => {
    const course = await newCourse();
    const server = await lmsServer(course);
    const lms = await register({ url: server.url, openedx: { base_url: server.origin, ...OPENEDX } });
    const learner = await person();
    server.users.set(learner.email, 'other_name_there');
    const enrolment = await enrol(learner.email, course);
    await atRest(lms);
    await make(enrolment, 'ended');
    const told = await delivery(lms, ({ told }) => told === 'ended');
    expect(told.calls.map(({ kind, status }) => [kind, status])).toEqual([
      ['unenrol', 200],
      ['account', 200],
      ['allowance', 404],
      ['token', 200],
      ['enrol', 200],
    ]);
    expect(JSON.stringify(told.calls)).not.toMatch(/token-1|business/);
    expect([...server.enrolled]).toEqual([]);
    await make(enrolment, 'active');
    await delivery(lms, ({ told }) => told === 'active');
    await make(enrolment, 'ended');
    await delivery(lms, ({ told }) => told === 'ended');
    expect(server.tokens).toBe(1);
    server.forgetTokens();
    await make(enrolment, 'active');
    await delivery(lms, ({ told }) => told === 'active');
    await make(enrolment, 'ended');
    await failed(lms, /401/);
    clock.advance(1_800_000);
    await delivery(lms, ({ told }) => told === 'ended');
    expect(server.tokens).toBe(2);
  });

  it('takes back the allowance of who has no account there, and says so where it can’t', async () => {
    const course = await newCourse();
    const server = await lmsServer(course);
    const lms = await register({ url: server.url, openedx: { base_url: server.origin, ...OPENEDX } });
    const { email } = await person();
    server.allowances.add(`${email} ${course}`);
    const enrolment = await enrol(email, course);
    await atRest(lms);
    await make(enrolment, 'ended');
    expect(await delivery(lms, ({ told }) => told === 'ended')).toMatchObject({ status: 'delivered' });
    expect([...server.allowances]).toEqual([]);
    server.isStaff = false;
    await make(enrolment, 'active');
    await delivery(lms, ({ told }) => told === 'active');
    await make(enrolment, 'ended');
    const kept = await delivery(lms, ({ told }) => told === 'kept');
    expect(kept).toMatchObject({ status: 'not_withdrawn', error: expect.stringContaining('no account') as string });
  });

  it('of a closed account is told by the address, which is then forgotten', async () => {
    const course = await newCourse();
    const server = await lmsServer(course);
    const lms = await register({ url: server.url, openedx: { base_url: server.origin, ...OPENEDX } });
    const learner = await person();
    server.users.set(learner.email, 'there');
    const enrolment = await enrol(learner.email, course);
    await atRest(lms);
    const [stored] = await app.get(Database).rows<{ address: string }>(STORED, [enrolment]);
    expect(stored?.address).toMatch(/^v1\./);
    await admin.call('PATCH', `/admin/lms/${lms.id}/`, { enabled: false });
    await app.get(AccountService).close(learner.id);
    await app.drained();
    expect(await deliveries(lms)).toMatchObject([{ account: null, email: learner.email, status: 'pending' }]);
    await admin.call('PATCH', `/admin/lms/${lms.id}/`, { enabled: true });
    const told = await delivery(lms, ({ told }) => told === 'ended');
    expect(told).toMatchObject({ status: 'delivered', account: null, email: null });
    expect([...server.enrolled]).toEqual([]);
    expect(await app.get(Database).rows(STORED, [enrolment])).toEqual([{ address: null, told: 'ended' }]);
    expect(JSON.stringify(told)).not.toContain(learner.email);
  });

  it('that nobody could be told of keeps the address for thirty days', async () => {
    const course = await newCourse();
    const server = await lmsServer(course);
    const lms = await register({ url: server.url });
    const learner = await person();
    await enrol(learner.email, course);
    await atRest(lms);
    await app.get(AccountService).close(learner.id);
    expect(await delivery(lms, ({ told }) => told === 'kept')).toMatchObject({ email: learner.email });
    await app.get(LmsJob).run();
    expect(await deliveries(lms)).toMatchObject([{ email: learner.email, calls: [{}] }]);
    clock.advance(31 * DAY_MS);
    await app.get(LmsJob).run();
    expect(await deliveries(lms)).toMatchObject([{ email: null, calls: [] }]);
  });
});

describe('a secret', () => {
  it('may be changed here before it is changed there', async () => {
    const course = await newCourse();
    const server = await lmsServer(course);
    const lms = await register({ url: server.url });
    const path = `/admin/lms/${lms.id}`;
    for (let round = 0; round < 2; round++) {
      const rotated = await admin.call('POST', `${path}/rotate/`, { secret: NEXT_SECRET });
      expect(rotated.json()).toMatchObject({ previous_secret_until: expect.any(String) as string });
    }
    const enrolment = await enrol((await person()).email, course);
    expect((await atRest(lms)).calls).toMatchObject([{ status: 200 }, { status: 401 }]);
    const [first, second] = server.calls;
    for (const { raw, timestamp } of server.calls) {
      expect(timestamp.match(/v1=/g)).toHaveLength(2);
      for (const secret of [SECRET, NEXT_SECRET]) {
        expect(verifyTimestamp([secret], Buffer.from(raw), timestamp, clock.now())).toMatchObject({ ok: true });
      }
    }
    expect(first?.signature).not.toBe(second?.signature);
    expect((await admin.call('POST', `${path}/test/`)).json()).toMatchObject({
      lernito: { verdict: 'previous_secret' },
    });
    server.secret = NEXT_SECRET;
    expect((await admin.call('POST', `${path}/test/`)).json()).toMatchObject({ lernito: { verdict: 'ok' } });
    server.secret = SECRET;
    clock.advance(8 * DAY_MS);
    await app.get(LmsJob).run();
    await make(enrolment, 'ended');
    await delivery(lms, ({ told }) => told === 'kept');
    await make(enrolment, 'active');
    expect((await failed(lms, /wrong secret/)).calls[0]).toMatchObject({ status: 401 });
    expect(server.calls.at(-1)?.timestamp.match(/v1=/g)).toHaveLength(1);
    expect((await admin.call('GET', `${path}/`)).json()).toMatchObject({ previous_secret_until: null });
  });

  it('is never shown again, and encrypted at rest', async () => {
    const server = await lmsServer();
    const lms = await register({ url: server.url, openedx: { base_url: server.origin, ...OPENEDX } });
    expect(lms).toMatchObject({ secret: '********', openedx: { client_id: 'guildhall', client_secret: '********' } });
    const changed = await admin.call('PATCH', `/admin/lms/${lms.id}/`, { name: `${lms.name}, too` });
    const list = await admin.call('GET', '/admin/lms/');
    expect([changed.statusCode, list.statusCode]).toEqual([200, 200]);
    expect(changed.body + list.body).not.toMatch(new RegExp(`${SECRET}|${OPENEDX.client_secret}`));
    const stored = await app.get(Database).first<{ secret: string; other: string }>(SECRETS, [lms.id]);
    expect(stored).toEqual({ secret: expect.stringMatching(/^v1\./), other: expect.stringMatching(/^v1\./) });
  });
});

describe('a test call', () => {
  it('enrols nobody, and says what is wrong', async () => {
    const server = await lmsServer();
    const lms = await register({ url: server.url, openedx: { base_url: server.origin, ...OPENEDX } });
    const test = async () => (await admin.call('POST', `/admin/lms/${lms.id}/test/`)).json<LmsTestResponse>();
    expect(await test()).toMatchObject({
      lernito: { verdict: 'ok', status: 400, excerpt: expect.stringContaining('At least one') as string },
      openedx: { verdict: 'ok', status: 200, excerpt: null },
    });
    expect([...server.enrolled]).toEqual([]);
    server.secret = 'another-secret';
    expect(await test()).toMatchObject({ lernito: { verdict: 'refused', status: 401 } });
    server.mischief.push(answering(200, { hello: 'you' }));
    expect(await test()).toMatchObject({ lernito: { verdict: 'unexpected', status: 200 } });
    server.mischief.push(hangingUp);
    const wrong = { base_url: server.origin, client_id: 'guildhall', client_secret: 'wrong' };
    await admin.call('PATCH', `/admin/lms/${lms.id}/`, { openedx: wrong });
    expect(await test()).toMatchObject({
      lernito: { verdict: 'unreachable', status: null, error: expect.stringContaining('No connection') as string },
      openedx: { verdict: 'refused', status: 401 },
    });
    expect((await admin.call('POST', '/admin/lms/999999/test/')).statusCode).toBe(404);
  });
});

describe('refused is', () => {
  it.each([
    [{ url: 'https://169.254.169.254/lernito/webhook/' }, '#/url', 'private network'],
    [{ url: 'http://93.184.216.34/' }, '#/url', 'https'],
    [{ url: 'https://me:secret@lms.example.org/' }, '#/url', 'password'],
    [{ url: 'http://localhost:8000/api/lernito/webhook/' }, '#/url', 'no LMS'],
    [{ events_url: 'https://10.0.0.1/' }, '#/events_url', 'private network'],
    [{ openedx: { base_url: 'https://[::1]/', ...OPENEDX } }, '#/openedx/base_url', 'private network'],
    [{ openedx: { base_url: 'https://lms.example.org' } }, '#/openedx/client_id', 'required'],
    [{ secret: 'short' }, '#/secret', 'at least 8'],
    [{ colour: 'red' }, '#/colour', 'Unknown field'],
  ])('%j', async (fields, pointer, detail) => {
    const complete = { name: 'Refused', url: 'https://lms.example.org/lernito/webhook/', secret: SECRET, ...fields };
    const answer = await admin.call('POST', '/admin/lms/', complete);
    const errors: unknown = expect.arrayContaining([{ pointer, detail: expect.stringContaining(detail) as string }]);
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { errors }]);
  });

  it('a name that another has, also when both come at once', async () => {
    const url = 'https://lms.example.org/lernito/webhook/';
    const answers = await Promise.all(
      Array.from({ length: 3 }, () => admin.call('POST', '/admin/lms/', { name: 'Same', url, secret: SECRET })),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409, 409]);
    for (const one of answers) if (one.statusCode === 201) scene.forgetLater(one.json<LmsResponse>().id);
    const other = await register({ url });
    expect((await admin.call('PATCH', `/admin/lms/${other.id}/`, { name: 'Same' })).statusCode).toBe(409);
  });

  it('an address inside, also when it is called', async () => {
    const course = await newCourse();
    const server = await lmsServer(course);
    const lms = await register({ url: server.url });
    await app.get(LmsRepository).change(lms.id, { url: 'https://169.254.169.254/lernito/webhook/' });
    await enrol((await person()).email, course);
    const refused = await failed(lms, /private network/);
    expect(refused).toMatchObject({ told: null, calls: [{ status: null }] });
    await admin.call('PATCH', `/admin/lms/${lms.id}/`, { url: server.url });
    expect(await atRest(lms)).toMatchObject({ status: 'delivered' });
  });
});

describeWithPython('import hmac, http.server, json')('a plugin in Python', () => {
  let plugin: TestProcess;

  afterEach(() => plugin.signal('SIGKILL'));

  it('opens the course of a membership, and hears of its end', async () => {
    const creator = await aCreator(app);
    const course = await newCourse([creator.id]);
    plugin = startPython('test/fixtures/lernito_plugin.py', [SECRET, course]);
    const origin = `http://127.0.0.1:${await portOf(plugin)}`;
    const lms = await register({ url: `${origin}/lernito/webhook/`, events_url: `${origin}/events/` });
    const test = await admin.call('POST', `/admin/lms/${lms.id}/test/`);
    expect(test.json()).toMatchObject({ lernito: { verdict: 'ok' } });
    const member = await registered(app, {
      emailVerified: true,
      firstName: 'Zoë "Z" \u{10FFFF}',
      lastName: 'O’Néill/\\',
    });
    const source = await memberOf(app, member, await aTier(app, creator, { course_ids: [course] }));
    expect(await atRest(lms)).toMatchObject({ status: 'delivered', account: member.id });
    await app.get(MembershipService).releaseSource(source);
    await delivery(lms, ({ told }) => told === 'kept');
    const seen = (await (await fetch(origin)).json()) as Record<'enrolled' | 'events' | 'refused', object[]>;
    const { email, username } = member;
    expect(seen).toMatchObject({
      enrolled: [{ name: 'Zoë "Z" \u{10FFFF}', family: 'O’Néill/\\', username, email, courseIds: [course] }],
      events: [{ event: 'enrolment.ended', email, course_id: course }],
      refused: [],
    });
  });
});

async function portOf(plugin: TestProcess): Promise<string> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const [, port] = /^(\d+)$/m.exec(plugin.output) ?? [];
    if (port !== undefined) return port;
    if (!plugin.isRunning || performance.now() > deadline)
      throw new Error(`The plugin did not start: ${plugin.output}`);
    await sleep(30);
  }
}
