import { closeAll, DAY, type Json, START, startTestSimulator, type TestSimulator } from './simulator.kit';

let razorpay: TestSimulator;

beforeEach(async () => {
  razorpay = await startTestSimulator();
});
afterEach(closeAll);

const ORDER = { amount: 34_800, currency: 'INR', receipt: 'rcpt-1', payment_capture: 1 };

/** The description of the error with which a call is refused. */
async function refusal(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Json> {
  const answer = await razorpay.call(method, path, body, headers);
  return { status: answer.status, ...answer.body.error };
}

describe('keys', () => {
  it.each([undefined, 'Basic bm9ib2R5Om5vdGhpbmc=', 'Bearer x'])('%s is a 401 in Razorpay’s words', async (given) => {
    for (const path of ['/v1/orders', '/control/truth']) {
      const response = await fetch(`${razorpay.url}${path}`, { headers: given ? { authorization: given } : {} });
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({
        error: {
          code: 'BAD_REQUEST_ERROR',
          description: 'The api key provided is invalid',
          source: 'NA',
          step: 'NA',
          reason: 'NA',
          metadata: {},
        },
      });
    }
  });

  it('an unknown route and a broken body are errors of the same form', async () => {
    expect(await refusal('GET', '/v1/nothing')).toMatchObject({
      status: 400,
      description: 'The requested URL was not found on the server.',
    });
    const response = await fetch(`${razorpay.url}/v1/orders`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${razorpay.keyId}:${razorpay.keySecret}`).toString('base64')}` },
      body: '{',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { description: 'The request body is not valid JSON.' } });
  });
});

describe('orders', () => {
  it('are made and found, by id and by receipt', async () => {
    const order = await razorpay.post('/v1/orders', { ...ORDER, notes: { intent: 'a', tierID: 4 } });
    expect(order).toEqual({
      id: expect.stringMatching(/^order_[A-Za-z0-9]{14}$/),
      entity: 'order',
      amount: 34_800,
      amount_paid: 0,
      amount_due: 34_800,
      currency: 'INR',
      receipt: 'rcpt-1',
      offer_id: null,
      status: 'created',
      attempts: 0,
      notes: { intent: 'a', tierID: 4 },
      created_at: START,
    });
    await razorpay.post('/v1/orders', { ...ORDER, receipt: 'rcpt-2' });
    expect(await razorpay.get(`/v1/orders/${order.id}`)).toEqual(order);
    expect(await razorpay.get('/v1/orders?receipt=rcpt-1')).toEqual({ entity: 'collection', count: 1, items: [order] });
    expect(await refusal('GET', '/v1/orders/order_00000000000000')).toMatchObject({
      status: 400,
      description: 'The id provided does not exist',
    });
  });

  it.each([
    [{ amount: 99 }, 'The amount must be at least INR 1.00', 'amount'],
    [{ amount: 100.5 }, 'The amount must be an integer.', 'amount'],
    [{ amount: undefined }, 'The amount field is required.', 'amount'],
    [{ currency: 'rupees' }, 'Currency is not supported', 'currency'],
    [{ receipt: 'x'.repeat(41) }, 'The receipt may not be greater than 40 characters.', 'receipt'],
    [
      { notes: Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`n${i}`, 'x'])) },
      'The notes may not have more than 15 items.',
      'notes',
    ],
    [{ notes: { a: 'x'.repeat(257) } }, 'The notes key and value may not be greater than 256 characters.', 'notes'],
  ])('%j is refused', async (change, description, field) => {
    expect(await refusal('POST', '/v1/orders', { ...ORDER, ...change })).toEqual({
      status: 400,
      code: 'BAD_REQUEST_ERROR',
      description,
      source: 'business',
      step: 'payment_initiation',
      reason: 'input_validation_failed',
      metadata: {},
      field,
    });
  });

  it('a unique receipt answers the order that is there, and refuses another amount', async () => {
    const first = await razorpay.post('/v1/orders', { ...ORDER, unique_receipt: true });
    expect((await razorpay.post('/v1/orders', { ...ORDER, unique_receipt: true })).id).toBe(first.id);
    expect(await refusal('POST', '/v1/orders', { ...ORDER, amount: 999, unique_receipt: true })).toMatchObject({
      field: 'receipt',
    });
    expect((await razorpay.post('/v1/orders', ORDER)).id).not.toBe(first.id);
  });

  it('are listed newest first, ten at a time, by time and by page', async () => {
    for (let i = 0; i < 12; i += 1) {
      await razorpay.post('/v1/orders', { ...ORDER, receipt: `r${i}` });
      await razorpay.control.advance(10);
    }
    const receipts = async (query: string): Promise<string[]> =>
      (await razorpay.get(`/v1/orders?${query}`)).items.map(({ receipt }: { receipt: string }) => receipt);
    expect(await receipts('')).toEqual(Array.from({ length: 10 }, (_, i) => `r${11 - i}`));
    expect(await receipts('count=3&skip=10')).toEqual(['r1', 'r0']);
    expect(await receipts(`from=${START + 20}&to=${START + 40}`)).toEqual(['r4', 'r3', 'r2']);
    expect(await refusal('GET', '/v1/orders?count=101')).toMatchObject({
      description: 'The count may not be greater than 100.',
    });
  });
});

