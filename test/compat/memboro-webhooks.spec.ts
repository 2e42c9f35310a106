import {
  RAZORPAY_ENVIRONMENT,
  RAZORPAY_VECTORS,
  type RazorpayVector,
  signRazorpay,
} from '../factories/razorpay-webhook';
import { startTestApp, type TestApp } from '../setup/test-app';
import { type Answer, HttpClient } from './client';

/** The webhook part of memboro's README: Razorpay sends these four, to this path (COMPAT 3.3, 3.5). */
const PATH = '/razorpay/webhooks/save_onetime_order/';

let app: TestApp;
let client: HttpClient;

beforeAll(async () => {
  app = await startTestApp({ ...RAZORPAY_ENVIRONMENT, LOG_LEVEL: 'silent' });
  client = new HttpClient(await app.url());
});

function send({ body }: RazorpayVector, headers: Record<string, string> = {}, path = PATH): Promise<Answer> {
  const text = JSON.stringify(body, null, 2);
  const own = {
    'content-type': 'application/json',
    'x-razorpay-event-id': `evt_${body.event}_${body.created_at}`,
    'x-razorpay-signature': signRazorpay(text),
  };
  return client.call('POST', path, { body: text, headers: { ...own, ...headers } });
}

describe.each(RAZORPAY_VECTORS)('$description', (vector) => {
  it('is taken, as often as it is sent', async () => {
    for (let times = 0; times < 3; times += 1) {
      const answer = await send(vector);
      expect([answer.status, answer.body]).toEqual([200, { status: 'ok' }]);
    }
  });

  it('is taken at the shorter path too, with a slash and without', async () => {
    for (const path of ['/razorpay/webhooks/', '/razorpay/webhooks']) {
      expect((await send(vector, {}, path)).status).toBe(200);
    }
  });

  // The README knows no signature; anybody could have paid for anything.
  it('is refused without a signature', async () => {
    const answer = await send(vector, { 'x-razorpay-signature': '' });
    expect([answer.status, answer.body]).toMatchObject([401, { code: 'invalid_signature', status: 401 }]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });
});

it('answers within five seconds, while the gateway answers nobody', async () => {
  const started = performance.now();
  const answers = await Promise.all(
    RAZORPAY_VECTORS.map((vector, index) => send(vector, { 'x-razorpay-event-id': `evt_${index}` })),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(performance.now() - started).toBeLessThan(5_000);
});
