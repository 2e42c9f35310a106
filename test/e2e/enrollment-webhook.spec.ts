import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { CourseService } from '../../src/enrollment-webhook/course/course.service';
import { Database, statement } from '../../src/infra/database/database';
import { callLernito, enrolBody, hmac, sign } from '../factories/lernito';
import { startTestApp, type TestApp } from '../setup/test-app';
import { TEST_SECRETS } from '../setup/test-settings';

const DEMO = 'course-v1:edX+DemoX+Demo_Course';
const OTHER = 'course-v1:edX+OtherX+2026';
const ALLOWED = { success: true, message: 'Enrollment allowance verified for 1 course(s)' };

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
  for (const course_id of [DEMO, OTHER]) {
    await app.get(CourseService).create({ course_id, display_name: 'Demo' });
  }
});

async function answer(body: unknown, headers: Record<string, string> = {}): Promise<[number, unknown]> {
  const { statusCode, body: raw } = await callLernito(app, body, { headers });
  return [statusCode, JSON.parse(raw) as unknown];
}

const body = (part: object = {}): object => ({ ...enrolBody('somebody@example.com', DEMO), ...part });
const fieldErrors = (message: object): [number, object] => [400, { success: false, message }];

describe('the serializer', () => {
  it.each<[object, object]>([
    [{ name: '' }, { name: ['This field may not be blank.'] }],
    [{ name: ' \t\u0085\u2003' }, { name: ['This field may not be blank.'] }],
    [{ name: null }, { name: ['This field may not be null.'] }],
    [{ name: true }, { name: ['Not a valid string.'] }],
    [{ name: ['x'] }, { name: ['Not a valid string.'] }],
    [{ family: { a: 1 } }, { family: ['Not a valid string.'] }],
    [{ username: 'x'.repeat(256) }, { username: ['Ensure this field has no more than 255 characters.'] }],
    [{ name: 'a\0b' }, { name: ['Null characters are not allowed.'] }],
    [{ name: '\ud800' }, { name: ['Surrogate characters are not allowed: U+D800.'] }],
    [{ email: 'nonsense' }, { email: ['Enter a valid email address.'] }],
    [{ email: 'josé@example.com' }, { email: ['Enter a valid email address.'] }],
    [{ email: '' }, { email: ['This field may not be blank.'] }],
    [{ email: 12 }, { email: ['Enter a valid email address.'] }],
    [{ email: `${'a'.repeat(243)}@example.com` }, { email: ['Ensure this field has no more than 254 characters.'] }],
    [{ email: `a@${'\ufdfa.'.repeat(100)}com` }, { email: ['Enter a valid email address.'] }],
    [{ courseIds: null }, { courseIds: ['This field may not be null.'] }],
    [{ courseIds: DEMO }, { courseIds: ['Expected a list of items but got type "str".'] }],
    [{ courseIds: { 0: DEMO } }, { courseIds: ['Expected a list of items but got type "dict".'] }],
    [{ courseIds: 7 }, { courseIds: ['Expected a list of items but got type "int".'] }],
    [{ courseIds: false }, { courseIds: ['Expected a list of items but got type "bool".'] }],
    [{ courseIds: [''] }, { courseIds: { 0: ['This field may not be blank.'] } }],
    [
      { courseIds: [DEMO, null, ['x'], `${DEMO}${'x'.repeat(255)}`] },
      {
        courseIds: {
          1: ['This field may not be null.'],
          2: ['Not a valid string.'],
          3: ['Ensure this field has no more than 255 characters.'],
        },
      },
    ],
    [{ courseIds: Array(101).fill(DEMO) }, { courseIds: ['Ensure this field has no more than 100 elements.'] }],
    [
      { name: undefined, email: 'x', courseIds: [] },
      { name: ['This field is required.'], email: ['Enter a valid email address.'] },
    ],
    [{ courseIds: [] }, { non_field_errors: ['At least one courseId must be provided'] }],
  ])('refuses as Django REST framework does (%#)', async (part, message) => {
    expect(await answer(body(part))).toEqual(fieldErrors(message));
  });

  it.each([
    ['1.50', 'a float'],
    ['123456789012345678901234567890', 'an integer of any size'],
    ['-0', 'zero'],
  ])('takes the number %s for a name (%s)', async (number) => {
    const json = JSON.stringify(body({ name: 'NUMBER' })).replace('"NUMBER"', number);
    expect(await answer(json)).toEqual([200, ALLOWED]);
  });

  it('takes a list of floats for a list of texts', async () => {
    const json = JSON.stringify(body({ courseIds: ['NUMBER'] })).replace('"NUMBER"', '1.0');
    expect(await answer(json)).toEqual([400, { success: false, message: 'Invalid course key format: 1.0' }]);
  });

  it('says that a float is no list', async () => {
    const json = JSON.stringify(body({ courseIds: 'NUMBER' })).replace('"NUMBER"', '1e2');
    expect(await answer(json)).toEqual(fieldErrors({ courseIds: ['Expected a list of items but got type "float".'] }));
  });

  it('trims before all else and passes over further fields', async () => {
    expect(
      await answer(body({ email: ' Trimmed@example.com\n', courseIds: [`${DEMO} \n`], crm: { id: [1] } })),
    ).toEqual([200, ALLOWED]);
  });
});

