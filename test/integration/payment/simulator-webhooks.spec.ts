import { createHmac } from 'node:crypto';
import { closeAll, DAY, type Received, type Receiver, startReceiver, startTestSimulator } from './simulator.kit';

afterEach(closeAll);

const SECRET = 'whsec-of-this-spec';
const sign = (raw: Buffer | string): string => createHmac('sha256', SECRET).update(raw).digest('hex');
const idOf = ({ headers }: Received): string => String(headers['x-razorpay-event-id']);
const idsOf = ({ received }: Receiver): string[] => received.map(idOf);

async function startBoth(options: object = {}) {
  const receiver = await startReceiver();
  const razorpay = await startTestSimulator({
    webhookUrl: receiver.url,
    webhookSecret: SECRET,
    concurrency: 1,
    ...options,
  });
  const buy = async (): Promise<string> => {
    const order = await razorpay.post('/v1/orders', { amount: 34_800, currency: 'INR', payment_capture: 1 });
    return String(razorpay.paid({ order_id: order.id }).razorpay_payment_id);
  };
  return { receiver, razorpay, buy };
}

describe('an event', () => {
  it('is signed over its raw bytes and has an id of its own', async () => {
    const { receiver, razorpay, buy } = await startBoth();
    const payment = await buy();
    await razorpay.control.flush();
    expect(receiver.received).toHaveLength(3);
    expect(new Set(idsOf(receiver)).size).toBe(3);
    for (const { headers, raw } of receiver.received) expect(headers['x-razorpay-signature']).toBe(sign(raw));
    expect(receiver.received[1]?.body).toMatchObject({
      entity: 'event',
      account_id: razorpay.accountId,
      event: 'payment.captured',
      contains: ['payment'],
      payload: { payment: { entity: { id: payment, status: 'captured' } } },
      created_at: razorpay.control.now(),
    });
  });

  it('is a snapshot of its moment', async () => {
    const { receiver, razorpay, buy } = await startBoth();
    await buy();
    await razorpay.control.flush();
    const authorized = receiver.received.find(({ body }) => body.event === 'payment.authorized');
    expect(authorized?.body.payload.payment.entity).toMatchObject({ status: 'authorized', captured: false, fee: null });
  });

  it('comes again, after growing pauses, until it is taken; with the same id', async () => {
    const { receiver, razorpay, buy } = await startBoth();
    receiver.status = 503;
    await buy();
    await razorpay.control.flush({ retries: false });
    expect(receiver.received).toHaveLength(3);
    await razorpay.control.advance(59);
    expect(receiver.received).toHaveLength(3);
    await razorpay.control.advance(1);
    expect(receiver.received).toHaveLength(6);
    await razorpay.control.advance(119);
    expect(receiver.received).toHaveLength(6);
    receiver.status = 204;
    await razorpay.control.advance(1);
    await razorpay.control.advance(DAY);
    expect(receiver.received).toHaveLength(9);
    expect(new Set(idsOf(receiver)).size).toBe(3);
    expect(razorpay.control.deliveries().map(({ state, tries }) => [state, tries.length])).toEqual(
      Array.from({ length: 3 }, () => ['delivered', 3]),
    );
  });

  it('that is not taken for a day switches the webhook off, until somebody switches it on', async () => {
    const { receiver, razorpay, buy } = await startBoth();
    receiver.status = 500;
    await buy();
    await razorpay.control.advance(2 * DAY);
    expect(razorpay.control.deliveries()[0]).toMatchObject({ state: 'given_up' });
    const tries = receiver.received.length;
    expect(tries).toBeGreaterThan(3 * 8);
    receiver.status = 200;
    await buy();
    await razorpay.control.flush();
    expect(receiver.received).toHaveLength(tries);
    expect(razorpay.control.deliveries().at(-1)).toMatchObject({ state: 'unsent' });
    await razorpay.post('/control/webhooks', { url: receiver.url });
    await buy();
    await razorpay.control.flush();
    expect(receiver.received).toHaveLength(tries + 3);
    const [lost] = razorpay.control.deliveries();
    await razorpay.post(`/control/deliveries/${lost?.id}/resend`);
    await razorpay.control.flush();
    expect(idsOf(receiver).at(-1)).toBe(lost?.id);
  });

  it('that gets no answer in time has failed', async () => {
    const { receiver, razorpay, buy } = await startBoth({ answerWithinMs: 50 });
    receiver.status = 0;
    await buy();
    await razorpay.control.flush({ retries: false });
    expect(razorpay.control.deliveries()[0]).toMatchObject({ state: 'retrying', tries: [{ outcome: 'timeout' }] });
    receiver.status = 200;
    await razorpay.post('/control/webhooks/flush');
    expect(razorpay.control.deliveries().every(({ state }) => state === 'delivered')).toBe(true);
  });

  it('is sent with the new secret once that is changed', async () => {
    const { receiver, razorpay, buy } = await startBoth({ webhookSecret: 'the-old-one' });
    razorpay.control.setWebhook({ secret: SECRET });
    await buy();
    await razorpay.control.flush();
    const [first] = receiver.received;
    expect(first?.headers['x-razorpay-signature']).toBe(sign(first?.raw ?? ''));
  });

  it('is logged where nobody listens', async () => {
    const razorpay = await startTestSimulator();
    const { id } = await razorpay.subscribe();
    razorpay.paid({ subscription_id: id });
    const { items, total } = await razorpay.get('/control/deliveries?count=1&skip=5');
    expect([total, items[0].event, items[0].state]).toEqual([6, 'subscription.charged', 'unsent']);
  });
});

