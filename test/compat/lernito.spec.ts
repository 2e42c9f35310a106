import { createHmac } from 'node:crypto';
import vectors from '../vectors/lernito-signatures.json';
import { CourseService } from '../../src/enrollment-webhook/course/course.service';
import { registered } from '../factories/person';
import { describeWithPython, pythonAside } from '../setup/python';
import { startTestApp, type TestApp } from '../setup/test-app';
import { type Answer, HttpClient } from './client';

/** lernito-openedx: its README and its code (COMPAT 1), with rulings R9, R10, R21, R23 and R25. */
const SECRET = 'test-secret';
const DEMO = 'course-v1:edX+DemoX+Demo_Course';
const README_BODY = {
  email: 'test@example.com',
  name: 'Test',
  family: 'User',
  username: 'testuser',
  courseIds: [DEMO],
};
const PATHS = ['/api/lernito/webhook/', '/lernito/webhook/'];
const VERIFIED = '{"success":true,"message":"User enrollment status verified for 1 course(s)"}';
const ALLOWED = '{"success":true,"message":"Enrollment allowance verified for 1 course(s)"}';

let app: TestApp;
let client: HttpClient;
let origin: string;

beforeAll(async () => {
  const secrets = [SECRET, '123456', ...vectors.map(({ secret }) => secret)];
  app = await startTestApp({ LERNITO_WEBHOOK_SECRET: [...new Set(secrets)].join(',') });
  origin = await app.url();
  client = new HttpClient(origin);
  for (const course_id of [DEMO, 'course-v1:A+B+C', 'course-v1:A+B+D']) {
    await app.get(CourseService).create({ course_id, display_name: course_id });
  }
});

const hex = (text: string): string => createHmac('sha256', SECRET).update(text).digest('hex');

function send(body: string, signature: string | undefined, path = '/api/lernito/webhook/'): Promise<Answer> {
  const headers = { 'content-type': 'application/json', ...(signature && { 'X-Lernito-Signature': signature }) };
  return client.call('POST', path, { headers, body });
}

/** Signed over its very bytes. */
const post = (body: unknown, path?: string): Promise<Answer> => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return send(text, hex(text), path);
};

describe("the README's example", () => {
  it.each([
    ['spaced, as the README and its script sign', '8b508eef931e72eb59abb54d8f314d02d9725debf22d46d7d410e8f01efc933d'],
    ['compact, as the code verified', '5fb3ee816aeedbae708a9284d54134a82231381a4685ca52e1fb47eab9a5078d'],
    ['hex in capitals (R21)', '8B508EEF931E72EB59ABB54D8F314D02D9725DEBF22D46D7D410E8F01EFC933D'],
  ])('with the signature that was documented: %s', async (_form, signature) => {
    for (const path of PATHS) {
      const answer = await send(JSON.stringify(README_BODY), signature, path);
      expect([answer.status, answer.text]).toEqual([200, ALLOWED]);
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    }
  });

  it('with the signature of the comment in the view, secret 123456', async () => {
    const spaced =
      '{"courseIds": ["course-v1:edX+DemoX+Demo_Course"], "email": "test@example.com", "family": "User", ' +
      '"name": "Test", "username": "testuser"}';
    const signature = createHmac('sha256', '123456').update(spaced).digest('hex');
    expect(signature.slice(0, 8)).toBe('0a48a788');
    expect((await send(JSON.stringify(README_BODY), signature)).text).toBe(ALLOWED);
  });

  it('for somebody who has an account, whatever the case of the address', async () => {
    await registered(app, { email: 'Learner.One@example.com', emailVerified: true });
    const answer = await post({ ...README_BODY, email: 'learner.one@EXAMPLE.com' });
    expect([answer.status, answer.text]).toEqual([200, VERIFIED]);
  });

  it('without the slash at the end', async () => {
    expect((await post(README_BODY, '/lernito/webhook')).text).toBe(ALLOWED);
  });
});

describe('names beyond ASCII', () => {
  const body =
    '{"email":"josé@example.com","name":"José 😀","family":"O\'Néill/\\"q\\"","username":"u",' +
    '"courseIds":["course-v1:A+B+C","course-v1:A+B+D"]}';

  it.each([
    ['compact', '28597db312e9f03559f8e80ede7f1c7f27706091f1808c0cd35cc055a1e17b1f'],
    ['spaced', 'b01f394e0f962cd5b639c2a5687a6c0d4e73c90a01ae5584451290fce88d2c4f'],
  ])('the documented signature, %s, is right', async (_form, signature) => {
    // Its address is none: what follows the signature shows that it was accepted.
    const answer = await send(body, signature);
    expect([answer.status, answer.body]).toEqual([
      400,
      { success: false, message: { email: ['Enter a valid email address.'] } },
    ]);
  });
});