describe('the courses', () => {
  const refused = async (...courseIds: string[]) => (await answer(body({ courseIds })))[1];

  it('the first id that fails decides, as sent and trimmed', async () => {
    expect(await refused(DEMO, ' course-v1:no+such+course ', 'nonsense')).toEqual({
      success: false,
      message: 'Course course-v1:no+such+course does not exist',
    });
    expect(await refused(DEMO, ' nonsense ', 'course-v1:no+such+course')).toEqual({
      success: false,
      message: 'Invalid course key format: nonsense',
    });
    expect(await refused('library-v1:edX+DemoX')).toEqual({
      success: false,
      message: 'Course library-v1:edX+DemoX does not exist',
    });
  });

  it('are known by whatever names them, and not by another case', async () => {
    expect(
      await answer(body({ courseIds: ['slashes:edX+DemoX+Demo_Course', `${DEMO}+type@a+block@b`, DEMO] })),
    ).toEqual([200, { success: true, message: 'Enrollment allowance verified for 3 course(s)' }]);
    expect(await refused('course-v1:EDX+DemoX+Demo_Course')).toEqual({
      success: false,
      message: 'Course course-v1:EDX+DemoX+Demo_Course does not exist',
    });
  });

  it('may be a hundred', async () => {
    const courseIds = Array<string>(100).fill(DEMO);
    expect(await answer(body({ courseIds }))).toEqual([
      200,
      { success: true, message: 'Enrollment allowance verified for 100 course(s)' },
    ]);
  });

  it('are all taken or none (R10)', async () => {
    const email = 'all-or-nothing@example.com';
    await answer({ ...enrolBody(email, OTHER, 'course-v1:no+such+course') });
    const rows = await app
      .get(Database)
      .rows(statement('test.webhook.allowances-of', 'select id from enrolment_allowance where email_key = $1'), [
        email,
      ]);
    expect(rows).toEqual([]);
  });
});

describe('the order of checks', () => {
  it('a malformed body before a bad signature', async () => {
    const { statusCode, body: raw } = await callLernito(app, '[1', { form: 'raw', secret: 'other' });
    expect([statusCode, raw]).toEqual([
      400,
      `{"detail":"JSON parse error - Expecting ',' delimiter: line 1 column 3 (char 2)"}`,
    ]);
  });

  it('a bad signature before bad fields', async () => {
    expect((await callLernito(app, {}, { secret: 'other' })).statusCode).toBe(401);
  });

  it('bad fields before bad courses', async () => {
    expect((await answer(body({ name: '', courseIds: ['nonsense'] })))[1]).toEqual({
      success: false,
      message: { name: ['This field may not be blank.'] },
    });
  });

  it('takes no body for an empty object', async () => {
    const call = { method: 'POST', url: '/lernito/webhook/', headers: { 'content-type': 'application/json' } } as const;
    expect((await app.inject(call)).statusCode).toBe(401);
    const signed = { ...call, headers: { ...call.headers, 'x-lernito-signature': hmac('{}') } };
    expect((await app.inject(signed)).json()).toMatchObject({ message: { name: ['This field is required.'] } });
  });
});

describe('X-Lernito-Timestamp', () => {
  const json = JSON.stringify(enrolBody('timed@example.com', DEMO));
  const stamp = (seconds: number, over = json, secret: string = TEST_SECRETS.LERNITO_WEBHOOK_SECRET) => {
    const t = Math.floor(Date.now() / 1000) + seconds;
    return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.`).update(over).digest('hex')}`;
  };

  it.each([0, -290, 290])('is accepted %s seconds from now', async (seconds) => {
    expect(await answer(json, { 'x-lernito-timestamp': stamp(seconds) })).toEqual([200, ALLOWED]);
  });

  it.each([
    ['old', () => stamp(-310), /five minutes old/],
    ['ahead', () => stamp(310), /ahead of our clock/],
    ['of another body', () => stamp(0, '{}'), /is not the HMAC/],
    ['of another secret', () => stamp(0, json, 'other'), /is not the HMAC/],
    ['without signature', () => 't=1700000000', /must be t=/],
    ['nonsense', () => 'é', /must be t=/],
  ])('is refused when %s, though the signature is right', async (_which, make, problem) => {
    expect(await answer(json, { 'x-lernito-timestamp': make() })).toEqual([
      401,
      {
        success: false,
        message: 'Invalid signature',
        explanation: { problem: expect.stringMatching(problem) as string },
      },
    ]);
  });

  it('can be required', async () => {
    const strict = await startTestApp({ LERNITO_REQUIRE_TIMESTAMP: 'true' });
    const without = await callLernito(strict, json);
    expect([without.statusCode, without.json<object>()]).toEqual([
      401,
      {
        success: false,
        message: 'Invalid signature',
        explanation: { problem: 'The header X-Lernito-Timestamp is missing.' },
      },
    ]);
    const timed = await callLernito(strict, json, { headers: { 'x-lernito-timestamp': stamp(0) } });
    expect(timed.statusCode).toBe(200);
  });
});

