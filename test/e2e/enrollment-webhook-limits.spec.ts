import { FAILED_SIGNATURES } from '../../src/infra/rate-limit/rate-limit.policies';
import { LARGE_BODY_BYTES } from '../../src/infra/webhook/signature.guard';
import { callLernito, enrolBody } from '../factories/lernito';
import { startTestApp, type TestApp } from '../setup/test-app';

const COURSE = 'course-v1:Limits+Of+Webhook';
const small = JSON.stringify(enrolBody('limits@example.com', COURSE));
const large = JSON.stringify({ ...enrolBody('limits@example.com', COURSE), padding: 'x'.repeat(LARGE_BODY_BYTES) });

let app: TestApp;

beforeEach(async () => {
  app = await startTestApp({ RATE_LIMITS: 'on' });
});

const bad = (body: string) => callLernito(app, body, { form: 'raw', secret: 'other' });

it('after too many bad signatures only a small genuine call is looked at, and the answer says how long', async () => {
  for (let i = 0; i < FAILED_SIGNATURES.limit; i++) await bad(small);
  const refused = await callLernito(app, large);
  expect(refused.statusCode).toBe(429);
  expect(refused.headers).toMatchObject({
    'ratelimit-limit': String(FAILED_SIGNATURES.limit),
    'ratelimit-remaining': '0',
    'ratelimit-reset': refused.headers['retry-after'],
  });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(refused.json()).toMatchObject({ success: false });
  expect((await callLernito(app, small)).json()).toMatchObject({ message: `Course ${COURSE} does not exist` });
});

it('large bodies that are no JSON count as bad signatures', async () => {
  const statuses: number[] = [];
  for (let i = 0; i <= FAILED_SIGNATURES.limit; i++) statuses.push((await bad(`!${large}`)).statusCode);
  expect(statuses).toEqual([...Array<number>(FAILED_SIGNATURES.limit).fill(400), 429]);
});

it('small ones do not', async () => {
  for (let i = 0; i <= FAILED_SIGNATURES.limit; i++) expect((await bad('[1')).statusCode).toBe(400);
});
