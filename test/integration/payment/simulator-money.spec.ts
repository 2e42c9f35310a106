import fc from 'fast-check';
import { closeAll, DAY, type Json, START, startTestSimulator, type TestSimulator } from './simulator.kit';

afterEach(closeAll);

const HOUR = 3600;
/** Nine in the morning in India, two days after the start. */
const FIRST_BATCH = START + 2 * DAY + 9 * HOUR;

async function bought(razorpay: TestSimulator, amount = 50_000, currency = 'INR'): Promise<string> {
  const order = await razorpay.post('/v1/orders', { amount, currency, payment_capture: 1, receipt: 'r-1' });
  return String(razorpay.paid({ order_id: order.id }).razorpay_payment_id);
}

const recon = async (razorpay: TestSimulator, query: string): Promise<Json[]> =>
  (await razorpay.get(`/v1/settlements/recon/combined?${query}`)).items;

describe('settlements', () => {
  it('reach the bank two days later, less the fees, with a line for each payment and refund', async () => {
    const razorpay = await startTestSimulator();
    const payment = await bought(razorpay);
    const refund = razorpay.control.refund(payment, { amount: 10_000 });
    await razorpay.control.moveTo(FIRST_BATCH - 1);
    expect((await razorpay.get('/v1/settlements')).items).toEqual([]);
    await razorpay.control.moveTo(FIRST_BATCH);
    const [settlement] = (await razorpay.get('/v1/settlements')).items;
    expect(settlement).toMatchObject({ amount: 50_000 - 1_180 - 10_000, status: 'processed', created_at: FIRST_BATCH });
    const lines = await recon(razorpay, 'year=2026&month=1&day=7');
    expect(lines).toHaveLength(2);
    const common = { settlement_id: settlement.id, settlement_utr: settlement.utr, settled_at: FIRST_BATCH };
    expect(lines[0]).toMatchObject({
      ...common,
      entity_id: payment,
      type: 'payment',
      credit: 48_820,
      debit: 0,
      amount: 50_000,
      fee: 1_180,
      tax: 180,
      order_receipt: 'r-1',
    });
    expect(lines[1]).toMatchObject({ ...common, entity_id: refund.id, type: 'refund', debit: 10_000, credit: 0 });
    expect(await recon(razorpay, 'year=2026&month=1&day=8')).toEqual([]);
    expect(await recon(razorpay, 'year=2026&month=1&count=1&skip=1')).toHaveLength(1);
    expect((await razorpay.call('GET', '/v1/settlements/recon/combined?year=2026&month=13')).status).toBe(400);
    expect(razorpay.events().at(-1)).toBe('settlement.processed');
    expect(razorpay.control.truth().sums['INR']?.balance).toBe(0);
  });

  it('wait while refunds outweigh payments', async () => {
    const razorpay = await startTestSimulator();
    const payment = await bought(razorpay);
    await razorpay.control.moveTo(FIRST_BATCH);
    razorpay.control.refund(payment);
    await razorpay.control.advance(4 * DAY);
    expect(razorpay.control.truth().settlements).toHaveLength(1);
    await bought(razorpay, 100_000);
    await razorpay.control.advance(4 * DAY);
    expect(razorpay.control.truth().settlements[1]).toMatchObject({ amount: 100_000 - 2_360 - 50_000 });
  });

  it('know nothing of what was never captured', async () => {
    const razorpay = await startTestSimulator();
    const order = await razorpay.post('/v1/orders', { amount: 500, currency: 'INR' });
    razorpay.paid({ order_id: order.id });
    await razorpay.control.advance(3 * DAY);
    await bought(razorpay);
    await razorpay.control.advance(10 * DAY);
    const { refunds, recon: lines } = razorpay.control.truth();
    expect(refunds).toHaveLength(1);
    expect(lines.map(({ type }) => type)).toEqual(['payment']);
  });

  it('are one for each currency', async () => {
    const razorpay = await startTestSimulator();
    await bought(razorpay, 50_000, 'INR');
    await bought(razorpay, 2_000, 'USD');
    await razorpay.control.moveTo(FIRST_BATCH);
    const { settlements, sums } = razorpay.control.truth();
    expect(settlements.map(({ amount }) => amount)).toEqual([48_820, 1_953]);
    expect(sums).toMatchObject({ INR: { captured: 50_000 }, USD: { captured: 2_000, settled: 1_953 } });
  });
});

