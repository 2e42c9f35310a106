import { verifySignature, verifyTimestamp } from '../lernito-signature.rules';
import { parsePythonJson } from '../python-json/python-json';
import {
  endedBody,
  enrolBody,
  enrolOutcome,
  eventOutcome,
  isEmptyCallVerified,
  signedHeaders,
} from './lernito-call.rules';

const NOW = new Date('2026-03-01T12:00:00.500Z');
const COURSE = 'course-v1:edX+DemoX+Demo_Course';
const PERSON = { username: 'testuser', email: 'test@example.com', firstName: 'Test', lastName: 'User' };
const answer = (status: number, body: unknown) => ({
  status,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('enrolBody', () => {
  it('is the compact form: sorted, without blanks, ASCII', () => {
    expect(enrolBody({ ...PERSON, firstName: 'José 😀' }, [COURSE])).toBe(
      `{"courseIds":["${COURSE}"],"email":"test@example.com","family":"User","name":"Jos\\u00e9 \\ud83d\\ude00","username":"testuser"}`,
    );
  });

  it('has a name where the account has none, and none that is too long', () => {
    const body = JSON.parse(enrolBody({ ...PERSON, firstName: '\u001f\0 ', lastName: '😀'.repeat(300) }, [])) as object;
    expect(body).toEqual({ ...body, name: 'testuser', family: '😀'.repeat(255), courseIds: [] });
  });
});

describe('signedHeaders', () => {
  const body = enrolBody(PERSON, [COURSE]);
  const raw = Buffer.from(body);

  it('are what our own webhook accepts, by each secret', () => {
    const headers = signedHeaders(body, 'new', ['new', 'old'], NOW);
    const signed = { raw, document: parsePythonJson(raw) };
    expect(verifySignature(['new'], signed, headers['x-lernito-signature'])).toEqual({
      ok: true,
      form: 'raw',
      secretIndex: 0,
    });
    expect(verifySignature(['old'], signed, headers['x-lernito-signature'])).toEqual({ ok: false });
    for (const secret of ['new', 'old']) {
      expect(verifyTimestamp([secret], raw, headers['x-lernito-timestamp'] ?? '', NOW)).toMatchObject({ ok: true });
    }
  });

  it('agree with the vector of COMPAT 1.4', () => {
    const { 'x-lernito-signature': signature } = signedHeaders(body, 'test-secret', ['test-secret'], NOW);
    expect(signature).toBe('5fb3ee816aeedbae708a9284d54134a82231381a4685ca52e1fb47eab9a5078d');
  });
});

it('an end has one id, however often it is told', () => {
  const ended = { enrolmentId: 12, email: 'a@b.cd', courseKey: COURSE, endedAt: NOW };
  expect(JSON.parse(endedBody(ended))).toEqual({
    event: 'enrolment.ended',
    id: `enrolment-12-ended-${NOW.getTime()}`,
    email: 'a@b.cd',
    course_id: COURSE,
    ended_at: '2026-03-01T12:00:00.500Z',
  });
});

describe('enrolOutcome', () => {
  it.each([
    ['done', answer(200, { success: true, message: 'x' }), { kind: 'told', told: 'active' }],
    [
      'an unknown course',
      answer(400, { success: false, message: `Course ${COURSE} does not exist` }),
      { kind: 'refused', status: 'unknown_course' },
    ],
    [
      'a bad field',
      answer(400, { success: false, message: { email: ['Enter a valid email address.'] } }),
      { kind: 'refused', status: 'dead', error: '{"email":["Enter a valid email address."]}' },
    ],
    ['no message', answer(400, { success: false }), { kind: 'refused', status: 'dead', error: 'null' }],
    ['a wrong secret', answer(401, { success: false }), { kind: 'failed', mayHaveWorked: false, isSlow: true }],
    ['a 400 of somebody else', answer(400, '<h1>'), { kind: 'failed', mayHaveWorked: false, isSlow: true }],
    ['a redirect', answer(302, ''), { kind: 'failed', mayHaveWorked: false, isSlow: true }],
    ['a fault', answer(500, { success: false }), { kind: 'failed', mayHaveWorked: true, isSlow: false }],
    ['a page', answer(200, '<html>'), { kind: 'failed', mayHaveWorked: true, isSlow: false }],
    ['null', answer(200, 'null'), { kind: 'failed', mayHaveWorked: true }],
  ])('%s', (_, given, outcome) => expect(enrolOutcome(given)).toMatchObject(outcome));
});

it('an event that was taken leaves the enrolment to people', () => {
  expect(eventOutcome(answer(204, ''))).toEqual({ kind: 'told', told: 'kept' });
  expect(eventOutcome(answer(401, ''))).toMatchObject({ kind: 'failed', isSlow: true });
  expect(eventOutcome(answer(503, ''))).toMatchObject({ kind: 'failed', isSlow: false });
});

it('a call without courses that is refused for that was verified', () => {
  const refusal = { success: false, message: { non_field_errors: ['At least one courseId must be provided'] } };
  expect(isEmptyCallVerified(answer(400, refusal))).toBe(true);
  expect(isEmptyCallVerified(answer(401, refusal))).toBe(false);
  expect(isEmptyCallVerified(answer(400, {}))).toBe(false);
});