describe('chaos', () => {
  it.each([
    ['duplicate', (ids: string[]) => expect(ids).toHaveLength(2 * new Set(ids).size)],
    ['drop', (ids: string[]) => expect(ids).toEqual([])],
    ['timeout', (ids: string[]) => expect(ids.length).toBeGreaterThan(new Set(ids).size)],
  ] as const)('%s', async (kind, holds) => {
    const { receiver, razorpay, buy } = await startBoth();
    await razorpay.post('/control/chaos', { webhooks: { [kind]: 1 }, seed: 3 });
    await buy();
    await razorpay.control.flush({ retries: false });
    await razorpay.control.advance(60);
    holds(idsOf(receiver));
  });

  it('reorders, and loses nothing', async () => {
    const { receiver, razorpay, buy } = await startBoth();
    razorpay.setChaos({ webhooks: { reorder: 0.5, duplicate: 0.2, timeout: 0.2, delayMs: 2 }, seed: 11 });
    for (let i = 0; i < 20; i += 1) await buy();
    await razorpay.post('/control/webhooks/flush');
    const sent = razorpay.control.deliveries().map(({ id }) => id);
    const first = [...new Set(idsOf(receiver))];
    expect([...first].sort()).toEqual([...sent].sort());
    expect(first).not.toEqual(sent);
  });

  it('repeats itself with the same seed', async () => {
    const run = async (seed: number): Promise<string[]> => {
      const { receiver, razorpay, buy } = await startBoth();
      razorpay.setChaos({ webhooks: { duplicate: 0.3, drop: 0.3 }, seed });
      for (let i = 0; i < 10; i += 1) await buy();
      await razorpay.control.flush();
      return receiver.received.map(({ body }) => body.event);
    };
    const [first, second, other] = [await run(5), await run(5), await run(6)];
    expect(first).toEqual(second);
    expect(first).not.toEqual(other);
  });

  it('breaks calls before their effect and after it', async () => {
    const { razorpay } = await startBoth();
    const order = { amount: 100, currency: 'INR' };
    const outcomes = new Set<number | 'cut'>();
    const attempts = 120;
    razorpay.setChaos({ api: { errors: 0.4, timeout: 0.3 }, seed: 2 });
    for (let i = 0; i < attempts; i += 1) {
      outcomes.add(
        await razorpay.call('POST', '/v1/orders', order).then(
          ({ status }) => status,
          () => 'cut' as const,
        ),
      );
    }
    expect([...outcomes].sort()).toEqual([200, 429, 500, 502, 503, 504, 'cut'].sort());
    razorpay.setChaos({});
    const { status } = await razorpay.call('POST', '/v1/orders', order);
    expect(status).toBe(200);
    const made = razorpay.control.truth().orders.length - 1;
    expect(made).toBeGreaterThan(attempts * 0.3);
    expect(made).toBeLessThan(attempts * 0.8);
  });

  it.each([{ drop: 2 }, { drop: 'often' }, { webhooks: { delayMs: -1 } }])('%j is refused', async (body) => {
    const { razorpay } = await startBoth();
    expect((await razorpay.call('POST', '/control/chaos', body)).status).toBe(400);
  });
});

it('a year of renewals reaches the receiver in order, month by month', async () => {
  const { receiver, razorpay } = await startBoth();
  const { id } = await razorpay.subscribe({ total_count: 12 });
  razorpay.paid({ subscription_id: id });
  await razorpay.post('/control/clock', { advance: 366 * DAY });
  const charged = receiver.received.filter(({ body }) => body.event === 'subscription.charged');
  expect(charged.map(({ body }) => body.payload.subscription.entity.paid_count)).toEqual(
    Array.from({ length: 12 }, (_, index) => index + 1),
  );
  const moments = receiver.received.map(({ body }) => body.created_at as number);
  expect(moments).toEqual([...moments].sort((a, b) => a - b));
});
