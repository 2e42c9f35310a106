import { AccountService } from '../../src/auth/account/account.service';
import { administrator, loggedIn, type LoggedIn } from '../factories/administrator';
import { callLernito, enrolBody } from '../factories/lernito';
import { registered } from '../factories/person';
import { startTestApp, type TestApp } from '../setup/test-app';

interface Enrolment {
  readonly id: number;
  readonly status: string;
  readonly mode: string;
  readonly expires_at: string | null;
  readonly sources: { kind: string; reference: string }[];
  readonly history: { source: string; reason: string | null; before: object | null; after: object }[];
}
interface PageOf<T> {
  readonly count: number;
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: T[];
}

const YEAR_MS = 365 * 86_400_000;

let app: TestApp;
let admin: LoggedIn;
let courses = 0;

beforeAll(async () => {
  app = await startTestApp();
  admin = await administrator(app);
});

async function newCourse(part: object = {}): Promise<{ id: number; course_id: string }> {
  courses += 1;
  const course_id = `course-v1:Org+Course${courses}+2026`;
  const answer = await admin.call('POST', '/admin/courses/', { course_id, display_name: `Course ${courses}`, ...part });
  expect(answer.statusCode).toBe(201);
  return answer.json();
}

async function enrolments(email: string): Promise<Enrolment[]> {
  const answer = await admin.call('GET', `/admin/enrollments/?email=${email}`);
  return answer.json<PageOf<Enrolment>>().results;
}

async function enrolledByWebhook(course_id: string): Promise<{ email: string; enrolment: Enrolment }> {
  const { email } = await registered(app, { emailVerified: true });
  await callLernito(app, enrolBody(email, course_id));
  const [enrolment] = await enrolments(email);
  if (enrolment === undefined) throw new Error('not enrolled');
  return { email, enrolment };
}

const patch = (id: number, change: object) => admin.call('PATCH', `/admin/enrollments/${id}/`, change);

