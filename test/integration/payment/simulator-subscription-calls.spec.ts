import { APRIL, FEBRUARY, MARCH, subscriptionCalls } from './simulator-subscription.kit';
import { closeAll, DAY, type Json, START, startTestSimulator, type TestSimulator } from './simulator.kit';

let razorpay: TestSimulator;

beforeEach(async () => {
  razorpay = await startTestSimulator();
});
afterEach(closeAll);

const { get, invoices, active, refusal } = subscriptionCalls(() => razorpay);

describe('cancelling', () => {
  it('now ends it now', async () => {
    const id = await active();
    await razorpay.control.advance(DAY);
    expect(await razorpay.post(`/v1/subscriptions/${id}/cancel`, { cancel_at_cycle_end: 0 })).toMatchObject({
      status: 'cancelled',
      ended_at: START + DAY,
      charge_at: null,
    });
    expect(razorpay.events().at(-1)).toBe('subscription.cancelled');
    expect(await refusal(`/v1/subscriptions/${id}/cancel`)).toBe(
      '400 Subscription is not cancellable in cancelled status.',
    );
  });

  it('at the cycle’s end leaves it active until then', async () => {
    const id = await active();
    expect(await razorpay.post(`/v1/subscriptions/${id}/cancel`, { cancel_at_cycle_end: 1 })).toMatchObject({
      status: 'active',
    });
    await razorpay.control.moveTo(FEBRUARY);
    expect(await get(id)).toMatchObject({ status: 'cancelled', ended_at: FEBRUARY, paid_count: 1 });
    expect(await invoices(id)).toHaveLength(1);
  });

  it('at the end of a cycle needs one', async () => {
    const { id } = await razorpay.subscribe();
    expect(await refusal(`/v1/subscriptions/${id}/cancel`, { cancel_at_cycle_end: true })).toMatch(/^400 .*no billing/);
  });
});

describe('pausing', () => {
  it('makes no invoices until it is resumed, and takes them from no count', async () => {
    const id = await active({ total_count: 3 });
    expect(await razorpay.post(`/v1/subscriptions/${id}/pause`, { pause_at: 'now' })).toMatchObject({
      status: 'paused',
      charge_at: null,
      pause_initiated_by: 'self',
      paused_at: START,
    });
    expect(await refusal(`/v1/subscriptions/${id}/pause`)).toBe('400 Subscription cannot be paused in paused status.');
    await razorpay.control.moveTo(MARCH + DAY);
    expect(await invoices(id)).toHaveLength(1);
    expect(await razorpay.post(`/v1/subscriptions/${id}/resume`, { resume_at: 'now' })).toMatchObject({
      status: 'active',
      charge_at: APRIL,
      remaining_count: 2,
      pause_initiated_by: null,
    });
    expect(await refusal(`/v1/subscriptions/${id}/resume`)).toBe(
      '400 Subscription cannot be resumed in active status.',
    );
    await razorpay.control.moveTo(APRIL);
    expect(await get(id)).toMatchObject({ paid_count: 2, current_start: APRIL });
    expect(razorpay.events()).toEqual(expect.arrayContaining(['subscription.paused', 'subscription.resumed']));
  });
});

describe('changing the plan', () => {
  it.each([
    ['upi', 'subscriptions cannot be updated when payment mode is UPI'],
    ['card', 'subscriptions cannot be updated when payment mode is card'],
  ])('is refused for a mandate by %s of an Indian bank', async (method, description) => {
    const { id } = await razorpay.subscribe();
    const plan = await razorpay.plan(90_000);
    expect(await refusal(`/v1/subscriptions/${id}`, { plan_id: plan.id }, 'PATCH')).toBe(
      "400 Can't update Subscription when Subscription is not in Authenticated or Active state",
    );
    razorpay.paid({ subscription_id: id, method });
    expect(await refusal(`/v1/subscriptions/${id}`, { plan_id: plan.id }, 'PATCH')).toBe(`400 ${description}`);
  });

  it('takes effect at once, or with the next cycle, where it can be called off', async () => {
    const { id } = await razorpay.subscribe();
    razorpay.paid({ subscription_id: id, method: 'card', international: true });
    const [better, best] = [await razorpay.plan(90_000), await razorpay.plan(120_000)];
    const change = (body: object): Promise<Json> =>
      razorpay.call('PATCH', `/v1/subscriptions/${id}`, body).then(({ body: answer }) => answer);
    expect(await change({ plan_id: better.id })).toMatchObject({ plan_id: better.id, has_scheduled_changes: false });
    expect(razorpay.events().slice(-3)).toEqual(['payment.captured', 'order.paid', 'subscription.updated']);

    const path = `/v1/subscriptions/${id}`;
    expect(await refusal(`${path}/retrieve_scheduled_changes`, undefined, 'GET')).toMatch(/^400 No scheduled changes/);
    const later = { plan_id: best.id, schedule_change_at: 'cycle_end' };
    expect(await change(later)).toMatchObject({
      plan_id: better.id,
      has_scheduled_changes: true,
      change_scheduled_at: FEBRUARY,
    });
    expect(await razorpay.get(`${path}/retrieve_scheduled_changes`)).toMatchObject({ plan_id: best.id });
    expect(await razorpay.post(`${path}/cancel_scheduled_changes`)).toMatchObject({ has_scheduled_changes: false });
    await razorpay.control.moveTo(FEBRUARY);
    await change(later);
    await razorpay.control.moveTo(MARCH);
    expect((await invoices(id)).map(({ amount }) => amount)).toEqual([120_000, 90_000, 40_000, 50_000]);
    expect(await get(id)).toMatchObject({ plan_id: best.id, has_scheduled_changes: false });
  });

  it('at once costs the difference for the rest of the cycle, or gives it back', async () => {
    const { id } = await razorpay.subscribe();
    const first = razorpay.paid({ subscription_id: id, method: 'card', international: true }).razorpay_payment_id;
    const { current_start: start, current_end: end } = await get(id);
    await razorpay.control.moveTo(start + Math.floor((end - start) / 2));
    const [better, cheaper] = [await razorpay.plan(90_000), await razorpay.plan(30_000)];
    await razorpay.call('PATCH', `/v1/subscriptions/${id}`, { plan_id: better.id });
    expect((await invoices(id)).map(({ amount, status, billing_end }) => [amount, status, billing_end])).toEqual([
      [20_000, 'paid', end],
      [50_000, 'paid', end],
    ]);
    expect(await get(id)).toMatchObject({ plan_id: better.id, paid_count: 1, current_end: end });
    await razorpay.call('PATCH', `/v1/subscriptions/${id}`, { plan_id: cheaper.id });
    const refunds = razorpay.control.truth().refunds.map(({ amount }) => amount);
    expect(refunds).toEqual([20_000]);
    expect(await get(id)).toMatchObject({ plan_id: cheaper.id });
    expect((await razorpay.get(`/v1/payments/${first}`)).amount_refunded).toBe(0);
  });

  it('at once is not done where the difference can’t be charged', async () => {
    const { id } = await razorpay.subscribe();
    razorpay.paid({ subscription_id: id, method: 'card', international: true });
    razorpay.control.setCard(id, { card: 'failing' });
    const before = await get(id);
    const better = await razorpay.plan(90_000);
    expect(await refusal(`/v1/subscriptions/${id}`, { plan_id: better.id }, 'PATCH')).toMatch(/^400 .*failed/);
    expect(await get(id)).toEqual(before);
    expect(await invoices(id)).toHaveLength(1);
  });
});
