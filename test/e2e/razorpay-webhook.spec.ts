import type { Response } from 'light-my-request';
import { GatewayError } from '../../src/payment/gateway/gateway-error';
import { PaymentGateway } from '../../src/payment/gateway/payment-gateway';
import { InboxLimits } from '../../src/infra/webhook/inbox-limits';
import { administrator, type LoggedIn } from '../factories/administrator';
import {
  callRazorpay,
  eventOf,
  FORMER_SECRET,
  gatewayId,
  inboxDrained,
  paymentEntity,
  RAZORPAY_ENVIRONMENT,
  RAZORPAY_VECTORS,
  signRazorpay,
} from '../factories/razorpay-webhook';
import { startTestApp, type TestApp } from '../setup/test-app';

interface Delivery {
  readonly id: number;
  readonly event_key: string | null;
  readonly verdict: string;
  readonly fault: string | null;
  readonly status: number;
  readonly state: string;
  readonly receipts: number;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly effect: Record<string, unknown> | null;
}

const OK = { status: 'ok' };

let app: TestApp;
let admin: LoggedIn;

beforeAll(async () => {
  // Calls that are refused for want of room are told in the log.
  app = await startTestApp({ ...RAZORPAY_ENVIRONMENT, LOG_LEVEL: 'silent' });
  admin = await administrator(app);
  const unknown = new GatewayError('refused', 'The id provided does not exist', { httpStatus: 400 });
  jest.spyOn(app.get(PaymentGateway), 'payment').mockRejectedValue(unknown);
});

async function search(query: string): Promise<Delivery[]> {
  const answer = await admin.call('GET', `/admin/webhooks/deliveries/?source=razorpay&${query}`);
  expect(answer.statusCode).toBe(200);
  return answer.json<{ results: Delivery[] }>().results;
}

/** The one delivery that a text finds, when it has been processed. */
async function processed(text: string): Promise<Delivery> {
  await inboxDrained(app);
  const found = await search(`q=${text}`);
  expect(found).toHaveLength(1);
  return found[0]!;
}

function expectProblem(answer: Response, status: number, code: string): void {
  expect([answer.statusCode, answer.json<object>()]).toMatchObject([status, { status, code }]);
  expect(answer.headers['content-type']).toBe('application/problem+json');
}

/** Of no use to us: it is kept, and changes nothing. */
const uselessEvent = (id = gatewayId('pay')) => eventOf('payment.downtime.started', { payment: { id } });

