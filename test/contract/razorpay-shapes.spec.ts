import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultsOf } from '../fixtures/razorpay/checks';
import { answerFaults, eventFaults, SHAPES, type ShapeName } from '../fixtures/razorpay/shapes';
import {
  closeAll,
  DAY,
  type Json,
  START,
  startTestSimulator,
  type TestSimulator,
} from '../integration/payment/simulator.kit';
import vectors from '../vectors/razorpay-webhooks.json';

const FOLDER = join(__dirname, '../fixtures/razorpay');
const fixtures = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({
    name,
    kind: name.split('.')[0] ?? '',
    body: JSON.parse(readFileSync(join(FOLDER, name), 'utf8')),
  }));

describe('the samples of Razorpay’s documents', () => {
  it.each(fixtures)('$name', ({ kind, body }) => {
    expect(kind === 'event' ? eventFaults(body) : answerFaults(kind as ShapeName, body)).toEqual([]);
  });

  it.each(vectors)('$description', ({ body }) => {
    expect(eventFaults(body)).toEqual([]);
  });

  it('hold every shape', () => {
    expect(new Set(fixtures.map(({ kind }) => kind))).toEqual(new Set([...Object.keys(SHAPES), 'event']));
  });
});

describe('the checks', () => {
  it.each(fixtures.filter(({ kind }) => kind !== 'event'))('notice what is amiss in $name', ({ kind, body }) => {
    const shape = SHAPES[kind as ShapeName];
    const sample = body.entity === 'collection' ? body.items[0] : body;
    expect(faultsOf(shape, { ...sample, surprise: 1 })).toEqual(['surprise is not documented']);
    for (const key of Object.keys(shape.required)) {
      const { [key]: _, ...rest } = sample;
      expect(faultsOf(shape, rest)).toEqual([`${key} is missing`]);
      expect(faultsOf(shape, { ...sample, [key]: Symbol('odd') as unknown })).toHaveLength(1);
    }
  });
});

describe('the simulator', () => {
  let razorpay: TestSimulator;

  beforeAll(async () => {
    razorpay = await startTestSimulator();
    await liveThrough(razorpay);
  });
  afterAll(closeAll);

  it.each<[ShapeName, string]>([
    ['plan', '/v1/plans'],
    ['customer', '/v1/customers'],
    ['order', '/v1/orders'],
    ['payment', '/v1/payments'],
    ['refund', '/v1/refunds'],
    ['subscription', '/v1/subscriptions'],
    ['invoice', '/v1/invoices'],
    ['dispute', '/v1/disputes'],
    ['settlement', '/v1/settlements'],
  ])('answers each %s as documented, alone and in a list', async (name, path) => {
    const list = await razorpay.get(`${path}?count=100`);
    expect(list).toMatchObject({ entity: 'collection', count: list.items.length });
    expect(list.items).not.toEqual([]);
    expect(answerFaults(name, list)).toEqual([]);
    const [first] = list.items;
    expect(first.id).toMatch(/^[a-z]+_[A-Za-z0-9]{14}$/);
    const alone = await razorpay.get(`${path}/${first.id}`);
    expect(alone).toEqual(first);
  });

  it('passes through every status', async () => {
    const { subscriptions, orders, payments, refunds, invoices, disputes } = razorpay.control.truth();
    const statuses = (rows: readonly { status: string }[]): string[] =>
      [...new Set(rows.map(({ status }) => status))].sort();
    expect(statuses(subscriptions)).toEqual(
      ['active', 'authenticated', 'cancelled', 'completed', 'created', 'expired', 'halted', 'paused', 'pending'].sort(),
    );
    expect(statuses(orders)).toEqual(['attempted', 'created', 'paid']);
    expect(statuses(payments)).toEqual(['authorized', 'captured', 'failed', 'refunded']);
    expect(statuses(refunds)).toEqual(['failed', 'pending', 'processed']);
    expect(statuses(invoices)).toEqual(['issued', 'paid']);
    expect(statuses(disputes)).toEqual(['closed', 'lost', 'open', 'under_review', 'won']);
  });

  it('answers reconciliation lines as documented', async () => {
    const lines = await razorpay.get('/v1/settlements/recon/combined?year=2026&month=2&count=100');
    expect(lines.items.length).toBeGreaterThan(0);
    expect(answerFaults('recon', lines)).toEqual([]);
  });

  it('sends every event as documented', () => {
    const deliveries = razorpay.control.deliveries();
    expect(deliveries.flatMap(({ body }) => eventFaults(body))).toEqual([]);
    const documented = fixtures
      .filter(({ kind }) => kind === 'event')
      .map(({ body }) => String(body.event))
      .filter((event) => event !== 'payment.pending');
    expect(new Set(deliveries.map(({ event }) => event))).toEqual(new Set(documented));
  });

  it.each<[string, string, object | undefined]>([
    ['POST', '/v1/orders', { amount: 1, currency: 'INR' }],
    ['GET', '/v1/orders/order_00000000000000', undefined],
    ['GET', '/v1/nothing', undefined],
  ])('refuses %s %s as documented', async (method, path, body) => {
    const answer = await razorpay.call(method, path, body);
    expect(answer.status).toBe(400);
    const known = fixtures.filter(({ kind }) => kind === 'error').map(({ body: { error } }) => error);
    expect(known).toContainEqual(answer.body.error);
  });

  it('has the accidents in the form of its errors', async () => {
    razorpay.setChaos({ api: { errors: 1 }, seed: 1 });
    for (let i = 0; i < 10; i += 1) {
      const { status, body } = await razorpay.call('GET', '/v1/orders');
      expect(status).toBeGreaterThanOrEqual(429);
      expect(answerFaults('error', body)).toEqual([]);
    }
    razorpay.setChaos({});
  });
});