describe('payments', () => {
  it('of an order that captures by itself are captured, with fee and tax, and pay it', async () => {
    const order = await razorpay.post('/v1/orders', ORDER);
    const { razorpay_payment_id: id } = razorpay.paid({ order_id: order.id, method: 'upi', notes: { type: 'cheer' } });
    expect(await razorpay.get(`/v1/payments/${id}`)).toMatchObject({
      status: 'captured',
      captured: true,
      fee: 821,
      tax: 125,
      method: 'upi',
      notes: { type: 'cheer' },
    });
    expect(await razorpay.get(`/v1/orders/${order.id}`)).toMatchObject({ status: 'paid', amount_due: 0, attempts: 1 });
    expect((await razorpay.get(`/v1/orders/${order.id}/payments`)).items).toHaveLength(1);
    expect(razorpay.events()).toEqual(['payment.authorized', 'payment.captured', 'order.paid']);
    expect(() => razorpay.paid({ order_id: order.id })).toThrow('already paid');
  });

  it('of a manual order are captured by a call, once, whole and in their currency', async () => {
    const order = await razorpay.post('/v1/orders', { ...ORDER, payment_capture: 0 });
    const { razorpay_payment_id: id } = razorpay.paid({ order_id: order.id });
    const capture = `/v1/payments/${id}/capture`;
    expect(await refusal('POST', capture, { amount: 34_700, currency: 'INR' })).toMatchObject({
      description: 'Capture amount must be equal to the amount authorized',
    });
    expect(await refusal('POST', capture, { amount: 34_800, currency: 'USD' })).toMatchObject({ field: 'currency' });
    expect(await razorpay.post(capture, { amount: 34_800, currency: 'INR' })).toMatchObject({ status: 'captured' });
    expect(await refusal('POST', capture, { amount: 34_800, currency: 'INR' })).toMatchObject({
      description: 'This payment has already been captured',
    });
  });

  it('that nobody captures go back after three days, and say that they never were captured', async () => {
    const order = await razorpay.post('/v1/orders', { ...ORDER, payment_capture: 0 });
    const { razorpay_payment_id: id } = razorpay.paid({ order_id: order.id });
    await razorpay.control.advance(3 * DAY - 1);
    expect(await razorpay.get(`/v1/payments/${id}`)).toMatchObject({ status: 'authorized' });
    await razorpay.control.advance(1);
    expect(await razorpay.get(`/v1/payments/${id}`)).toMatchObject({
      status: 'refunded',
      captured: false,
      amount_refunded: 34_800,
      refund_status: 'full',
    });
    expect(razorpay.events()).toEqual(['payment.authorized', 'refund.created', 'refund.processed']);
    expect(razorpay.control.truth().sums).toEqual({});
  });

  it('can fail, and be authorised late: a minute on', async () => {
    const order = await razorpay.post('/v1/orders', ORDER);
    expect(razorpay.pay({ order_id: order.id, outcome: 'failed' })).toMatchObject({
      error: { metadata: { order_id: order.id, payment_id: expect.any(String) } },
    });
    expect(await razorpay.get(`/v1/orders/${order.id}`)).toMatchObject({ status: 'attempted', attempts: 1 });
    const late = razorpay.pay({ order_id: order.id, outcome: 'late', method: 'upi' });
    const id = 'error' in late ? late.error.metadata['payment_id'] : '';
    expect(await razorpay.get(`/v1/payments/${id}`)).toMatchObject({
      status: 'failed',
      error_code: 'BAD_REQUEST_ERROR',
    });
    await razorpay.control.advance(60);
    expect(await razorpay.get(`/v1/payments/${id}`)).toMatchObject({ status: 'captured', error_code: null });
    expect(razorpay.events()).toEqual([
      'payment.failed',
      'payment.failed',
      'payment.authorized',
      'payment.captured',
      'order.paid',
    ]);
  });

  it('only authorised: an order with automatic capture is left to its seller', async () => {
    const order = await razorpay.post('/v1/orders', ORDER);
    const { razorpay_payment_id: id } = razorpay.paid({ order_id: order.id, outcome: 'authorized' });
    expect(await razorpay.get(`/v1/payments/${id}`)).toMatchObject({ status: 'authorized', fee: null });
  });

  it('of less than the order do not pay it', async () => {
    const order = await razorpay.post('/v1/orders', ORDER);
    razorpay.paid({ order_id: order.id, amount: 100 });
    expect(await razorpay.get(`/v1/orders/${order.id}`)).toMatchObject({
      status: 'attempted',
      amount_paid: 100,
      amount_due: 34_700,
    });
  });
});