describe('/razorpay/webhooks/', () => {
  it.each(['/razorpay/webhooks/', '/razorpay/webhooks', '/razorpay/webhooks/save_onetime_order/'])(
    'takes an event at %s',
    async (path) => {
      const id = gatewayId('pay');
      const answer = await callRazorpay(app, uselessEvent(id), { path, eventId: `evt_${id}` });
      expect([answer.statusCode, answer.json()]).toEqual([200, OK]);
      expect(await processed(id)).toMatchObject({
        event_key: `evt_${id}`,
        verdict: 'accepted',
        status: 200,
        state: 'done',
        attempts: 1,
        effect: { event: 'payment.downtime.started', account: 'acc_Test0000000001', ignored: expect.any(String) },
      });
    },
  );

  it('reads the bytes as they were sent', async () => {
    const id = gatewayId('pay');
    const text = `\n { "event" : "payment.downtime.started",\t"payload":{"payment":{"entity":{"id":"${id}"}}}, "x": "é" } `;
    expect((await callRazorpay(app, text)).statusCode).toBe(200);
    const { id: delivery } = await processed(id);
    const detail = await admin.call('GET', `/admin/webhooks/deliveries/${delivery}/`);
    expect(detail.json<{ body: string }>().body).toBe(text);
  });

  it.each([
    ['without a signature', { headers: { 'x-razorpay-signature': '' } }],
    ['with a forged signature', { secret: 'forged' }],
  ])('refuses a call %s, and keeps it as refused', async (_, call) => {
    const before = (await search('verdict=rejected')).length;
    expectProblem(await callRazorpay(app, uselessEvent(), call), 401, 'invalid_signature');
    const rejected = await search('verdict=rejected');
    expect(rejected).toHaveLength(before + 1);
    expect(rejected[0]).toMatchObject({ fault: 'signature', status: 401, event_key: null, attempts: 0 });
  });

  it('refuses a body that was changed on its way', async () => {
    const body = JSON.stringify(uselessEvent());
    const headers = { 'x-razorpay-signature': signRazorpay(body) };
    expectProblem(await callRazorpay(app, `${body} `, { headers }), 401, 'invalid_signature');
  });

  it('takes what is signed with the former secret, in capitals too', async () => {
    const body = JSON.stringify(uselessEvent());
    expect((await callRazorpay(app, body, { secret: FORMER_SECRET })).statusCode).toBe(200);
    const headers = { 'x-razorpay-signature': signRazorpay(body).toUpperCase() };
    expect((await callRazorpay(app, body, { headers })).statusCode).toBe(200);
    const report = await admin.call('GET', '/admin/webhooks/sources/');
    const sources = report.json<{ source: string; secrets: { in_force: boolean; deliveries: number }[] }[]>();
    const secrets = sources.find(({ source }) => source === 'razorpay')?.secrets;
    expect(secrets).toMatchObject([{ in_force: true }, { in_force: true, deliveries: 1 }]);
  });

  it('counts fifty at once as one', async () => {
    const id = gatewayId('pay');
    const event = uselessEvent(id);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => callRazorpay(app, event, { eventId: `evt_${id}` })),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array<number>(50).fill(200));
    expect(await processed(id)).toMatchObject({ receipts: 50, attempts: 1, state: 'done' });
  });

  it('knows a repeat without an event id by its body', async () => {
    const id = gatewayId('pay');
    const event = uselessEvent(id);
    for (const eventId of [undefined, undefined, 'not sane: blanks']) await callRazorpay(app, event, { eventId });
    expect(await processed(id)).toMatchObject({ receipts: 3, event_key: expect.stringMatching(/^body:[0-9a-f]{64}$/) });
  });

  it('keeps what is no JSON, as dead: nobody needs to send it again', async () => {
    const id = gatewayId('evt');
    const answer = await callRazorpay(app, '{"event": "payment.captured', { eventId: id });
    expect([answer.statusCode, answer.json()]).toEqual([200, OK]);
    expect(await processed(id)).toMatchObject({
      state: 'dead',
      attempts: 1,
      last_error: expect.stringContaining("can't be read"),
    });
  });

  it.each([['{}'], ['[]'], ['7'], ['{"event":"no.such.event","payload":[]}'], ['{"event":7}']])(
    'keeps %s, of which it has no use',
    async (text) => {
      const id = gatewayId('evt');
      expect((await callRazorpay(app, text, { eventId: id })).statusCode).toBe(200);
      expect(await processed(id)).toMatchObject({ state: 'done', effect: { ignored: expect.any(String) } });
    },
  );

  it('takes a large body, and none above the limit', async () => {
    const id = gatewayId('pay');
    const large = { ...uselessEvent(id), padding: 'x'.repeat(900_000) };
    expect((await callRazorpay(app, large)).statusCode).toBe(200);
    expect(await processed(id)).toMatchObject({ state: 'done' });
    const huge = { ...uselessEvent(), padding: 'x'.repeat(1_100_000) };
    expectProblem(await callRazorpay(app, huge), 413, 'too_large');
  });

  it('takes JSON, sent to it', async () => {
    const text = { headers: { 'content-type': 'text/plain' } };
    expectProblem(await callRazorpay(app, uselessEvent(), text), 415, 'unsupported_media_type');
    const get = await app.inject({ method: 'GET', url: '/razorpay/webhooks/' });
    expect([get.statusCode, get.headers.allow]).toEqual([405, 'POST']);
  });

  it('asks to be called again where it has too much to do', async () => {
    const limits = app.get(InboxLimits);
    const ids = Array.from({ length: 20 }, () => gatewayId('pay'));
    Object.assign(limits, { inFlight: 2 });
    const answers = await Promise.all(ids.map((id) => callRazorpay(app, uselessEvent(id))));
    Object.assign(limits, { inFlight: 200 });
    const refused = answers.filter(({ statusCode }) => statusCode === 503);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) {
      expectProblem(answer, 503, 'inbox_full');
      expect(answer.headers['retry-after']).toBe('5');
    }
    await inboxDrained(app);
    for (const [index, id] of ids.entries()) {
      expect(await search(`q=${id}`)).toHaveLength(answers[index]?.statusCode === 200 ? 1 : 0);
    }
  });
});

describe('the payloads of the old README', () => {
  it.each(RAZORPAY_VECTORS)('are taken, and money that is nobody’s is parked: $description', async ({ body }) => {
    const [[name = '', { entity } = { entity: {} }] = []] = Object.entries(body.payload);
    const id = String(entity.id);
    const answer = await callRazorpay(app, body, { path: '/razorpay/webhooks/save_onetime_order/' });
    expect([answer.statusCode, answer.json()]).toEqual([200, OK]);
    const effect = { event: body.event, [name]: { id, changed: name === 'payment' } };
    expect(await processed(id)).toMatchObject({ state: 'done', effect });
    const parked = await admin.call('GET', '/admin/payments/parked/');
    const ids = parked.json<{ results: { gateway_id: string }[] }>().results.map((payment) => payment.gateway_id);
    expect(ids.includes(id)).toBe(name === 'payment');
  });
});

describe('the notes of an entity', () => {
  it.each([
    ['an empty list', []],
    ['numbers', { tierID: 4, creatorID: 11 }],
    ['texts', { tierID: '7', type: 'subscription' }],
    ['nothing', undefined],
  ])('may be %s', async (_, notes) => {
    const payment = paymentEntity({ notes });
    await callRazorpay(app, eventOf('payment.captured', { payment }));
    expect(await processed(String(payment.id))).toMatchObject({
      state: 'done',
      effect: { payment: { changed: true } },
    });
  });
});
