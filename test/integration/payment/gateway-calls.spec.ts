import { brokenOff, html, json, MisbehavingServer, type Reply, reset } from '../../fakes/misbehaving-server';
import { PLAN, REFUND, SUBSCRIPTION } from '../../fixtures/razorpay-entities';
import { collection, failureOf, gatewayAt, ORDER, PAYMENT, refusal } from './gateway.kit';

let server: MisbehavingServer;

beforeAll(async () => {
  server = await MisbehavingServer.start();
});

afterAll(() => server.close());

const gateway = () => gatewayAt(server.origin);
const MONEY = { amount: 50_000, currency: 'INR' };
const NEW_ORDER = { ...MONEY, receipt: 'guildhall-1', capture: 'automatic', notes: { intent: '7' } } as const;
const FROM = new Date('2026-11-01T00:00:00Z');
const TO = new Date('2026-11-02T00:00:00Z');
const CAPTURED = { ...PAYMENT, status: 'captured', captured: true, fee: 1_180, tax: 180 };

/** Razorpay's orders, whose answers to creations are lost as often as is said. */
function orderBook(lose: number, broken: Reply): { orders: object[]; reply: Reply } {
  const orders: object[] = [];
  let lost = 0;
  const reply: Reply = (response, request) => {
    if (request.method === 'GET') return json(collection(...orders))(response, request);
    const { amount, currency, receipt } = request.body as typeof ORDER;
    const order = { ...ORDER, id: `order_${orders.length + 1}`, amount, currency, receipt };
    orders.unshift(order);
    return (lost++ < lose ? broken : json(order))(response, request);
  };
  return { orders, reply };
}

describe('an order', () => {
  it('is created with our receipt and what is to happen to its payments', async () => {
    server.will(json(ORDER));
    expect(await gateway().createOrder(NEW_ORDER)).toEqual({
      id: ORDER.id,
      amount: 50_000,
      amountPaid: 0,
      currency: 'INR',
      receipt: 'guildhall-1',
      status: 'created',
      notes: {},
      createdAt: new Date('2022-01-20T07:01:32Z'),
    });
    expect(server.calls).toEqual(['POST /v1/orders']);
    expect(server.seen[0]?.body).toMatchObject({
      ...MONEY,
      receipt: 'guildhall-1',
      notes: { intent: '7' },
      payment: { capture: 'automatic', capture_options: { automatic_expiry_period: 4320 } },
    });
  });

  it.each([
    ['a reset', reset],
    ['a 502', html(502)],
    ['an answer that breaks off', brokenOff(ORDER)],
  ])('stays one order when its answer is lost by %s', async (_, broken) => {
    const { orders, reply } = orderBook(1, broken);
    server.will(reply);
    expect((await gateway().createOrder(NEW_ORDER)).id).toBe('order_1');
    expect(orders).toHaveLength(1);
    expect(server.calls).toEqual(['POST /v1/orders', 'GET /v1/orders']);
    expect(server.seen[1]?.query.get('receipt')).toBe('guildhall-1');
  });

  it('is created by a second request where the first did nothing', async () => {
    server.will(reset, json(collection()), json(ORDER));
    expect((await gateway().createOrder(NEW_ORDER)).id).toBe(ORDER.id);
    expect(server.calls).toEqual(['POST /v1/orders', 'GET /v1/orders', 'POST /v1/orders']);
  });

  it('is unknown where neither the request nor the look is answered', async () => {
    server.will(reset);
    expect(await failureOf(gateway().createOrder(NEW_ORDER))).toMatchObject({ kind: 'unknown' });
    expect(server.calls).toEqual(['POST /v1/orders', 'GET /v1/orders', 'GET /v1/orders']);
  });

  it('is not looked for after a 429, which did nothing', async () => {
    server.will(json(refusal('Too many requests'), 429), json(ORDER));
    await gateway().createOrder(NEW_ORDER);
    expect(server.calls).toEqual(['POST /v1/orders', 'POST /v1/orders']);
  });

  it('that is there under this receipt is that order, where the account wants receipts to be unique', async () => {
    const taken = json(refusal('An order with the same receipt value has already been created'), 400);
    server.will(taken, json(collection(ORDER)));
    expect((await gateway().createOrder(NEW_ORDER)).id).toBe(ORDER.id);
    server.will(taken, json(collection({ ...ORDER, amount: 60_000 })));
    expect(await failureOf(gateway().createOrder(NEW_ORDER))).toMatchObject({ kind: 'refused' });
  });
});