describe('/admin/courses/', () => {
  it('makes a course', async () => {
    const owner = await registered(app);
    const body = {
      course_id: 'course-v1:edX+DemoX+Demo_Course',
      display_name: 'Demonstration Course',
      owners: [owner.id, owner.id],
      enrolment_start: '2026-01-01T00:00:00Z',
      enrolment_end: '2026-06-30T00:00:00+05:30',
      start: '2026-02-01T00:00:00Z',
      end: null,
      capacity: 30,
      invitation_only: true,
    };
    const answer = await admin.call('POST', '/admin/courses/', body);
    expect([answer.statusCode, answer.json<object>()]).toEqual([
      201,
      {
        ...body,
        id: expect.any(Number) as number,
        owners: [owner.id],
        enrolment_start: '2026-01-01T00:00:00.000Z',
        enrolment_end: '2026-06-29T18:30:00.000Z',
        start: '2026-02-01T00:00:00.000Z',
        archived: false,
        enrolled: 0,
        created_at: expect.any(String) as string,
        updated_at: expect.any(String) as string,
      },
    ]);
  });

  it('a second time: 409', async () => {
    const { course_id } = await newCourse();
    const answer = await admin.call('POST', '/admin/courses/', { course_id, display_name: 'Again' });
    expect([answer.statusCode, answer.json<object>()]).toMatchObject([409, { code: 'course_exists' }]);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  it.each([
    [{ course_id: 'slashes:edX+DemoX+Demo' }, '#/course_id'],
    [{ course_id: 'course-v1:a+b+c+block@d' }, '#/course_id'],
    [{ course_id: 'library-v1:a+b' }, '#/course_id'],
    [{ course_id: 'course-v1:version@519665f6223ebd6980884f2b' }, '#/course_id'],
    [{ course_id: ' course-v1:a+b+c' }, '#/course_id'],
    [{ course_id: 'nonsense' }, '#/course_id'],
    [{ course_id: 7 }, '#/course_id'],
    [{ display_name: '' }, '#/display_name'],
    [{ owners: [4_000_000] }, '#/owners'],
    [{ capacity: -1 }, '#/capacity'],
    [{ start: '2026-02-01T00:00:00Z', end: '2026-01-01T00:00:00Z' }, '#/end'],
    [{ enrolment_start: '2026-02-01T00:00:00Z', enrolment_end: '2026-02-01T00:00:00Z' }, '#/enrolment_end'],
    [{ unknown: 1 }, '#/unknown'],
  ])('%j: 400', async (part, pointer) => {
    const body = { course_id: 'course-v1:Never+Made+1', display_name: 'Never', ...part };
    const answer = await admin.call('POST', '/admin/courses/', body);
    expect([answer.statusCode, answer.json<object>()]).toMatchObject([400, { code: 'invalid', errors: [{ pointer }] }]);
  });

  it('finds by key, with "+" as itself or encoded, in any form, and by a part of key or name', async () => {
    const { id, course_id } = await newCourse({ display_name: 'A most peculiar name' });
    const encoded = encodeURIComponent(course_id);
    const slashes = course_id.replace('course-v1', 'slashes');
    for (const query of [
      `course_id=${course_id}`,
      `course_id=${encoded}`,
      `course_id=${slashes}`,
      'search=PECULIAR',
      `search=${course_id}`,
    ]) {
      const page = (await admin.call('GET', `/admin/courses/?${query}`)).json<PageOf<{ id: number }>>();
      expect([query, page.count, page.results[0]?.id]).toEqual([query, 1, id]);
    }
    const wildcard = await admin.call('GET', '/admin/courses/?search=100%25');
    expect(wildcard.json<PageOf<object>>().count).toBe(0);
    expect((await admin.call('GET', '/admin/courses/?course_id=nonsense')).statusCode).toBe(400);
  });

  it('pages', async () => {
    await newCourse();
    await newCourse();
    const first = (await admin.call('GET', '/admin/courses/?page_size=1&search=Org+Course')).json<PageOf<object>>();
    expect(first.next).toBe('http://localhost:8000/admin/courses/?page_size=1&search=Org+Course&page=2');
    expect(first.previous).toBeNull();
    expect((await admin.call('GET', '/admin/courses/?page=abc')).statusCode).toBe(404);
    expect((await admin.call('GET', '/admin/courses/?page=10000')).statusCode).toBe(404);
  });

  it('changes what is given and nothing else', async () => {
    const owner = await registered(app);
    const course = await newCourse({ capacity: 5, owners: [owner.id] });
    const changed = await admin.call('PATCH', `/admin/courses/${course.id}/`, {
      display_name: 'Renamed',
      capacity: null,
    });
    expect([changed.statusCode, changed.json<object>()]).toEqual([
      200,
      { ...course, display_name: 'Renamed', capacity: null, updated_at: expect.any(String) as string },
    ]);
    const disowned = await admin.call('PATCH', `/admin/courses/${course.id}/`, { owners: [] });
    expect(disowned.json()).toMatchObject({ owners: [] });
    expect(
      (await admin.call('PATCH', `/admin/courses/${course.id}/`, { course_id: 'course-v1:a+b+c' })).statusCode,
    ).toBe(400);
    expect((await admin.call('PATCH', '/admin/courses/4000000/', {})).statusCode).toBe(404);
  });

  it('archives: no new enrolments, those it has stay, and back again', async () => {
    const course = await newCourse();
    const { email } = await enrolledByWebhook(course.course_id);
    for (let times = 0; times < 2; times++) {
      expect((await admin.call('DELETE', `/admin/courses/${course.id}/`)).statusCode).toBe(204);
    }
    expect((await admin.call('GET', `/admin/courses/${course.id}/`)).json()).toMatchObject({
      archived: true,
      enrolled: 1,
    });
    const listed = (query: string) =>
      admin.call('GET', `/admin/courses/?course_id=${course.course_id}&archived=${query}`);
    expect((await listed('true')).json()).toMatchObject({ count: 1 });
    expect((await listed('false')).json()).toMatchObject({ count: 0 });
    expect((await callLernito(app, enrolBody(email, course.course_id))).json()).toEqual({
      success: false,
      message: `Course ${course.course_id} does not exist`,
    });
    expect(await enrolments(email)).toMatchObject([{ status: 'active' }]);
    await admin.call('PATCH', `/admin/courses/${course.id}/`, { archived: false });
    expect((await callLernito(app, enrolBody(email, course.course_id))).statusCode).toBe(200);
  });
});

describe('/admin/enrollments/', () => {
  it('shows who is enrolled, by whom, and what happened', async () => {
    const { course_id } = await newCourse();
    const { email, enrolment } = await enrolledByWebhook(course_id);
    const state = { status: 'active', mode: 'audit', expires_at: null, sources: ['webhook:lernito'] };
    expect(enrolment).toMatchObject({
      course_id,
      account: { email },
      status: 'active',
      mode: 'audit',
      sources: [{ kind: 'webhook', reference: 'lernito' }],
      history: [{ source: 'webhook', reference: 'lernito', actor: null, reason: null, before: null, after: state }],
    });
    const byCourse = await admin.call('GET', `/admin/enrollments/?course_id=${course_id}`);
    expect(byCourse.json()).toMatchObject({ count: 1, results: [{ id: enrolment.id }] });
    const byBoth = await admin.call('GET', `/admin/enrollments/?course_id=${course_id}&email=${email.toUpperCase()}`);
    expect(byBoth.json()).toMatchObject({ count: 1 });
    expect((await admin.call('GET', `/admin/enrollments/${enrolment.id}/`)).json()).toEqual(enrolment);
  });

  it('suspends, and the webhook never lifts that', async () => {
    const { course_id } = await newCourse();
    const { email, enrolment } = await enrolledByWebhook(course_id);
    const suspended = await patch(enrolment.id, { status: 'suspended', reason: 'Shares the account' });
    expect(suspended.json()).toMatchObject({
      status: 'suspended',
      history: [
        {},
        {
          source: 'admin',
          actor: admin.id,
          reason: 'Shares the account',
          before: { status: 'active' },
          after: { status: 'suspended' },
        },
      ],
    });
    const again = await callLernito(app, enrolBody(email, course_id));
    expect(again.json()).toEqual({ success: true, message: 'User enrollment status verified for 1 course(s)' });
    expect(await enrolments(email)).toMatchObject([{ status: 'suspended' }]);
    await patch(enrolment.id, { status: 'active', reason: 'Settled' });
    expect(await enrolments(email)).toMatchObject([{ status: 'active' }]);
  });

  it('ends; the webhook starts it again, in the mode it had', async () => {
    const { course_id } = await newCourse();
    const { email, enrolment } = await enrolledByWebhook(course_id);
    await patch(enrolment.id, { mode: 'verified', reason: 'Paid for the certificate' });
    await patch(enrolment.id, { status: 'ended', reason: 'Asked for it' });
    expect(await enrolments(email)).toMatchObject([{ status: 'ended', mode: 'verified', sources: [] }]);
    await callLernito(app, enrolBody(email, course_id));
    expect(await enrolments(email)).toMatchObject([
      { status: 'active', mode: 'verified', sources: [{ kind: 'webhook', reference: 'lernito' }] },
    ]);
  });

  it('of a closed account lets nobody in any more', async () => {
    const { course_id } = await newCourse();
    const { email, enrolment } = await enrolledByWebhook(course_id);
    const account = await app.get(AccountService).findByEmail(email);
    await app.get(AccountService).close(account?.id ?? 0);
    await app.drained();
    const restored = await patch(enrolment.id, { status: 'active', reason: 'x' });
    expect([restored.statusCode, restored.json()]).toMatchObject([409, { code: 'enrolment_move_forbidden' }]);
    expect((await patch(enrolment.id, { mode: 'verified', reason: 'x' })).json()).toMatchObject({ status: 'ended' });
  });

  it('sets a date on which access ends', async () => {
    const { course_id } = await newCourse();
    const { email, enrolment } = await enrolledByWebhook(course_id);
    const nextYear = new Date(Date.now() + YEAR_MS).toISOString();
    const dated = await patch(enrolment.id, { expires_at: nextYear, reason: 'Licence for a year' });
    expect(dated.json()).toMatchObject({ status: 'active', expires_at: nextYear });
    await patch(enrolment.id, { expires_at: '2026-01-01T00:00:00Z', reason: 'Licence withdrawn' });
    expect(await enrolments(email)).toMatchObject([{ status: 'ended', expires_at: '2026-01-01T00:00:00.000Z' }]);
    const restored = await patch(enrolment.id, { status: 'active', reason: 'By mistake' });
    expect(restored.json()).toMatchObject({ status: 'active', expires_at: null, sources: [{ kind: 'admin' }] });
  });

  it.each([
    [{ status: 'ended' }, 400],
    [{ status: 'ended', reason: ' ' }, 400],
    [{ status: 'gone', reason: 'x' }, 400],
    [{ status: null, reason: 'x' }, 400],
    [{ expires_at: 'tomorrow', reason: 'x' }, 400],
    [{ unknown: 1, reason: 'x' }, 400],
  ])('%j: %s', async (change, status) => {
    const { course_id } = await newCourse();
    const { enrolment } = await enrolledByWebhook(course_id);
    expect((await patch(enrolment.id, change)).statusCode).toBe(status);
  });

  it('refuses to suspend what has ended: 409', async () => {
    const { course_id } = await newCourse();
    const { enrolment } = await enrolledByWebhook(course_id);
    await patch(enrolment.id, { status: 'ended', reason: 'x' });
    const answer = await patch(enrolment.id, { status: 'suspended', reason: 'x' });
    expect([answer.statusCode, answer.json<object>()]).toMatchObject([409, { code: 'enrolment_move_forbidden' }]);
    expect((await patch(4_000_000, { status: 'ended', reason: 'x' })).statusCode).toBe(404);
  });

  it('enrols an account, proven or not, and holds it beside the webhook', async () => {
    const { course_id } = await newCourse();
    const { id, email } = await registered(app);
    const body = { account: id, course_id, mode: 'honor', reason: 'Scholarship' };
    const made = await admin.call('POST', '/admin/enrollments/', body);
    expect([made.statusCode, made.json<object>()]).toMatchObject([
      201,
      {
        account: { id, email },
        mode: 'honor',
        status: 'active',
        history: [{ source: 'admin', reason: 'Scholarship' }],
      },
    ]);
    expect((await admin.call('POST', '/admin/enrollments/', body)).json()).toMatchObject({ code: 'already_enrolled' });
  });

  it('adds itself to what the webhook holds, with a date', async () => {
    const { course_id } = await newCourse();
    const { email } = await enrolledByWebhook(course_id);
    const nextYear = new Date(Date.now() + YEAR_MS).toISOString();
    const made = await admin.call('POST', '/admin/enrollments/', {
      email,
      course_id,
      expires_at: nextYear,
      reason: 'x',
    });
    expect(made.json()).toMatchObject({ expires_at: nextYear, sources: [{ kind: 'admin' }, { kind: 'webhook' }] });
  });

  it('promises neither date nor mode to a mailbox that nobody has proven', async () => {
    const { course_id } = await newCourse();
    const email = `dated${courses}@example.com`;
    const terms = { mode: 'verified', expires_at: new Date(Date.now() + YEAR_MS).toISOString() };
    const made = await admin.call('POST', '/admin/enrollments/', { email, course_id, ...terms, reason: 'x' });
    expect([made.statusCode, made.json()]).toMatchObject([
      400,
      { errors: [{ pointer: '#/mode' }, { pointer: '#/expires_at' }] },
    ]);
    const listed = await admin.call('GET', `/admin/allowances/?email=${email}`);
    expect(listed.json<PageOf<object>>().results).toEqual([]);
    const endless = { email, course_id, expires_at: null, reason: 'x' };
    expect((await admin.call('POST', '/admin/enrollments/', endless)).statusCode).toBe(201);
  });

  it('allows a mailbox that nobody has proven, until that is revoked', async () => {
    const { course_id } = await newCourse();
    const email = `allowed${courses}+tag@example.com`;
    const made = await admin.call('POST', '/admin/enrollments/', { email, course_id, reason: 'x' });
    expect([made.statusCode, made.json<object>()]).toMatchObject([201, { email, status: 'open', source: 'admin:-' }]);
    const listed = await admin.call('GET', `/admin/allowances/?email=${email}&course_id=${course_id}`);
    const [allowance] = listed.json<PageOf<{ id: number }>>().results;
    const revoke = () => admin.call('POST', `/admin/allowances/${allowance?.id}/revoke/`, { reason: 'By mistake' });
    expect((await revoke()).json()).toMatchObject({
      status: 'revoked',
      revoked_by: admin.id,
      revoke_reason: 'By mistake',
    });
    expect((await revoke()).statusCode).toBe(409);
    await registered(app, { email, emailVerified: true });
    await app.drained();
    expect(await enrolments(email)).toEqual([]);
    expect((await callLernito(app, enrolBody(email, course_id))).statusCode).toBe(200);
    expect(await enrolments(email)).toMatchObject([{ status: 'active' }]);
  });

  it.each([
    [{}, '#'],
    [{ email: 'a@example.com', account: 1 }, '#'],
    [{ account: 4_000_000 }, '#/account'],
  ])('an enrolment of nobody in particular (%j): 400', async (who, pointer) => {
    const { course_id } = await newCourse();
    const answer = await admin.call('POST', '/admin/enrollments/', { ...who, course_id, reason: 'x' });
    expect([answer.statusCode, answer.json<object>()]).toMatchObject([400, { errors: [{ pointer }] }]);
  });

  it('an enrolment in an unknown course: 400', async () => {
    const body = { email: 'a@example.com', course_id: 'course-v1:no+such+course', reason: 'x' };
    const answer = await admin.call('POST', '/admin/enrollments/', body);
    expect([answer.statusCode, answer.json<object>()]).toMatchObject([400, { errors: [{ pointer: '#/course_id' }] }]);
  });
});

describe('who may', () => {
  it.each([
    ['GET', '/admin/courses/'],
    ['GET', '/admin/enrollments/'],
    ['GET', '/admin/allowances/'],
    ['GET', '/admin/webhooks/deliveries/'],
    ['GET', '/admin/webhooks/sources/'],
  ] as const)('%s %s: staff', async (method, url) => {
    expect((await app.inject({ method, url })).statusCode).toBe(401);
    expect((await (await loggedIn(app)).call(method, url)).statusCode).toBe(403);
    expect((await (await loggedIn(app, { roles: ['finance'] })).call(method, url)).statusCode).toBe(403);
    expect((await (await loggedIn(app, { roles: ['support'] })).call(method, url)).statusCode).toBe(200);
  });

  it('support makes no courses and processes no deliveries again', async () => {
    const support = await loggedIn(app, { roles: ['support'] });
    expect((await support.call('POST', '/admin/courses/', {})).statusCode).toBe(403);
    expect((await support.call('POST', '/admin/webhooks/deliveries/1/reprocess/')).statusCode).toBe(403);
  });
});

describe('GET /api/enrollments/', () => {
  it('is an account’s own page, newest first', async () => {
    const [first, second] = [await newCourse(), await newCourse()];
    const learner = await loggedIn(app);
    await callLernito(app, enrolBody(learner.email, first.course_id));
    await callLernito(app, enrolBody(learner.email, second.course_id));
    await enrolledByWebhook(first.course_id);
    const page = (await learner.call('GET', '/api/enrollments/')).json<PageOf<Enrolment>>();
    expect(page).toMatchObject({ count: 2, next: null, previous: null });
    expect(page.results[1]).toEqual({
      id: expect.any(Number) as number,
      course_id: first.course_id,
      display_name: expect.any(String) as string,
      mode: 'audit',
      status: 'active',
      expires_at: null,
    });
    const small = (await learner.call('GET', '/api/enrollments/?page_size=1')).json<PageOf<Enrolment>>();
    expect([small.count, small.results[0]?.id, small.next]).toEqual([
      2,
      page.results[0]?.id,
      'http://localhost:8000/api/enrollments/?page_size=1&page=2',
    ]);
    const beyond = await learner.call('GET', '/api/enrollments/?page=3');
    expect([beyond.statusCode, beyond.json<{ detail: string }>().detail]).toEqual([404, 'Invalid page.']);
    expect((await app.inject({ method: 'GET', url: '/api/enrollments/' })).statusCode).toBe(401);
  });
});

describe('from allowance to enrolment (F4, R11, R23)', () => {
  it('the course is there once the mailbox is proven, and not before', async () => {
    const { course_id } = await newCourse();
    const email = `future${courses}@example.com`;
    await callLernito(app, enrolBody(email.toUpperCase(), course_id));
    const { id } = await registered(app, { email });
    await app.drained();
    expect(await enrolments(email)).toEqual([]);
    await proven(id);
    expect(await enrolments(email)).toMatchObject([
      {
        status: 'active',
        mode: 'audit',
        sources: [{ kind: 'webhook' }],
        history: [{ reason: 'The mailbox was proven' }],
      },
    ]);
    const allowances = await admin.call('GET', `/admin/allowances/?email=${email}`);
    expect(allowances.json()).toMatchObject({ count: 1, results: [{ status: 'claimed', claimed_by: id }] });
  });

  it('is claimed once: whoever has the mailbox later finds it used', async () => {
    const { course_id } = await newCourse();
    const email = `single${courses}@example.com`;
    await callLernito(app, enrolBody(email, course_id));
    const { id } = await registered(app, { email });
    await proven(id);
    const allowances = await admin.call('GET', `/admin/allowances/?email=${email}`);
    const [allowance] = allowances.json<PageOf<{ id: number }>>().results;
    expect((await admin.call('POST', `/admin/allowances/${allowance?.id}/revoke/`, { reason: 'x' })).statusCode).toBe(
      409,
    );
  });

  it('is an enrolment at once where verification is switched off', async () => {
    const open = await startTestApp({ EMAIL_VERIFICATION: 'none' });
    const { course_id } = await newCourse();
    const email = `open${courses}@example.com`;
    await callLernito(open, enrolBody(email, course_id));
    await registered(open, { email });
    await open.drained();
    expect(await enrolments(email)).toMatchObject([{ status: 'active' }]);
    const { email: unproven } = await registered(app);
    await callLernito(open, enrolBody(unproven, course_id));
    expect(await enrolments(unproven)).toMatchObject([{ status: 'active' }]);
  });

  it('leaves with the account, but for an anonymous history', async () => {
    const { course_id } = await newCourse();
    const email = `leaver${courses}@example.com`;
    await callLernito(app, enrolBody(email, course_id));
    const learner = await loggedIn(app, { email });
    const owned = await newCourse({ owners: [learner.id] });
    const [enrolment] = await enrolments(learner.email);
    const allowed = async () =>
      (await admin.call('GET', `/admin/allowances/?email=${email}`)).json<PageOf<object>>().count;
    expect(await allowed()).toBe(1);
    expect((await learner.call('DELETE', '/api/user/delete/')).statusCode).toBe(204);
    await app.drained();
    expect(await allowed()).toBe(0);
    expect((await admin.call('GET', `/admin/courses/${owned.id}/`)).json()).toMatchObject({ owners: [] });
    const kept = (await admin.call('GET', `/admin/enrollments/${enrolment?.id}/`)).json<Enrolment>();
    expect(kept).toMatchObject({ account: null, status: 'ended', sources: [] });
    expect(kept.history.map(({ source }) => source)).toEqual(['webhook', 'account-closed']);
    expect(JSON.stringify(kept)).not.toContain(learner.email);
  });
});

async function proven(accountId: number): Promise<void> {
  await app.get(AccountService).markEmailVerified(accountId);
  await app.drained();
}
