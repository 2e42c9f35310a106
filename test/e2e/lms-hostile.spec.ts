import { setTimeout as sleep } from 'node:timers/promises';
import { AccountService } from '../../src/auth/account/account.service';
import { LmsRepository } from '../../src/enrollment-webhook/lms/lms.repository';
import { Database, statement } from '../../src/infra/database/database';
import { registered } from '../factories/person';
import { LmsScene, OPENEDX, SECRET } from '../factories/lms-scene';
import { answering, type LmsServer } from '../fakes/lms-server';
import { MovableClock } from '../fakes/movable-clock';

const NEXT_SECRET = 'spec-lms-secret-next-40aX91';
const SPOIL = statement('test.lms-spoil', 'update lms_delivery set address = $2 where enrolment_id = $1');

const clock = new MovableClock();
let scene: LmsScene;

beforeAll(async () => {
  scene = await LmsScene.start(clock);
});

afterEach(() => scene.tidy());

const person = () => registered(scene.app, { emailVerified: true });

async function calledOnce(server: LmsServer): Promise<void> {
  while (server.calls.length === 0) await sleep(10);
}

describe('what an LMS answers', () => {
  it('is kept without the address, without NUL, and without half characters', async () => {
    const course = await scene.newCourse();
    const server = await scene.lmsServer(course);
    const lms = await scene.register({ url: server.url });
    const { email } = await person();
    const message = `\0\ud800 ${email.toUpperCase()} may not enter`;
    server.mischief.push(answering(400, { success: false, message }));
    await scene.enrol(email, course);
    expect(await scene.atRest(lms)).toMatchObject({ status: 'dead', error: '\ufffd … may not enter' });
    expect(server.calls).toHaveLength(1);
  });

  it('shows no secret that it repeats, in calls and tests', async () => {
    const course = await scene.newCourse();
    const server = await scene.lmsServer(course);
    const client_secret = 'sé"cret & more/91c7';
    const openedx = { base_url: server.origin, client_id: 'guildhall', client_secret };
    const lms = await scene.register({ url: server.url, openedx });
    server.repeatsTokenRequests = true;
    const enrolment = await scene.enrol((await person()).email, course);
    await scene.atRest(lms);
    await scene.make(enrolment, 'ended');
    const { calls } = await scene.failed(lms, /no token/);
    server.mischief.push(answering(500, { settings: { LERNITO_WEBHOOK_SECRET: SECRET } }));
    const test = await scene.admin.call('POST', `/admin/lms/${lms.id}/test/`);
    expect([calls[0]?.kind, test.statusCode]).toEqual(['token', 200]);
    expect(test.json()).toMatchObject({ lernito: { status: 500 }, openedx: { status: 400 } });
    for (const shown of [JSON.stringify(calls), test.body]) {
      expect(shown).toContain('client_secret=…');
      expect(shown).not.toMatch(/91c7|spec-lms-secret/);
    }
    expect(test.body).toContain('LERNITO_WEBHOOK_SECRET');
  });

  it('has a token that no header can carry: there is none', async () => {
    const course = await scene.newCourse();
    const server = await scene.lmsServer(course);
    server.tokenText = () => 'a\r\nb: c';
    const lms = await scene.register({ url: server.url, openedx: { base_url: server.origin, ...OPENEDX } });
    const enrolment = await scene.enrol((await person()).email, course);
    await scene.atRest(lms);
    await scene.make(enrolment, 'ended');
    await scene.failed(lms, /gave no token/);
  });
});

describe('a delivery', () => {
  it('that is under way when the secret changes is tried at once with the new one', async () => {
    const course = await scene.newCourse();
    const server = await scene.lmsServer(course);
    const lms = await scene.register({ url: server.url });
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    server.mischief.push(async (response, call) => {
      await held;
      await answering(401)(response, call);
    });
    await scene.enrol((await person()).email, course);
    await calledOnce(server);
    server.secret = NEXT_SECRET;
    const rotated = await scene.admin.call('POST', `/admin/lms/${lms.id}/rotate/`, { secret: NEXT_SECRET });
    expect(rotated.statusCode).toBe(200);
    release();
    await scene.delivery(lms, ({ calls }) => calls.length === 1);
    clock.advance(60_000);
    expect(await scene.atRest(lms)).toMatchObject({ status: 'delivered', told: 'active' });
  });

  it('told anew for an account that is gone stays withdrawn', async () => {
    const course = await scene.newCourse();
    const server = await scene.lmsServer(course);
    const lms = await scene.register({ url: server.url, openedx: { base_url: server.origin, ...OPENEDX } });
    const learner = await person();
    server.users.set(learner.email, 'there');
    await scene.enrol(learner.email, course);
    await scene.atRest(lms);
    await scene.app.get(AccountService).close(learner.id);
    const { id } = await scene.delivery(lms, ({ told }) => told === 'ended');
    expect((await scene.admin.call('POST', `/admin/lms/deliveries/${id}/redeliver/`)).statusCode).toBe(202);
    expect(await scene.atRest(lms)).toMatchObject({ status: 'delivered', told: 'ended', error: null });
  });
});

describe('a key that is lost', () => {
  it('hides addresses, not deliveries', async () => {
    const course = await scene.newCourse();
    const server = await scene.lmsServer(course);
    const lms = await scene.register({ url: server.url });
    const enrolment = await scene.enrol((await person()).email, course);
    await scene.atRest(lms);
    await scene.app.get(Database).execute(SPOIL, [enrolment, 'v1.000000000000.of-a-key-that-is-lost']);
    expect(await scene.deliveries(lms)).toMatchObject([{ enrolment, status: 'delivered', email: null }]);
  });

  it('is told to who tests an LMS', async () => {
    const server = await scene.lmsServer();
    const lms = await scene.register({ url: server.url });
    await scene.app.get(LmsRepository).change(lms.id, { secret: 'v1.000000000000.of-a-key-that-is-lost' });
    const test = await scene.admin.call('POST', `/admin/lms/${lms.id}/test/`);
    expect([test.statusCode, test.json()]).toMatchObject([409, { code: 'lms_secret_lost' }]);
  });
});
