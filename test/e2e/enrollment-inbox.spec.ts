import { createHmac } from 'node:crypto';
import { CourseService } from '../../src/enrollment-webhook/course/course.service';
import { Database, statement } from '../../src/infra/database/database';
import { RetentionJob } from '../../src/infra/webhook/retention.job';
import { administrator, type LoggedIn } from '../factories/administrator';
import { callLernito, enrolBody, sign } from '../factories/lernito';
import { registered } from '../factories/person';
import { startTestApp, type TestApp } from '../setup/test-app';
import { TEST_SECRETS } from '../setup/test-settings';

interface Delivery {
  readonly id: number;
  readonly verdict: string;
  readonly fault: string | null;
  readonly status: number;
  readonly receipts: number;
  readonly attempts: number;
  readonly effect: object | null;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly body_size: number;
  readonly signed_at: string | null;
  readonly runs: { actor: number; status: number; effect: object }[];
}

const COURSE = 'course-v1:Inbox+Course+2026';
const LATER = 'course-v1:Inbox+Later+2026';

let app: TestApp;
let admin: LoggedIn;
let people = 0;

beforeAll(async () => {
  app = await startTestApp();
  admin = await administrator(app);
  await app.get(CourseService).create({ course_id: COURSE, display_name: 'Inbox' });
});

function nobody(): string {
  people += 1;
  return `nobody${people}@example.com`;
}

async function search(query: string): Promise<Delivery[]> {
  const answer = await admin.call('GET', `/admin/webhooks/deliveries/?${query}`);
  expect(answer.statusCode).toBe(200);
  return answer.json<{ results: Delivery[] }>().results;
}

/** The one delivery that a text finds, in full. */
async function found(text: string): Promise<Delivery> {
  const [delivery, ...others] = await search(`q=${text}`);
  expect([delivery === undefined, others]).toEqual([false, []]);
  return (await admin.call('GET', `/admin/webhooks/deliveries/${delivery?.id}/`)).json();
}

describe('an accepted delivery', () => {
  it('is kept as it came, without its secrets, with what it did', async () => {
    const { id, email } = await registered(app, { emailVerified: true });
    const json = `  ${JSON.stringify({ ...enrolBody(email, COURSE), name: 'José' })}\n`;
    const t = Math.floor(Date.now() / 1000);
    const v1 = createHmac('sha256', TEST_SECRETS.LERNITO_WEBHOOK_SECRET).update(`${t}.${json}`).digest('hex');
    const headers = {
      'user-agent': 'crm/7',
      'x-lernito-timestamp': `t=${t},v1=${v1}`,
      authorization: 'Bearer secret',
      cookie: 'a=secret',
    };
    await callLernito(app, json, { headers });
    const delivery = await found(email);
    expect(delivery).toMatchObject({
      source: 'lernito',
      verdict: 'accepted',
      fault: null,
      status: 200,
      receipts: 1,
      attempts: 1,
      body: json,
      body_size: Buffer.byteLength(json),
      signed_at: new Date(t * 1000).toISOString(),
      effect: {
        account_id: id,
        courses: [{ course_id: COURSE, result: 'enrolled', enrolment_id: expect.any(Number) as number }],
      },
      runs: [],
    });
    expect(delivery.headers).toMatchObject({ 'user-agent': 'crm/7', 'x-lernito-timestamp': `t=${t},v1=…` });
    const text = JSON.stringify(delivery);
    for (const secret of [sign(json), v1, 'Bearer secret', 'a=secret']) expect(text).not.toContain(secret);
  });

  it('that comes again is counted, and keeps what it did first', async () => {
    const email = nobody();
    for (let times = 0; times < 3; times++) await callLernito(app, enrolBody(email, COURSE));
    expect(await found(email)).toMatchObject({
      receipts: 3,
      attempts: 3,
      effect: { courses: [{ result: 'allowed' }] },
    });
  });

  it('that was refused is kept with the refusal, and with the grant when it comes again', async () => {
    const email = nobody();
    await callLernito(app, enrolBody(email, LATER));
    expect(await found(email)).toMatchObject({ status: 400, effect: { error: `Course ${LATER} does not exist` } });
    await app.get(CourseService).create({ course_id: LATER, display_name: 'Later' });
    await callLernito(app, enrolBody(email, LATER));
    expect(await found(email)).toMatchObject({
      status: 200,
      receipts: 2,
      effect: { courses: [{ result: 'allowed' }] },
    });
  });

  it('with faulty fields is kept with those', async () => {
    const email = nobody();
    await callLernito(app, { ...enrolBody(email, COURSE), name: '' });
    expect(await found(email)).toMatchObject({
      verdict: 'accepted',
      status: 400,
      effect: { error: { name: ['This field may not be blank.'] } },
    });
  });
});

