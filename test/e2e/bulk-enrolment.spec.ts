import { setTimeout as sleep } from 'node:timers/promises';
import type { Response } from 'light-my-request';
import { AccountService } from '../../src/auth/account/account.service';
import { BulkJob } from '../../src/enrollment-webhook/bulk/bulk.job';
import type { BulkResponse } from '../../src/enrollment-webhook/bulk/dto/bulk.response';
import { CourseService } from '../../src/enrollment-webhook/course/course.service';
import { Database, statement } from '../../src/infra/database/database';
import { administrator, loggedIn, type LoggedIn } from '../factories/administrator';
import { registered } from '../factories/person';
import { MovableClock } from '../fakes/movable-clock';
import { startTestApp, type TestApp } from '../setup/test-app';

const BULK = '/admin/enrollments/bulk/';
const COURSE = 'course-v1:Bulk+Course+2026';
const PATIENCE_MS = 25_000;
const DAY_MS = 86_400_000;
const HISTORY = statement(
  'test.bulk-history',
  'select count(*) as count from enrolment_history h join enrolment e on e.id = h.enrolment_id where e.account_id = $1',
);
const COUNT = statement(
  'test.bulk-count',
  `select count(*) as count from enrolment_allowance w where w.email like 'many%'`,
);

let app: TestApp;
let admin: LoggedIn;

beforeAll(async () => {
  app = await startTestApp();
  admin = await administrator(app);
  await app.get(CourseService).create({ course_id: COURSE, display_name: 'A course' });
});

const sendJson = (rows: unknown) => admin.call('POST', BULK, { rows });
const sendCsv = (text: string | Buffer, type = 'text/csv') =>
  admin.call('POST', BULK, Buffer.from(text), { 'content-type': type });
const failures = async (id: number) => (await admin.call('GET', `${BULK}${id}/failures.csv`)).body;
const row = (email: string, course_id = COURSE) => ({ email, course_id });

async function finished(answer: Response): Promise<BulkResponse> {
  expect([answer.statusCode, answer.body]).toEqual([202, expect.stringContaining('"status":"')]);
  const { id } = answer.json<BulkResponse>();
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const progress = (await admin.call('GET', `${BULK}${id}/`)).json<BulkResponse>();
    if (progress.status === 'done') return progress;
    if (performance.now() > deadline) throw new Error(`not finished: ${JSON.stringify(progress)}`);
    await sleep(50);
  }
}

async function enrolments(email: string): Promise<{ status: string; sources: object[] }[]> {
  return (await admin.call('GET', `/admin/enrollments/?email=${encodeURIComponent(email)}`)).json<{
    results: { status: string; sources: object[] }[];
  }>().results;
}

