import { inspect } from 'node:util';
import type { GatewayErrorKind } from '../../../src/payment/gateway/gateway-error';
import { RazorpayGateway } from '../../../src/payment/gateway/razorpay-gateway';
import {
  brokenOff,
  cutJson,
  html,
  json,
  MisbehavingServer,
  type Reply,
  reset,
  silence,
  stalled,
} from '../../fakes/misbehaving-server';
import { PLAN, REFUND, SUBSCRIPTION } from '../../fixtures/razorpay-entities';
import {
  closedOrigin,
  collection,
  failureOf,
  gatewayAt,
  KEY_ID,
  KEY_SECRET,
  ORDER,
  PAYMENT,
  refusal,
} from './gateway.kit';

let server: MisbehavingServer;

beforeAll(async () => {
  server = await MisbehavingServer.start();
});

afterAll(() => server.close());

const SHORT = { timeoutMs: 300 };
const PAGE = { count: 2, skip: 0 };
const MONEY = { amount: 50_000, currency: 'INR' };
const NEW_ORDER = { ...MONEY, receipt: 'guildhall-1', capture: 'automatic', notes: {} } as const;
const NEW_REFUND = { amount: 20_000, key: 'refund-key-1', notes: {} };
const NEW_SUBSCRIPTION = { planId: PLAN.id, totalCount: 12, notes: {} };
const limited = (seconds: string): Reply => json(refusal('Too many requests'), 429, { 'retry-after': seconds });

describe('a read', () => {
  const faults: [string, Reply, GatewayErrorKind, number][] = [
    ['silence', silence, 'unavailable', 3],
    ['half an answer and then silence', stalled(PAYMENT), 'unavailable', 3],
    ['a reset', reset, 'unavailable', 3],
    ['an answer that breaks off', brokenOff(PAYMENT), 'unavailable', 3],
    ['a 502 with HTML', html(502), 'unavailable', 3],
    ['a 429', limited('0'), 'unavailable', 3],
    ['a 429 that asks for more than we pause', limited('1'), 'unavailable', 1],
    ['a 429 that asks for an hour', limited('3600'), 'unavailable', 1],
    ['JSON that is cut', cutJson(PAYMENT), 'malformed', 3],
    ['HTML with 200', html(200), 'malformed', 3],
    ['a body beyond all bounds', json({ ...PAYMENT, padding: 'x'.repeat(20_000) }), 'malformed', 1],
    ['another entity', json(ORDER), 'malformed', 1],
    ['a list', json([]), 'malformed', 1],
    ['a redirect', json({}, 302, { location: '/v1/payments/pay_other' }), 'refused', 1],
    ['400', json(refusal('The id provided does not exist'), 400), 'refused', 1],
    ['401', json(refusal('Authentication failed'), 401), 'misconfigured', 1],
  ];

  it.each(faults)('that gets %s', async (_, reply, kind, requests) => {
    const gateway = gatewayAt(server.origin, { ...SHORT, maxBytes: 10_000 });
    server.will(reply);
    const error = await failureOf(gateway.payment(PAYMENT.id));
    expect(error.kind).toBe(kind);
    expect(server.calls).toEqual(Array.from({ length: requests }, () => `GET /v1/payments/${PAYMENT.id}`));
  });

  it.each(faults.filter(([, , , requests]) => requests === 3))('is repeated after %s', async (_, reply) => {
    server.will(reply, json(PAYMENT));
    expect((await gatewayAt(server.origin, SHORT).payment(PAYMENT.id)).id).toBe(PAYMENT.id);
    expect(server.seen).toHaveLength(2);
  });

  it('that reaches nobody says that, and why', async () => {
    const error = await failureOf(gatewayAt(await closedOrigin()).orders(PAGE));
    expect(error).toMatchObject({ kind: 'unavailable', message: 'GET /v1/orders: ECONNREFUSED' });
    expect(error.cause).toMatchObject({ syscall: 'connect' });
  });

  it('that is refused tells all that Razorpay says', async () => {
    server.will(json(refusal('The amount must be at least INR 1.00.'), 400));
    expect(await failureOf(gatewayAt(server.origin).payments(PAGE))).toMatchObject({
      kind: 'refused',
      httpStatus: 400,
      code: 'BAD_REQUEST_ERROR',
      description: 'The amount must be at least INR 1.00.',
      refusal: { field: 'amount', reason: 'input_validation_failed' },
    });
  });

  it('is not tried again when patience ends', async () => {
    server.will(reset);
    await failureOf(gatewayAt(server.origin, { patienceMs: -1 }).payment(PAYMENT.id));
    expect(server.seen).toHaveLength(1);
  });

  it.each(['../orders', 'pay_a/b', 'pay_', 'order_IluGWxBm9U8zJ8', '', `pay_${'x'.repeat(40)}`])(
    'of the odd id %j asks nobody',
    async (id) => {
      server.will(json(PAYMENT));
      expect(await failureOf(gatewayAt(server.origin).payment(id))).toMatchObject({ kind: 'refused' });
      expect(server.seen).toEqual([]);
    },
  );
});

