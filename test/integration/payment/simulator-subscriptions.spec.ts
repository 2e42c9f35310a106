import { APRIL, FEBRUARY, MARCH, subscriptionCalls } from './simulator-subscription.kit';
import { closeAll, DAY, START, startTestSimulator, type TestSimulator } from './simulator.kit';

let razorpay: TestSimulator;

beforeEach(async () => {
  razorpay = await startTestSimulator();
});
afterEach(closeAll);

const { get, invoices, active, refusal } = subscriptionCalls(() => razorpay);

describe('one that starts at once', () => {
  it('is charged when the payer agrees', async () => {
    const { id } = await razorpay.subscribe({ notes: { mandate: '7' } });
    expect(await get(id)).toMatchObject({ status: 'created', charge_at: null, start_at: null, remaining_count: 12 });
    const callback = razorpay.paid({ subscription_id: id, method: 'upi' });
    expect(callback).toEqual({
      razorpay_payment_id: expect.stringMatching(/^pay_/),
      razorpay_subscription_id: id,
      razorpay_signature: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await get(id)).toMatchObject({
      status: 'active',
      current_start: START,
      current_end: FEBRUARY,
      charge_at: FEBRUARY,
      start_at: START,
      end_at: Date.UTC(2026, 11, 4, 18, 30) / 1000,
      paid_count: 1,
      remaining_count: 11,
      payment_method: 'upi',
      notes: { mandate: '7' },
    });
    const [invoice] = await invoices(id);
    expect(invoice).toMatchObject({
      status: 'paid',
      subscription_id: id,
      payment_id: callback.razorpay_payment_id,
      amount: 50_000,
      billing_start: START,
      billing_end: FEBRUARY,
    });
    expect(await razorpay.get(`/v1/payments/${callback.razorpay_payment_id}`)).toMatchObject({
      status: 'captured',
      invoice_id: invoice.id,
      order_id: invoice.order_id,
      description: 'Recurring Payment via Subscription',
    });
    expect(razorpay.events()).toEqual([
      'payment.authorized',
      'subscription.authenticated',
      'payment.captured',
      'order.paid',
      'subscription.activated',
      'subscription.charged',
    ]);
    expect(() => razorpay.paid({ subscription_id: id })).toThrow('in active status');
  });

  it('stays created when the payment fails, and starts when a late one is authorised', async () => {
    const { id } = await razorpay.subscribe();
    razorpay.pay({ subscription_id: id, outcome: 'failed' });
    expect(await get(id)).toMatchObject({ status: 'created', paid_count: 0 });
    razorpay.pay({ subscription_id: id, outcome: 'late', method: 'upi' });
    await razorpay.control.advance(60);
    expect(await get(id)).toMatchObject({ status: 'active', paid_count: 1, start_at: START + 60 });
  });

  it('expires when nobody agrees in time, without an event', async () => {
    const { id } = await razorpay.subscribe({ expire_by: START + DAY });
    await razorpay.control.advance(DAY);
    expect(await get(id)).toMatchObject({ status: 'expired', ended_at: START + DAY });
    expect(razorpay.events()).toEqual([]);
    expect(await refusal(`/v1/subscriptions/${id}/cancel`)).toBe(
      '400 Subscription is not cancellable in expired status.',
    );
  });

  it('completes with its last charge', async () => {
    const id = await active({ total_count: 2 });
    await razorpay.control.moveTo(FEBRUARY);
    expect(await get(id)).toMatchObject({
      status: 'completed',
      paid_count: 2,
      remaining_count: 0,
      ended_at: FEBRUARY,
      current_end: MARCH,
      charge_at: null,
    });
    expect(razorpay.events().slice(-2)).toEqual(['subscription.charged', 'subscription.completed']);
    await razorpay.control.moveTo(APRIL);
    expect(await invoices(id)).toHaveLength(2);
  });
});

describe('one that starts later', () => {
  it('takes a token that goes back, rests authenticated, and is charged when it starts', async () => {
    const { id } = await razorpay.subscribe({ start_at: FEBRUARY, total_count: 3 });
    const { razorpay_payment_id: token } = razorpay.paid({ subscription_id: id });
    expect(await get(id)).toMatchObject({
      status: 'authenticated',
      charge_at: FEBRUARY,
      start_at: FEBRUARY,
      end_at: APRIL,
      current_start: null,
      paid_count: 0,
    });
    expect(await razorpay.get(`/v1/payments/${token}`)).toMatchObject({
      status: 'refunded',
      captured: false,
      amount: 500,
    });
    await razorpay.control.moveTo(FEBRUARY);
    expect(await get(id)).toMatchObject({
      status: 'active',
      current_start: FEBRUARY,
      current_end: MARCH,
      paid_count: 1,
    });
    expect(razorpay.events()).toEqual([
      'payment.authorized',
      'refund.created',
      'refund.processed',
      'subscription.authenticated',
      'subscription.activated',
      'payment.authorized',
      'payment.captured',
      'order.paid',
      'subscription.charged',
    ]);
  });

  it('expires when it should start and nobody has agreed', async () => {
    const { id } = await razorpay.subscribe({ start_at: FEBRUARY });
    await razorpay.control.moveTo(FEBRUARY);
    expect(await get(id)).toMatchObject({ status: 'expired' });
  });

  it('is cancelled by a pause, and can’t start in the past', async () => {
    const { id } = await razorpay.subscribe({ start_at: FEBRUARY });
    razorpay.paid({ subscription_id: id });
    expect(await razorpay.post(`/v1/subscriptions/${id}/pause`, { pause_at: 'now' })).toMatchObject({
      status: 'cancelled',
    });
    const plan = await razorpay.plan();
    expect(await refusal('/v1/subscriptions', { plan_id: plan.id, total_count: 2, start_at: START })).toBe(
      '400 The start at must be a time in the future.',
    );
    expect(await refusal('/v1/subscriptions', { plan_id: plan.id, total_count: 2, quantity: 0 })).toBe(
      '400 The quantity must be at least 1.',
    );
  });
});

describe('a card that fails', () => {
  let id: string;

  beforeEach(async () => {
    id = await active({ total_count: 4 });
    await razorpay.post(`/control/subscriptions/${id}`, { card: 'failing' });
    await razorpay.control.moveTo(FEBRUARY);
  });

  it('is tried again on three days, then the subscription is halted and its next invoice stays open', async () => {
    expect(await get(id)).toMatchObject({
      status: 'pending',
      auth_attempts: 1,
      charge_at: FEBRUARY + DAY,
      current_end: MARCH,
      paid_count: 1,
      remaining_count: 2,
    });
    await razorpay.control.advance(2 * DAY);
    expect(await get(id)).toMatchObject({ status: 'pending', auth_attempts: 3 });
    await razorpay.control.advance(DAY);
    expect(await get(id)).toMatchObject({ status: 'halted', auth_attempts: 4, charge_at: MARCH });
    const news = razorpay.events().slice(6);
    const attempt = ['payment.failed', 'subscription.pending'];
    expect(news).toEqual([
      'settlement.processed',
      ...attempt,
      ...attempt,
      ...attempt,
      'payment.failed',
      'subscription.halted',
    ]);
    await razorpay.control.moveTo(MARCH);
    expect(await get(id)).toMatchObject({ status: 'halted', remaining_count: 1 });
    expect((await invoices(id)).map(({ status }) => status)).toEqual(['issued', 'issued', 'paid']);
    expect(razorpay.events().slice(6)).toEqual(news);
  });

  it('is made good at once by another card while pending', async () => {
    await razorpay.control.advance(DAY);
    await razorpay.post(`/control/subscriptions/${id}`, { card: 'ok' });
    expect(await get(id)).toMatchObject({ status: 'active', paid_count: 2, auth_attempts: 0, charge_at: MARCH });
    expect(razorpay.events().slice(-2)).toEqual(['subscription.activated', 'subscription.charged']);
    expect((await invoices(id)).map(({ status }) => status)).toEqual(['paid', 'paid']);
  });

  it('makes good for what comes, not for what was missed, when changed while halted', async () => {
    await razorpay.control.advance(3 * DAY);
    await razorpay.post(`/control/subscriptions/${id}`, { card: 'ok' });
    expect(await get(id)).toMatchObject({ status: 'active', paid_count: 1 });
    await razorpay.control.moveTo(APRIL);
    expect((await invoices(id)).map(({ status }) => status)).toEqual(['paid', 'paid', 'issued', 'paid']);
    expect(await get(id)).toMatchObject({ status: 'completed', paid_count: 3 });
  });

  it('leaves an invoice that can be paid by hand, which wakes a halted subscription', async () => {
    await razorpay.control.advance(3 * DAY);
    const [open] = await invoices(id);
    razorpay.paid({ invoice_id: open.id, method: 'upi' });
    expect(await get(id)).toMatchObject({ status: 'active', paid_count: 2 });
    expect((await invoices(id))[0]).toMatchObject({ status: 'paid' });
    expect(() => razorpay.paid({ invoice_id: open.id })).toThrow('already paid');
  });

  it('ends with all its invoices made, when it is halted to the end', async () => {
    await razorpay.control.moveTo(Date.UTC(2026, 4, 4, 18, 30) / 1000);
    expect(await get(id)).toMatchObject({ status: 'completed', paid_count: 1, remaining_count: 0 });
  });
});

it('a year of renewals is over in a moment, and adds up', async () => {
  const ids = await Promise.all(Array.from({ length: 5 }, () => active({ total_count: 12 })));
  await razorpay.post('/control/clock', { advance: 366 * DAY });
  for (const id of ids) expect(await get(id)).toMatchObject({ status: 'completed', paid_count: 12 });
  const { sums, payments, invoices: all } = razorpay.control.truth();
  expect([payments.length, all.length]).toEqual([60, 60]);
  expect(sums['INR']).toMatchObject({ captured: 60 * 50_000, fee: 60 * 1180, tax: 60 * 180, balance: 0 });
  const starts = all.filter((invoice) => invoice.subscription_id === ids[0]).map((invoice) => invoice.billing_start);
  expect(starts).toEqual(Array.from({ length: 12 }, (_, month) => Date.UTC(2026, month, 4, 18, 30) / 1000));
});