describe('refunds', () => {
  let payment: string;

  beforeEach(async () => {
    const order = await razorpay.post('/v1/orders', ORDER);
    payment = razorpay.paid({ order_id: order.id }).razorpay_payment_id;
  });

  it('come in parts, and not beyond what was captured', async () => {
    const refund = `/v1/payments/${payment}/refund`;
    expect(await razorpay.post(refund, { amount: 10_000 })).toMatchObject({ status: 'processed', amount: 10_000 });
    expect(await razorpay.get(`/v1/payments/${payment}`)).toMatchObject({
      status: 'captured',
      amount_refunded: 10_000,
      refund_status: 'partial',
    });
    expect(await refusal('POST', refund, { amount: 34_801 })).toMatchObject({
      description: 'The refund amount provided is greater than amount captured',
    });
    expect(await refusal('POST', refund, { amount: 24_801 })).toMatchObject({
      description: 'The total refund amount is greater than the refund payment amount',
    });
    expect(await razorpay.post(refund)).toMatchObject({ amount: 24_800 });
    expect(await refusal('POST', refund)).toMatchObject({
      description: 'The payment has been fully refunded already',
    });
    expect(await razorpay.get(`/v1/payments/${payment}`)).toMatchObject({ status: 'refunded', refund_status: 'full' });
    expect((await razorpay.get(`/v1/payments/${payment}/refunds`)).items).toHaveLength(2);
    expect((await razorpay.get('/v1/refunds?count=1')).items[0]).toMatchObject({ amount: 24_800 });
  });

  it('are made once for one key', async () => {
    const refund = `/v1/payments/${payment}/refund`;
    const key = { 'x-refund-idempotency': 'refund-key-1' };
    const first = await razorpay.post(refund, { amount: 500 }, key);
    expect(await razorpay.post(refund, { amount: 500 }, key)).toEqual(first);
    expect(await refusal('POST', refund, { amount: 501 }, key)).toMatchObject({
      status: 400,
      description: 'Different request with the same idempotency key has already been processed.',
    });
    expect(await refusal('POST', refund, { amount: 500 }, { 'x-refund-idempotency': 'short' })).toMatchObject({
      status: 400,
    });
    expect(razorpay.control.truth().refunds).toHaveLength(1);
  });

  it('can take an hour, or fail after one', async () => {
    await razorpay.post('/control/refunds', { mode: 'slow' });
    const slow = await razorpay.post(`/v1/payments/${payment}/refund`, { amount: 500 });
    expect(slow.status).toBe('pending');
    await razorpay.post('/control/refunds', { mode: 'failing' });
    const failing = await razorpay.post(`/control/payments/${payment}/refund`, { amount: 700 });
    await razorpay.control.advance(3600);
    expect(await razorpay.get(`/v1/refunds/${slow.id}`)).toMatchObject({ status: 'processed' });
    expect(await razorpay.get(`/v1/refunds/${failing.id}`)).toMatchObject({ status: 'failed' });
    expect(await razorpay.get(`/v1/payments/${payment}`)).toMatchObject({ amount_refunded: 500 });
    expect(razorpay.events().slice(3)).toEqual([
      'refund.created',
      'refund.created',
      'refund.processed',
      'refund.failed',
    ]);
  });
});