describe('a list', () => {
  it('enrols who has proven the mailbox, allows who has not, and tells what failed', async () => {
    const member = await registered(app, { emailVerified: true });
    const progress = await finished(
      await sendJson([
        row(member.email),
        row('stranger@example.org'),
        row('nobody'),
        row('stranger@example.org', 'course-v1:No+Such+Course'),
        row('stranger@example.org', '=cmd'),
        { email: 5 },
        'no row at all',
      ]),
    );
    expect(progress).toMatchObject({ total: 7, done: 2, failed: 5, finished_at: expect.any(String) as string });
    expect(await enrolments(member.email)).toMatchObject([
      { status: 'active', sources: [{ kind: 'admin' }], history: [{ reason: 'Bulk enrolment' }] },
    ]);
    const allowed = await admin.call('GET', '/admin/allowances/?email=stranger@example.org');
    expect(allowed.json<{ results: object[] }>().results).toMatchObject([{ course_id: COURSE }]);
    const file = await admin.call('GET', `${BULK}${progress.id}/failures.csv`);
    expect(file.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="bulk-enrolment-${progress.id}-failures.csv"`,
    });
    expect(file.body.split('\r\n')).toEqual([
      'row,email,course_id,error',
      `3,nobody,${COURSE},email: Enter a valid email address.`,
      '4,stranger@example.org,course-v1:No+Such+Course,course_id: This course does not exist.',
      "5,stranger@example.org,'=cmd,course_id: Not a valid course key.",
      '6,5,,email: Enter a valid email address.',
      '7,,,email: This field may not be blank.',
      '',
    ]);
  });

  it('is a CSV file, too', async () => {
    const member = await registered(app, { emailVerified: true });
    const text = `\uFEFFName,Course_ID,EMAIL\r\n"Smith, Jo",${COURSE},${member.email}\r\n\r\n,${COURSE},bad,more\r\n`;
    const progress = await finished(await sendCsv(text, 'text/csv; charset=utf-8'));
    expect(progress).toMatchObject({ total: 2, done: 1, failed: 1 });
    expect(await enrolments(member.email)).toMatchObject([{ status: 'active' }]);
  });

  it('never means another course than it names, however long the name', async () => {
    const longest = `course-v1:Bulk+Long+${'x'.repeat(255 - 'course-v1:Bulk+Long+'.length)}`;
    await app.get(CourseService).create({ course_id: longest, display_name: 'A course' });
    const blanks = ' '.repeat(400);
    const { id, ...progress } = await finished(
      await sendJson([
        row('long@example.org', `${longest}y`),
        row(`${'x'.repeat(400)}@example.org`),
        row(`${blanks}long@example.org${blanks}`, `${blanks}${longest}\u001f`),
      ]),
    );
    expect(progress).toMatchObject({ total: 3, done: 1, failed: 2 });
    const [, first, second] = (await failures(id)).split('\r\n');
    expect(first).toMatch(/^1,long@example\.org,.*x…,course_id: Not a valid course key\.$/);
    expect(second).toMatch(/^2,x+….*,email: Ensure this field has no more than 254 characters\./);
  });

  it('may hold what no database takes, and what a spreadsheet takes for a formula', async () => {
    const text = `email,course_id\na\0@example.org,${COURSE}\n"=cmd|' /C calc'!A0","@SUM(1)"\n＝1+1,\uFFFD\n`;
    const { id, ...progress } = await finished(await sendCsv(text));
    expect(progress).toMatchObject({ total: 3, done: 0, failed: 3 });
    const emails = (await failures(id)).split('\r\n').map((line) => line.split(',')[1]);
    expect(emails).toEqual(['email', 'a\uFFFD@example.org', "'=cmd|' /C calc'!A0", "'＝1+1", undefined]);
  });

  it('changes nothing for who is enrolled already, also when a row comes twice', async () => {
    const member = await registered(app, { emailVerified: true });
    const progress = await finished(await sendJson([row(member.email), row(member.email.toUpperCase())]));
    expect(progress).toMatchObject({ done: 2, failed: 0 });
    expect(await app.get(Database).first(HISTORY, [member.id])).toEqual({ count: 1 });
  });

  it('does not undo a suspension', async () => {
    const member = await registered(app, { emailVerified: true });
    await finished(await sendJson([row(member.email)]));
    const [enrolment] = (await enrolments(member.email)) as unknown as [{ id: number }];
    await admin.call('PATCH', `/admin/enrollments/${enrolment.id}/`, { status: 'suspended', reason: 'x' });
    const { id } = await finished(await sendJson([row(member.email)]));
    expect(await failures(id)).toContain('email: This enrolment is suspended.');
    expect(await enrolments(member.email)).toMatchObject([{ status: 'suspended' }]);
  });

  it('goes on where it was left, on another instance, and enrols nobody twice', async () => {
    const clock = new MovableClock();
    const people = Array.from({ length: 120 }, (_, index) => row(`many${index}@example.org`));
    const left = await startTestApp({}, { clock });
    const answer = await left.inject({
      method: 'POST',
      url: BULK,
      payload: { rows: people },
      headers: { authorization: await authorization(left) },
    });
    await left.close();
    const { id } = answer.json<BulkResponse>();
    clock.advance(60_000);
    const next = await startTestApp({}, { clock });
    const progress = await finished(answer);
    expect(progress).toMatchObject({ id, total: 120, done: 120, failed: 0 });
    expect(await app.get(Database).first(COUNT)).toEqual({ count: 120 });
    await next.close();
  });

  it('is forgotten after thirty days, and what names a closed account at once', async () => {
    const member = await registered(app, { emailVerified: true });
    const { id } = await finished(await sendJson([row(member.email, 'course-v1:No+Such+Course')]));
    expect(await failures(id)).toContain(member.email);
    await app.get(AccountService).close(member.id);
    await app.drained();
    expect(await failures(id)).not.toContain(member.email);
    const clock = new MovableClock();
    clock.advance(31 * DAY_MS);
    const later = await startTestApp({}, { clock });
    await later.get(BulkJob).run();
    await later.close();
    expect((await admin.call('GET', `${BULK}${id}/`)).statusCode).toBe(404);
  });
});

async function authorization(one: TestApp): Promise<string> {
  let header = '';
  const person = await administrator({
    ...one,
    inject: (request) => {
      const sent = request.headers?.['authorization'];
      if (typeof sent === 'string') header = sent;
      return one.inject(request);
    },
  });
  await person.call('GET', '/admin/courses/');
  return header;
}

describe('refused is', () => {
  const refused = async (answer: Promise<Response>) => {
    const { statusCode, body } = await answer;
    return [statusCode, body];
  };

  it.each([
    [{}, '#/rows', 'This field is required.'],
    [{ rows: 'x' }, '#/rows', 'Expected a list of items.'],
    [{ rows: [] }, '#/rows', 'This list may not be empty.'],
    [[], '#', 'Expected an object with rows.'],
    [{ rows: [{}], mode: 'verified' }, '#/mode', 'Unknown field.'],
    [
      { rows: [row('a@b.cd'), { ...row('a@b.cd'), expires_at: '2027-01-01' }] },
      '#/rows',
      'Row 2 has an unknown field: expires_at',
    ],
    [
      { rows: Array.from({ length: 50_001 }, () => ({})) },
      '#/rows',
      'Ensure this field has no more than 50000 elements.',
    ],
  ])('JSON that is no list %#', async (body, pointer, detail) => {
    const answer = await admin.call('POST', BULK, body);
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { errors: [{ pointer, detail }] }]);
  });

  it.each([
    '',
    'email\na@b.c',
    'course_id,mail\nx,y',
    'email,course_id',
    `email,course_id\n"open`,
    `email,course_id\n${'x'.repeat(9_000)},y`,
  ])('CSV that is none %#', async (text) => expect((await refused(sendCsv(text)))[0]).toBe(400));

  it('CSV with more rows than fit', async () => {
    const [status, body] = await refused(sendCsv(`email,course_id\n${'a@b.c,x\n'.repeat(50_001)}`));
    expect([status, body]).toEqual([400, expect.stringContaining('no more than 50000 elements')]);
  });

  it('what is neither, not JSON, or larger than 16 MiB', async () => {
    expect((await refused(sendCsv('<x/>', 'application/xml')))[0]).toBe(415);
    expect((await refused(admin.call('POST', BULK, Buffer.from('{'), { 'content-type': 'application/json' })))[0]).toBe(
      400,
    );
    const large = Buffer.alloc(16 * 1_048_576 + 1, 'x');
    expect((await refused(sendCsv(large)))[0]).toBe(413);
    const elsewhere = admin.call('POST', '/admin/courses/', Buffer.from('a,b'), { 'content-type': 'text/csv' });
    expect((await refused(elsewhere))[0]).toBe(415);
  });

  it('whoever is no administrator', async () => {
    const person = await loggedIn(app);
    expect((await person.call('POST', BULK, { rows: [row('a@b.cd')] })).statusCode).toBe(403);
    expect((await app.inject({ method: 'GET', url: `${BULK}1/` })).statusCode).toBe(401);
    expect((await person.call('GET', `${BULK}1/failures.csv`)).statusCode).toBe(403);
    expect((await admin.call('GET', `${BULK}999999/failures.csv`)).statusCode).toBe(404);
  });
});