describe('a call that is not safe to repeat', () => {
  const faults: [string, Reply][] = [
    ['silence', silence],
    ['a reset', reset],
    ['an answer that breaks off', brokenOff(SUBSCRIPTION)],
    ['a 502 with HTML', html(502)],
    ['JSON that is cut', cutJson(SUBSCRIPTION)],
    ['an entity without a status', json({ ...SUBSCRIPTION, status: undefined })],
  ];

  it.each(faults)('is unknown after %s, and sent once', async (_, reply) => {
    server.will(reply);
    const gateway = gatewayAt(server.origin, SHORT);
    expect(await failureOf(gateway.createSubscription(NEW_SUBSCRIPTION))).toMatchObject({ kind: 'unknown' });
    expect(server.calls).toEqual(['POST /v1/subscriptions']);
  });

  it('is sent again after a 429, which did nothing', async () => {
    server.will(limited('0'), json(SUBSCRIPTION));
    expect((await gatewayAt(server.origin).createSubscription(NEW_SUBSCRIPTION)).id).toBe(SUBSCRIPTION.id);
    expect(server.seen).toHaveLength(2);
  });

  it('is unavailable, and not unknown, where nobody was reached', async () => {
    const gateway = gatewayAt(await closedOrigin());
    expect(await failureOf(gateway.createPlan({ ...MONEY, name: 'Gold', notes: {} }))).toMatchObject({
      kind: 'unavailable',
    });
  });

  it('shows what it did where the subscription tells', async () => {
    const paused = { ...SUBSCRIPTION, status: 'paused' };
    server.will(reset, json(paused));
    expect((await gatewayAt(server.origin).pauseSubscription(SUBSCRIPTION.id)).status).toBe('paused');
    expect(server.calls).toEqual([
      `POST /v1/subscriptions/${SUBSCRIPTION.id}/pause`,
      `GET /v1/subscriptions/${SUBSCRIPTION.id}`,
    ]);
    server.will(reset, json(SUBSCRIPTION));
    expect(await failureOf(gatewayAt(server.origin).pauseSubscription(SUBSCRIPTION.id))).toMatchObject({
      kind: 'unknown',
    });
    expect(server.seen).toHaveLength(2);
  });

  it('is unknown where the subscription cannot tell', async () => {
    server.will(reset);
    const gateway = gatewayAt(server.origin);
    const cancel = gateway.cancelSubscription(SUBSCRIPTION.id, { atCycleEnd: true });
    expect(await failureOf(cancel)).toMatchObject({ kind: 'unknown' });
    expect(server.seen).toHaveLength(1);
  });

  it('may be refused because it is done: a cancelled subscription', async () => {
    const refused = json(refusal('Subscription is not cancellable in cancelled status.'), 400);
    server.will(refused, json({ ...SUBSCRIPTION, status: 'cancelled' }));
    const gateway = gatewayAt(server.origin);
    const cancelled = await gateway.cancelSubscription(SUBSCRIPTION.id, { atCycleEnd: false });
    expect(cancelled.status).toBe('cancelled');
    server.will(refused, json(SUBSCRIPTION));
    const again = gateway.cancelSubscription(SUBSCRIPTION.id, { atCycleEnd: false });
    expect(await failureOf(again)).toMatchObject({ kind: 'refused', httpStatus: 400 });
  });
});