describe('a capture', () => {
  it('sends what was authorised', async () => {
    server.will(json(CAPTURED));
    expect(await gateway().capture(PAYMENT.id, MONEY)).toMatchObject({ status: 'captured', fee: 1_180, tax: 180 });
    expect(server.calls).toEqual([`POST /v1/payments/${PAYMENT.id}/capture`]);
    expect(server.seen[0]?.body).toEqual(MONEY);
  });

  it('that was lost is looked for, and not sent twice', async () => {
    server.will(reset, json(CAPTURED));
    expect((await gateway().capture(PAYMENT.id, MONEY)).captured).toBe(true);
    expect(server.calls).toEqual([`POST /v1/payments/${PAYMENT.id}/capture`, `GET /v1/payments/${PAYMENT.id}`]);
  });

  it('is sent again where the payment is still authorised', async () => {
    server.will(html(502), json(PAYMENT), json(CAPTURED));
    expect((await gateway().capture(PAYMENT.id, MONEY)).captured).toBe(true);
    expect(server.seen).toHaveLength(3);
  });

  it('of a captured payment is that payment; any other refusal stands', async () => {
    const refused = json(refusal('This payment has already been captured'), 400);
    server.will(refused, json(CAPTURED));
    expect((await gateway().capture(PAYMENT.id, MONEY)).captured).toBe(true);
    server.will(refused, json(PAYMENT));
    expect(await failureOf(gateway().capture(PAYMENT.id, MONEY))).toMatchObject({ kind: 'refused', httpStatus: 400 });
  });
});

describe('a refund', () => {
  const NEW_REFUND = { amount: 20_000, key: 'refund-key-1', notes: { reason: 'asked' } };

  it('carries its key at every try, with the same body', async () => {
    server.will(reset, json({}, 409), json(REFUND));
    expect((await gateway().refund(PAYMENT.id, NEW_REFUND)).id).toBe(REFUND.id);
    expect(server.seen).toHaveLength(3);
    for (const { path, headers, body } of server.seen) {
      expect(path).toBe(`/v1/payments/${PAYMENT.id}/refund`);
      expect(headers['x-refund-idempotency']).toBe('refund-key-1');
      expect(body).toEqual({ amount: 20_000, speed: 'normal', notes: { reason: 'asked' } });
    }
  });

  it('that is refused says why', async () => {
    server.will(json(refusal('The refund amount provided is greater than amount captured'), 400));
    expect(await failureOf(gateway().refund(PAYMENT.id, NEW_REFUND))).toMatchObject({ kind: 'refused' });
    expect(server.seen).toHaveLength(1);
  });

  it('is unknown when every try is lost, and unavailable when none was sent', async () => {
    server.will(html(502));
    expect(await failureOf(gateway().refund(PAYMENT.id, NEW_REFUND))).toMatchObject({ kind: 'unknown' });
    server.will(json({}, 429));
    expect(await failureOf(gateway().refund(PAYMENT.id, NEW_REFUND))).toMatchObject({ kind: 'unavailable' });
    expect(server.seen).toHaveLength(3);
  });

  it.each(['short', 'with a space', 'with/slash-1', 'x'.repeat(65)])('takes no key like %j', async (key) => {
    await expect(gateway().refund(PAYMENT.id, { ...NEW_REFUND, key })).rejects.toThrow('key of a refund');
  });
});