describe('a bad signature', () => {
  const json = JSON.stringify(enrolBody('unsigned@example.com', DEMO));

  it('is explained outside production, without the secret', async () => {
    const { body: raw } = await callLernito(app, json, {
      form: 'compact',
      secret: `${TEST_SECRETS.LERNITO_WEBHOOK_SECRET}\n`,
    });
    expect(JSON.parse(raw)).toMatchObject({
      success: false,
      message: 'Invalid signature',
      explanation: {
        hint: expect.stringMatching(/secret ends with a line break/) as string,
        tried: [{ form: 'raw', text: json }, { form: 'compact' }, { form: 'spaced' }],
      },
    });
    expect(raw).not.toContain(TEST_SECRETS.LERNITO_WEBHOOK_SECRET);
    expect(raw).not.toContain(sign(json));
  });

  it('is the bare contract in production, and so is a missing secret', async () => {
    const production = await startTestApp({
      NODE_ENV: 'production',
      RATE_LIMITS: 'on',
      PUBLIC_URL: 'https://guildhall.example',
      SMTP_URL: 'smtp://127.0.0.1:1',
      MAIL_FROM: 'guildhall@guildhall.example',
      LERNITO_WEBHOOK_SECRET: '',
    });
    const { statusCode, body: raw } = await callLernito(production, json);
    expect([statusCode, raw]).toEqual([401, '{"success":false,"message":"Invalid signature"}']);
  });

  it('in a header that is not ASCII is a plain 401 (R21)', async () => {
    const url = new URL(await app.url());
    const socket = connect(Number(url.port), url.hostname);
    await once(socket, 'connect');
    socket.write(
      Buffer.concat([
        Buffer.from(
          `POST /lernito/webhook/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n` +
            `Content-Length: ${json.length}\r\nX-Lernito-Signature: `,
        ),
        Buffer.from([0xe9, 0xff, 0x80]),
        Buffer.from(`\r\n\r\n${json}`),
      ]),
    );
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('given twice is none', async () => {
    const twice = [sign(json), sign(json)];
    const headers = { 'content-type': 'application/json', 'x-lernito-signature': twice };
    const { statusCode } = await app.inject({ method: 'POST', url: '/lernito/webhook/', payload: json, headers });
    expect(statusCode).toBe(401);
  });

  it('is limited by address; good ones never are', async () => {
    const limited = await startTestApp({ RATE_LIMITS: 'on' });
    const statuses: number[] = [];
    for (let i = 0; i < 31; i++) statuses.push((await callLernito(limited, json, { secret: 'other' })).statusCode);
    expect(statuses).toEqual([...Array<number>(30).fill(401), 429]);
    const refused = await callLernito(limited, json, { secret: 'other' });
    expect(refused.headers['retry-after']).toMatch(/^\d+$/);
    expect(refused.json()).toEqual({
      success: false,
      message: expect.stringMatching(/^Request was throttled\. Expected available in \d+ seconds?\.$/) as string,
    });
    expect((await callLernito(limited, json)).statusCode).toBe(200);
  });
});

describe('whatever is sent', () => {
  const header = fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)) });
  const value = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<unknown>(DEMO, 'a@example.com', 'x', '', null, 1.5, true, [], {}) },
    { weight: 2, arbitrary: fc.jsonValue() },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  );
  const document = fc.record(
    { name: value, family: value, username: value, email: value, courseIds: fc.oneof(value, fc.array(value)) },
    { requiredKeys: [] },
  );

  it('is never answered 5xx', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          document.map((one) => JSON.stringify(one)),
          fc.json(),
          fc.string(),
        ),
        async (payload) => {
          const signed = hmac(payload);
          const headers = { 'content-type': 'application/json', 'x-lernito-signature': signed };
          const { statusCode } = await app.inject({ method: 'POST', url: '/lernito/webhook/', payload, headers });
          expect([200, 400]).toContain(statusCode);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('in headers is never answered 5xx', async () => {
    const payload = JSON.stringify(enrolBody('fuzz@example.com', DEMO));
    await fc.assert(
      fc.asyncProperty(header, header, header, async (signature, timestamp, type) => {
        const headers = {
          'content-type': type,
          'x-lernito-signature': signature,
          'x-lernito-timestamp': timestamp,
        };
        const { statusCode } = await app.inject({ method: 'POST', url: '/lernito/webhook/', payload, headers });
        expect([400, 401, 415]).toContain(statusCode);
      }),
      { numRuns: 200 },
    );
  });

  it('of bytes is never answered 5xx', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 64 }), async (bytes) => {
        const payload = Buffer.from(bytes);
        const headers = { 'content-type': 'application/json', 'x-lernito-signature': hmac(payload) };
        const { statusCode } = await app.inject({ method: 'POST', url: '/lernito/webhook/', payload, headers });
        expect([400, 401]).toContain(statusCode);
      }),
      { numRuns: 200 },
    );
  });
});