describe('the search', () => {
  it('narrows by source, verdict, status, text and time', async () => {
    const email = nobody();
    const before = new Date().toISOString();
    await callLernito(app, enrolBody(email, COURSE));
    await callLernito(app, enrolBody(email, COURSE), { secret: 'other' });
    const mine = `q=${email.toUpperCase()}`;
    const counts = async (query: string) => (await search(`${mine}&${query}`)).map(({ verdict }) => verdict);
    expect(await counts('')).toEqual(['rejected', 'accepted']);
    expect(await counts('verdict=accepted')).toEqual(['accepted']);
    expect(await counts('status=401')).toEqual(['rejected']);
    expect(await counts('source=lernito')).toHaveLength(2);
    expect(await counts('source=razorpay')).toEqual([]);
    expect(await counts(`from=${before}`)).toHaveLength(2);
    expect(await counts(`to=${before}`)).toEqual([]);
    expect(await search(`q=${email}_`)).toEqual([]);
    expect((await search(`q=${COURSE}&page_size=1`)).length).toBe(1);
    expect((await admin.call('GET', '/admin/webhooks/deliveries/?verdict=maybe')).statusCode).toBe(400);
    expect((await admin.call('GET', '/admin/webhooks/deliveries/4000000/')).statusCode).toBe(404);
  });
});

describe('a rejected delivery', () => {
  it('is kept with its first 4 KiB and why', async () => {
    const email = nobody();
    const json = JSON.stringify({ ...enrolBody(email, COURSE), padding: 'x'.repeat(10_000) });
    await callLernito(app, json, { secret: 'other' });
    const delivery = await found(email);
    expect(delivery).toMatchObject({
      verdict: 'rejected',
      fault: 'signature',
      status: 401,
      effect: null,
      body: json.slice(0, 4096),
      body_size: json.length,
    });
    const again = await admin.call('POST', `/admin/webhooks/deliveries/${delivery.id}/reprocess/`);
    expect([again.statusCode, again.json<object>()]).toMatchObject([409, { code: 'delivery_rejected' }]);
  });
});

describe('processing a delivery again', () => {
  const reprocess = async (id: number) => admin.call('POST', `/admin/webhooks/deliveries/${id}/reprocess/`);

  it('does what is missing, and nothing the second time', async () => {
    const email = nobody();
    const course_id = 'course-v1:Inbox+Again+2026';
    await callLernito(app, enrolBody(email, course_id));
    const { id } = await found(email);
    expect((await reprocess(id)).json()).toMatchObject({ status: 400, attempts: 2, runs: [{ status: 400 }] });
    await app.get(CourseService).create({ course_id, display_name: 'Again' });
    const done = await reprocess(id);
    expect([done.statusCode, done.json<object>()]).toMatchObject([
      200,
      {
        id,
        status: 200,
        receipts: 1,
        attempts: 3,
        effect: { courses: [{ result: 'allowed' }] },
        runs: [{ status: 400 }, { status: 200, actor: admin.id, effect: { courses: [{ result: 'allowed' }] } }],
      },
    ]);
    expect((await reprocess(id)).json()).toMatchObject({
      effect: { courses: [{ result: 'allowed' }] },
      runs: [{}, {}, { status: 200, effect: { courses: [{ result: 'unchanged' }] } }],
    });
  });

  it('of an unknown delivery: 404', async () => {
    expect((await reprocess(4_000_000)).statusCode).toBe(404);
  });
});

describe('/admin/webhooks/sources/', () => {
  it('tells which secret is still in use and who signs no time', async () => {
    const rotated = await startTestApp({
      LERNITO_WEBHOOK_SECRET: `newer-key-3c5b8d0e,${TEST_SECRETS.LERNITO_WEBHOOK_SECRET}`,
    });
    await callLernito(rotated, enrolBody(nobody(), COURSE), { secret: 'newer-key-3c5b8d0e' });
    const report = await (await administrator(rotated)).call('GET', '/admin/webhooks/sources/');
    const [lernito] = report.json<
      {
        source: string;
        accepted: number;
        without_timestamp: number;
        secrets: { in_force: boolean; deliveries: number }[];
      }[]
    >();
    expect(lernito).toMatchObject({
      source: 'lernito',
      secrets: [{ in_force: true, deliveries: 1 }, { in_force: true }],
    });
    expect(lernito?.accepted).toBe(1 + (lernito?.secrets[1]?.deliveries ?? 0));
    expect(lernito?.without_timestamp).toBe((lernito?.accepted ?? 0) - 1);
    expect(report.body).not.toContain('newer-key');
  });
});

describe('retention', () => {
  const AGE = statement('test.age', `update webhook_delivery set received_at = $2 where terms like $1`);

  it('deletes deliveries and their runs after thirty days', async () => {
    const [old, young] = [nobody(), nobody()];
    const day = 86_400_000;
    for (const email of [old, young]) await callLernito(app, enrolBody(email, COURSE));
    const { id } = await found(old);
    await admin.call('POST', `/admin/webhooks/deliveries/${id}/reprocess/`);
    await app.get(Database).execute(AGE, [`${old}%`, new Date(Date.now() - 30 * day - 60_000)]);
    await app.get(Database).execute(AGE, [`${young}%`, new Date(Date.now() - 30 * day + 60_000)]);
    expect(await app.get(RetentionJob).run()).toBe(1);
    expect(await search(`q=${old}`)).toEqual([]);
    expect(await search(`q=${young}`)).toHaveLength(1);
  });
});