describe('a subscription', () => {
  it('is created with its times in seconds', async () => {
    server.will(json(SUBSCRIPTION));
    const times = { startAt: FROM, expireBy: TO };
    await gateway().createSubscription({ planId: PLAN.id, totalCount: 12, notes: {}, ...times });
    expect(server.seen[0]?.body).toEqual({
      plan_id: PLAN.id,
      total_count: 12,
      start_at: 1_793_491_200,
      expire_by: 1_793_577_600,
      notes: {},
    });
  });

  it('is changed by these requests', async () => {
    server.will(json(SUBSCRIPTION));
    const { id } = SUBSCRIPTION;
    await gateway().updateSubscription(id, { planId: PLAN.id, when: 'cycle_end' });
    await gateway().cancelScheduledChange(id);
    await gateway().cancelSubscription(id, { atCycleEnd: true });
    await gateway().cancelSubscription(id, { atCycleEnd: false });
    await gateway().pauseSubscription(id);
    await gateway().resumeSubscription(id);
    expect(server.seen.map(({ method, path, body }) => [method, path, body])).toEqual([
      ['PATCH', `/v1/subscriptions/${id}`, { plan_id: PLAN.id, schedule_change_at: 'cycle_end' }],
      ['POST', `/v1/subscriptions/${id}/cancel_scheduled_changes`, undefined],
      ['POST', `/v1/subscriptions/${id}/cancel`, { cancel_at_cycle_end: 1 }],
      ['POST', `/v1/subscriptions/${id}/cancel`, undefined],
      ['POST', `/v1/subscriptions/${id}/pause`, { pause_at: 'now' }],
      ['POST', `/v1/subscriptions/${id}/resume`, { resume_at: 'now' }],
    ]);
  });

  it('has a plan that is charged every month', async () => {
    server.will(json(PLAN));
    expect(await gateway().createPlan({ amount: 69_900, currency: 'INR', name: 'Gold', notes: {} })).toEqual({
      id: PLAN.id,
    });
    expect(server.seen[0]).toMatchObject({
      path: '/v1/plans',
      body: { period: 'monthly', interval: 1, item: { name: 'Gold', amount: 69_900, currency: 'INR' }, notes: {} },
    });
  });
});

describe('lists', () => {
  const page = { from: FROM, to: TO, count: 25, skip: 50 };

  it.each([
    ['orders', () => gateway().orders(page), ORDER],
    ['payments', () => gateway().payments(page), PAYMENT],
    ['refunds', () => gateway().refunds(page), REFUND],
    ['plans', () => gateway().plans(page), PLAN],
    ['subscriptions', () => gateway().subscriptions(page), SUBSCRIPTION],
    ['disputes', () => gateway().disputes(page), undefined],
  ])('of %s are a stretch of time, page by page', async (name, ask, item) => {
    server.will(json(item === undefined ? collection() : collection(item, item)));
    const { items, odd, size } = await ask();
    expect([items.length, odd, size]).toEqual(item === undefined ? [0, [], 0] : [2, [], 2]);
    expect(server.calls).toEqual([`GET /v1/${name}`]);
    const asked = Object.fromEntries(server.seen[0]?.query ?? []);
    expect(asked).toEqual({ from: '1793491200', to: '1793577600', count: '25', skip: '50' });
  });

  it('of one entity come whole', async () => {
    const full = Array.from({ length: 100 }, () => REFUND);
    server.will(json(collection(...full)), json(collection(REFUND)));
    expect(await gateway().refundsOf(PAYMENT.id)).toHaveLength(101);
    expect(server.seen.map(({ query }) => query.get('skip'))).toEqual(['0', '100']);
  });

  it('of invoices are those of one subscription', async () => {
    server.will(json(collection()));
    await gateway().invoicesOf(SUBSCRIPTION.id);
    expect(server.calls).toEqual(['GET /v1/invoices']);
    expect(server.seen[0]?.query.get('subscription_id')).toBe(SUBSCRIPTION.id);
  });

  it('of settled lines are those of a month or a day', async () => {
    server.will(json(collection()));
    await gateway().reconLines({ year: 2026, month: 11, day: 3, count: 1000, skip: 0 });
    expect(server.calls).toEqual(['GET /v1/settlements/recon/combined']);
    const asked = Object.fromEntries(server.seen[0]?.query ?? []);
    expect(asked).toEqual({ year: '2026', month: '11', day: '3', count: '1000', skip: '0' });
  });
});