describe('disputes', () => {
  it('take the money when they are lost', async () => {
    const razorpay = await startTestSimulator();
    const payment = await bought(razorpay);
    const path = `/control/payments/${payment}/dispute`;
    const dispute = await razorpay.post(path, { phase: 'chargeback' });
    expect(dispute).toMatchObject({ status: 'open', amount: 50_000, amount_deducted: 0, payment_id: payment });
    expect(await razorpay.post(path, { status: 'under_review' })).toMatchObject({ id: dispute.id });
    expect(await razorpay.post(path, { status: 'lost' })).toMatchObject({ status: 'lost', amount_deducted: 50_000 });
    expect((await razorpay.call('POST', path, { status: 'won' })).status).toBe(400);
    expect(razorpay.events().slice(3)).toEqual([
      'payment.dispute.created',
      'payment.dispute.under_review',
      'payment.dispute.lost',
    ]);
    expect(razorpay.control.truth().sums['INR']).toMatchObject({ disputed: 50_000, balance: -1_180 });
  });

  it('that take it when they are raised give it back when they are won', async () => {
    const razorpay = await startTestSimulator();
    const payment = await bought(razorpay);
    await bought(razorpay);
    const path = `/control/payments/${payment}/dispute`;
    expect(await razorpay.post(path, { deduct: true, amount: 20_000 })).toMatchObject({ amount_deducted: 20_000 });
    expect(await razorpay.post(path, { status: 'won' })).toMatchObject({ amount_deducted: 0 });
    await razorpay.control.moveTo(FIRST_BATCH);
    const adjustments = (await recon(razorpay, 'year=2026&month=1')).filter(({ type }) => type === 'adjustment');
    expect(adjustments.map(({ debit, credit }) => [debit, credit])).toEqual([
      [20_000, 0],
      [0, 20_000],
    ]);
    expect(razorpay.control.truth().sums['INR']).toMatchObject({ disputed: 0, balance: 0 });
  });

  it('need a captured payment', async () => {
    const razorpay = await startTestSimulator();
    const order = await razorpay.post('/v1/orders', { amount: 500, currency: 'INR' });
    const { razorpay_payment_id: id } = razorpay.paid({ order_id: order.id });
    expect((await razorpay.call('POST', `/control/payments/${id}/dispute`, {})).status).toBe(400);
  });
});

it('whatever happens, the money adds up', async () => {
  const action = fc.record({
    what: fc.constantFrom('buy', 'buy late', 'refund', 'dispute', 'lose', 'win', 'subscribe', 'break', 'mend', 'wait'),
    which: fc.nat(20),
    amount: fc.integer({ min: 100, max: 90_000 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 25 }), async (actions) => {
      const razorpay = await startTestSimulator();
      for (const one of actions) await act(razorpay, one);
      await razorpay.control.advance(10 * DAY);
      const { payments, recon: lines, settlements, sums, now } = razorpay.control.truth();
      const total = settlements.reduce((sum, { amount }) => sum + amount, 0);
      const settled = lines.reduce((sum, { credit, debit }) => sum + credit - debit, 0);
      expect([settled, sums['INR']?.settled ?? 0]).toEqual([total, total]);
      expect(new Set(lines.map(({ entity_id: id }) => id)).size).toBe(lines.length);
      for (const { amount, amount_refunded: refunded, captured, fee, status, created_at: at } of payments) {
        expect(refunded).toBeLessThanOrEqual(amount);
        expect(captured).toBe(fee !== null);
        if (status === 'authorized') expect(now - at).toBeLessThanOrEqual(3 * DAY + 60);
      }
      await razorpay.close();
    }),
    { numRuns: 40 },
  );
});

interface Action {
  readonly what: string;
  readonly which: number;
  readonly amount: number;
}

/** Does it where it can be done; what Razorpay refuses is refused. */
async function act(razorpay: TestSimulator, { what, which, amount }: Action): Promise<void> {
  const { control } = razorpay;
  const { payments, subscriptions } = control.truth();
  const payment = payments[which % Math.max(payments.length, 1)]?.id ?? 'pay_00000000000000';
  const subscription = subscriptions[which % Math.max(subscriptions.length, 1)]?.id ?? 'sub_00000000000000';
  const order = async (): Promise<string> =>
    String((await razorpay.post('/v1/orders', { amount, currency: 'INR', payment_capture: which % 2 })).id);
  const allowed = (doIt: () => unknown): void => {
    try {
      doIt();
    } catch (error) {
      expect(error).toMatchObject({ status: 400 });
    }
  };
  switch (what) {
    case 'buy':
      return void razorpay.pay({ order_id: await order() });
    case 'buy late':
      return void razorpay.pay({ order_id: await order(), outcome: 'late' });
    case 'refund':
      return allowed(() => control.refund(payment, { amount }));
    case 'dispute':
      return allowed(() => control.dispute(payment, { deduct: which % 2 }));
    case 'lose':
      return allowed(() => control.dispute(payment, { status: 'lost' }));
    case 'win':
      return allowed(() => control.dispute(payment, { status: 'won' }));
    case 'subscribe':
      return void razorpay.pay({ subscription_id: (await razorpay.subscribe({ total_count: 3 })).id });
    case 'break':
      return allowed(() => control.setCard(subscription, { card: 'failing' }));
    case 'mend':
      return allowed(() => control.setCard(subscription, { card: 'ok' }));
    default:
      return void (await control.advance(which * DAY));
  }
}