describe('the signature vectors', () => {
  it.each(vectors)('$description', async ({ body, signature_raw, signature_compact, signature_spaced }) => {
    for (const signature of [signature_raw, signature_compact, signature_spaced]) {
      expect((await send(body, signature)).text).toBe(ALLOWED);
    }
  });
});

describeWithPython('import json, hmac, hashlib, urllib.request')("the README's Python script", () => {
  const script = (signed: string) => `
import hashlib, hmac, json, sys, urllib.request
job = json.load(sys.stdin)
payload = job["payload"]
canonical = json.dumps(payload, ${signed})
signature = hmac.new(job["secret"].encode(), canonical.encode(), hashlib.sha256).hexdigest()
request = urllib.request.Request(job["url"], json.dumps(payload).encode(), {
    "Content-Type": "application/json", "X-Lernito-Signature": signature})
with urllib.request.urlopen(request) as answer:
    print(answer.status, answer.read().decode())`;
  const payload = { ...README_BODY, name: 'José', family: 'Müller-Łukasz 😀', email: 'jose@example.com' };

  it.each([
    ['as documented', 'sort_keys=True'],
    ['as the code verified', 'sort_keys=True, separators=(",", ":")'],
  ])('works unchanged, also for José: %s', async (_which, signed) => {
    const url = `${origin}/api/lernito/webhook/`;
    const output = await pythonAside(script(signed), { payload, secret: SECRET, url });
    expect(output.trim()).toBe(`200 ${ALLOWED}`);
  });
});

describe('what the README documents of answers', () => {
  it('counts the courses as sent, duplicates among them', async () => {
    const courseIds = [DEMO, 'course-v1:A+B+C', DEMO];
    expect((await post({ ...README_BODY, courseIds })).text).toBe(
      '{"success":true,"message":"Enrollment allowance verified for 3 course(s)"}',
    );
  });

  it('answers an unproven account as a user (R23)', async () => {
    const { email } = await registered(app);
    expect((await post({ ...README_BODY, email })).text).toBe(VERIFIED);
  });

  it.each(PATHS)('a wrong method: 405 at %s', async (path) => {
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await client.call(method, path);
      expect([answer.status, answer.text]).toEqual([405, `{"detail":"Method \\"${method}\\" not allowed."}`]);
      expect(answer.headers.get('allow')).toBe('POST');
    }
  });

  it.each<[string, string | undefined]>([
    ['none', undefined],
    ['empty', ''],
    ['of another secret', createHmac('sha256', 'other').update(JSON.stringify(README_BODY)).digest('hex')],
    ['with a prefix', `sha256=${hex(JSON.stringify(README_BODY))}`],
    ['too short', 'abcd'],
  ])('a bad signature (%s): 401', async (_which, signature) => {
    const answer = await send(JSON.stringify(README_BODY), signature);
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ success: false, message: 'Invalid signature' });
  });

  it.each([
    ['{', 'JSON parse error - Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
    ['[1,]', 'JSON parse error - Expecting value: line 1 column 4 (char 3)'],
    ['{"a":NaN}', "JSON parse error - Out of range float values are not JSON compliant: 'NaN'"],
  ])('malformed JSON (%s): 400 in DRF words, before the signature', async (body, detail) => {
    const answer = await send(body, undefined);
    expect([answer.status, answer.text]).toEqual([400, JSON.stringify({ detail })]);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'another content type (%s): 415 (R25)',
    async (type) => {
      const answer = await client.call('POST', PATHS[0] ?? '', { headers: { 'content-type': type }, body: 'a=1' });
      expect([answer.status, answer.body]).toEqual([415, { detail: `Unsupported media type "${type}" in request.` }]);
    },
  );

  it.each<[string, unknown, unknown]>([
    ['no field at all', {}, allRequired()],
    ['an empty list', { ...README_BODY, courseIds: [] }, nonField('At least one courseId must be provided')],
    ['a list', [README_BODY], nonField('Invalid data. Expected a dictionary, but got list.')],
    ['a text', '"text"', nonField('Invalid data. Expected a dictionary, but got str.')],
    ['a number', '17', nonField('Invalid data. Expected a dictionary, but got int.')],
    ['a float', '17.0', nonField('Invalid data. Expected a dictionary, but got float.')],
    ['true', 'true', nonField('Invalid data. Expected a dictionary, but got bool.')],
    ['null', 'null', nonField('No data provided')],
    ['a bad key', { ...README_BODY, courseIds: ['invalid-course-id'] }, 'Invalid course key format: invalid-course-id'],
    ['an unknown course', { ...README_BODY, courseIds: ['course-v1:x+y+z'] }, 'Course course-v1:x+y+z does not exist'],
  ])('%s: 400', async (_what, body, message) => {
    const answer = await post(body);
    expect([answer.status, answer.body]).toEqual([400, { success: false, message }]);
  });
});

function allRequired(): object {
  const required = ['This field is required.'];
  return { name: required, family: required, username: required, email: required, courseIds: required };
}

function nonField(text: string): object {
  return { non_field_errors: [text] };
}