describe('every call', () => {
  const calls: [string, (gateway: RazorpayGateway) => Promise<unknown>][] = [
    ['createOrder', (gateway) => gateway.createOrder(NEW_ORDER)],
    ['order', (gateway) => gateway.order(ORDER.id)],
    ['ordersByReceipt', (gateway) => gateway.ordersByReceipt('guildhall-1')],
    ['orderPayments', (gateway) => gateway.orderPayments(ORDER.id)],
    ['orders', (gateway) => gateway.orders(PAGE)],
    ['payment', (gateway) => gateway.payment(PAYMENT.id)],
    ['payments', (gateway) => gateway.payments(PAGE)],
    ['capture', (gateway) => gateway.capture(PAYMENT.id, MONEY)],
    ['refund', (gateway) => gateway.refund(PAYMENT.id, NEW_REFUND)],
    ['refundsOf', (gateway) => gateway.refundsOf(PAYMENT.id)],
    ['refunds', (gateway) => gateway.refunds(PAGE)],
    ['createPlan', (gateway) => gateway.createPlan({ ...MONEY, name: 'Gold', notes: {} })],
    ['plans', (gateway) => gateway.plans(PAGE)],
    ['createSubscription', (gateway) => gateway.createSubscription(NEW_SUBSCRIPTION)],
    ['subscription', (gateway) => gateway.subscription(SUBSCRIPTION.id)],
    ['subscriptions', (gateway) => gateway.subscriptions(PAGE)],
    ['updateSubscription', (gateway) => gateway.updateSubscription(SUBSCRIPTION.id, { planId: PLAN.id, when: 'now' })],
    ['cancelScheduledChange', (gateway) => gateway.cancelScheduledChange(SUBSCRIPTION.id)],
    ['cancelSubscription', (gateway) => gateway.cancelSubscription(SUBSCRIPTION.id, { atCycleEnd: false })],
    ['pauseSubscription', (gateway) => gateway.pauseSubscription(SUBSCRIPTION.id)],
    ['resumeSubscription', (gateway) => gateway.resumeSubscription(SUBSCRIPTION.id)],
    ['invoicesOf', (gateway) => gateway.invoicesOf(SUBSCRIPTION.id)],
    ['invoice', (gateway) => gateway.invoice('inv_00000000000001')],
    ['disputes', (gateway) => gateway.disputes(PAGE)],
    ['reconLines', (gateway) => gateway.reconLines({ year: 2026, month: 11, count: 10, skip: 0 })],
  ];
  const access = () => ({ keyId: KEY_ID, keySecret: KEY_SECRET, baseUrl: server.origin });

  it('of the gateway stands in this list', () => {
    const own = Object.getOwnPropertyNames(RazorpayGateway.prototype);
    expect(own).toEqual(expect.arrayContaining(calls.map(([name]) => name)));
    const inner = ['constructor', 'fetch', 'change', 'whole', 'askByReceipt', 'ask', 'read', 'write', 'connected'];
    expect(own.filter((name) => !inner.includes(name))).toHaveLength(calls.length);
  });

  it.each(calls)('is refused inside a unit of work: %s', async (_, call) => {
    server.will(json({}));
    const refuseInside = (what: string): never => {
      throw new Error(`${what} inside`);
    };
    await expect(call(new RazorpayGateway({ refuseInside }, access()))).rejects.toThrow('inside');
    expect(server.seen).toEqual([]);
  });

  it.each(calls)('without keys is misconfigured: %s', async (_, call) => {
    const gateway = new RazorpayGateway({ refuseInside: () => undefined }, undefined);
    expect(await failureOf(call(gateway))).toMatchObject({ kind: 'misconfigured' });
  });

  it.each(calls)('keeps our keys and the payer to itself when it fails: %s', async (_, call) => {
    const basic = Buffer.from(`${KEY_ID}:${KEY_SECRET}`).toString('base64');
    for (const reply of [reset, html(503), json(refusal('No'), 400), json({ ...PAYMENT, id: 7 }), json({}, 401)]) {
      server.will(reply);
      const error = await failureOf(call(gatewayAt(server.origin)));
      const all = `${inspect(error, { depth: 20, showHidden: true })}${JSON.stringify(error)}`;
      expect(all).not.toContain(KEY_SECRET);
      expect(all).not.toContain(basic);
      expect(all).not.toContain(PAYMENT.email);
      expect(all).not.toContain(PAYMENT.contact);
    }
    expect(server.seen[0]?.headers.authorization).toBe(`Basic ${basic}`);
  });
});

describe('the breaker', () => {
  const breaking = { breakAfter: 3, breakMs: 10_000 };
  let now: number;

  beforeEach(() => {
    now = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => now);
  });

  afterEach(() => jest.restoreAllMocks());

  it('opens after failures in a row, asks nobody, lets one try, and closes', async () => {
    const gateway = gatewayAt(server.origin, breaking);
    server.will(html(503));
    await failureOf(gateway.payment(PAYMENT.id));
    expect(server.seen).toHaveLength(3);

    now += 9_999;
    expect(await failureOf(gateway.payment(PAYMENT.id))).toMatchObject({ kind: 'unavailable' });
    expect(await failureOf(gateway.createSubscription(NEW_SUBSCRIPTION))).toMatchObject({ kind: 'unavailable' });
    expect(server.seen).toHaveLength(3);

    now += 1;
    await failureOf(gateway.payment(PAYMENT.id));
    expect(server.seen).toHaveLength(4);

    now += 10_000;
    server.will(json(PAYMENT));
    await gateway.payment(PAYMENT.id);
    await gateway.payment(PAYMENT.id);
    expect(server.seen).toHaveLength(2);
  });

  it('counts every answer of a gateway that refuses as a sign of life', async () => {
    const gateway = gatewayAt(server.origin, { ...breaking, tries: 1 });
    const refused = json(refusal('No'), 400);
    server.will(html(503), html(503), refused, html(503), html(503), refused);
    for (let call = 0; call < 6; call++) await failureOf(gateway.payment(PAYMENT.id));
    expect(server.seen).toHaveLength(6);
  });

  it('leaves what may have happened unknown', async () => {
    const gateway = gatewayAt(server.origin, { breakAfter: 1, breakMs: 10_000 });
    server.will(reset);
    expect(await failureOf(gateway.refund(PAYMENT.id, NEW_REFUND))).toMatchObject({ kind: 'unknown' });
    expect(server.seen).toHaveLength(1);
  });

  it('is that of one gateway', async () => {
    server.will(html(503));
    await failureOf(gatewayAt(server.origin, breaking).refunds(PAGE));
    server.will(json(collection(REFUND)));
    expect((await gatewayAt(server.origin, breaking).refunds(PAGE)).items).toHaveLength(1);
  });
});