/** Makes one of everything, in every status. */
async function liveThrough(razorpay: TestSimulator): Promise<void> {
  const { control } = razorpay;
  const order = (): Promise<Json> =>
    razorpay.post('/v1/orders', { amount: 34_800, currency: 'INR', receipt: 'r', payment_capture: 1, notes: { a: 1 } });
  const pay = async (more: object = {}): Promise<string> =>
    razorpay.paid({ order_id: (await order()).id, ...more }).razorpay_payment_id;
  const mandate = async (more: object = {}, paid: object | undefined = {}): Promise<string> => {
    const { id } = await razorpay.subscribe(more);
    if (paid) razorpay.paid({ subscription_id: id, ...paid });
    return id;
  };
  await razorpay.post('/v1/customers', { name: 'Test Payer', email: 'payer@example.org' });
  const methods = ['card', 'upi', 'netbanking', 'wallet', 'emandate'];
  const payments: string[] = [];
  for (const method of methods) payments.push(await pay({ method }));
  for (const [index, status] of ['open', 'under_review', 'won', 'lost', 'closed'].entries()) {
    control.dispute(payments[index] ?? '', { status });
  }
  control.refund(await pay(), { amount: 100 });
  control.refund(await pay());
  await mandate({ start_at: START + 5 * DAY });
  await mandate({ expire_by: START + DAY }, undefined).catch(() => undefined);
  const unpaid = await razorpay.subscribe({ expire_by: START + DAY });
  const failing = await mandate();
  const changed = await mandate({}, { method: 'card', international: true });
  for (const quantity of [2, 1]) {
    expect((await razorpay.call('PATCH', `/v1/subscriptions/${changed}`, { quantity })).status).toBe(200);
  }
  const paused = await mandate();
  await razorpay.post(`/v1/subscriptions/${paused}/pause`);
  await razorpay.post(`/v1/subscriptions/${paused}/resume`);
  await razorpay.post(`/v1/subscriptions/${paused}/pause`);
  await razorpay.post(`/v1/subscriptions/${await mandate()}/cancel`);
  await mandate({ total_count: 1 });
  control.setCard(failing, { card: 'failing' });
  await control.advance(36 * DAY);
  expect(control.truth().subscriptions.find(({ id }) => id === unpaid.id)?.status).toBe('expired');
  const pending = await mandate();
  const { current_end: renewal } = control.setCard(pending, { card: 'failing' });
  await control.moveTo((renewal ?? 0) + 3600);
  await razorpay.subscribe();
  await mandate({ start_at: control.now() + DAY });
  control.setRefunds('failing');
  control.refund(await pay(), { amount: 300 });
  await control.advance(3600);
  control.setRefunds('slow');
  control.refund(await pay(), { amount: 300 });
  await order();
  razorpay.pay({ order_id: (await order()).id, outcome: 'failed' });
  await pay({ outcome: 'authorized' });
}
