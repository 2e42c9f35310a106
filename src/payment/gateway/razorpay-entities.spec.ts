import {
  DISPUTE,
  INVOICE,
  LINE,
  ORDER,
  PAYMENT,
  PLAN,
  REFUND,
  SUBSCRIPTION,
} from '../../../test/fixtures/razorpay-entities';
import webhooks from '../../../test/vectors/razorpay-webhooks.json';
import { GatewayError } from './gateway-error';
import {
  disputeOf,
  invoiceOf,
  orderOf,
  paymentOf,
  planOf,
  reconLineOf,
  refundOf,
  subscriptionOf,
} from './razorpay-entities';
import { list, listing } from './razorpay-lists';

const at = (seconds: number): Date => new Date(seconds * 1000);

function kindOf(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return error instanceof GatewayError ? error.kind : error;
  }
}

describe('what Razorpay sends', () => {
  it('is read: an order', () => {
    expect(orderOf(ORDER)).toEqual({
      id: 'order_IluGWxBm9U8zJ8',
      amount: 50_000,
      amountPaid: 0,
      currency: 'INR',
      receipt: 'rcptid_11',
      status: 'created',
      notes: {},
      createdAt: at(1_642_662_092),
    });
  });

  it('is read: a payment', () => {
    expect(paymentOf(PAYMENT)).toEqual({
      id: 'pay_G8VQzjPLoAvm6D',
      amount: 1_000,
      currency: 'INR',
      status: 'captured',
      orderId: 'order_G8VPOayFxWEU28',
      invoiceId: null,
      customerId: 'cust_DitrYCFtCIokBO',
      captured: true,
      international: false,
      amountRefunded: 0,
      method: 'upi',
      email: 'payer@example.com',
      contact: '+919999999999',
      fee: 24,
      tax: 4,
      errorCode: null,
      errorDescription: null,
      notes: {},
      createdAt: at(1_606_985_209),
    });
  });

  it('is read: a subscription', () => {
    expect(subscriptionOf(SUBSCRIPTION)).toEqual({
      id: 'sub_00000000000001',
      planId: 'plan_00000000000001',
      customerId: 'cust_D00000000000001',
      status: 'active',
      currentStart: at(1_577_355_871),
      currentEnd: at(1_582_655_400),
      endedAt: null,
      chargeAt: at(1_577_385_991),
      startAt: at(1_577_385_991),
      endAt: at(1_603_737_000),
      totalCount: 6,
      paidCount: 1,
      remainingCount: 5,
      hasScheduledChanges: false,
      changeScheduledAt: null,
      shortUrl: 'https://rzp.io/i/z3b1R61A9',
      paymentMethod: null,
      notes: { notes_key_1: 'Tea, Earl Grey… decaf.', tierID: '4', gift: 'true' },
      createdAt: at(1_577_356_081),
    });
  });

  it('is read: an invoice', () => {
    expect(invoiceOf(INVOICE)).toEqual({
      id: 'inv_00000000000003',
      subscriptionId: 'sub_00000000000001',
      orderId: 'order_00000000000002',
      paymentId: 'pay_00000000000002',
      status: 'paid',
      amount: 99_900,
      currency: 'INR',
      billingStart: at(1_594_491_888),
      billingEnd: at(1_597_170_288),
      createdAt: at(1_593_344_888),
    });
  });

  it('is read: a refund, a dispute, a plan', () => {
    expect(refundOf(REFUND)).toEqual({
      id: 'rfnd_FP8QHiV938haTz',
      paymentId: 'pay_FCXKPFtYfPXJPy',
      amount: 500_100,
      currency: 'INR',
      status: 'processed',
      receipt: 'Receipt No. 31',
      notes: {},
      createdAt: at(1_597_078_866),
    });
    expect(disputeOf(DISPUTE)).toEqual({
      id: 'disp_AHfqOvkldwsbqt',
      paymentId: 'pay_EsyWjHrfzb59eR',
      amount: 10_000,
      currency: 'INR',
      amountDeducted: 0,
      status: 'open',
      phase: 'chargeback',
      reasonCode: 'chargeback',
      createdAt: at(1_590_059_211),
    });
    expect(planOf(PLAN)).toEqual({
      id: 'plan_00000000000001',
      amount: 69_900,
      currency: 'INR',
      name: 'Gold',
      notes: { notes_key_1: 'Tea' },
      createdAt: at(1_580_220_492),
    });
  });

  it('is read: a line of a settlement', () => {
    expect(reconLineOf(LINE)).toEqual({
      entityId: 'rfnd_DGRcGzZSLyEdg1',
      type: 'refund',
      debit: 242_500,
      credit: 0,
      amount: 242_500,
      currency: 'INR',
      fee: 0,
      tax: 0,
      settled: true,
      settledAt: at(1_568_176_960),
      settlementId: 'setl_DGlQ1Rj8os78Ec',
      settlementUtr: '1568176960vxp0rj',
      paymentId: 'pay_DEXq1pACSqFxtS',
      disputeId: null,
      createdAt: at(1_568_107_224),
    });
  });

  it('is read from events, too: the old server’s four', () => {
    const entities = webhooks.map(({ body }) => body.payload as Record<string, { entity: unknown } | undefined>);
    const [first, ...others] = entities.map((payload) => (payload.subscription ?? payload.payment)?.entity);
    expect(subscriptionOf(first)).toMatchObject({ status: 'authenticated', notes: { userID: 'member1', tierID: '4' } });
    expect(others).toHaveLength(3);
    for (const payment of others) expect(paymentOf(payment)).toMatchObject({ status: 'authorized', amount: 34_800 });
  });
});

describe('tolerance', () => {
  it('takes the states that the documents don’t know of an entity', () => {
    expect(subscriptionOf({ ...SUBSCRIPTION, status: 'resumed' }).status).toBe('active');
    expect(paymentOf({ ...PAYMENT, status: 'pending' }).status).toBe('created');
    expect(reconLineOf({ ...LINE, type: 'reversal' }).type).toBe('adjustment');
  });

  it('fills in what is left out', () => {
    const { remaining_count: _, has_scheduled_changes: __, ...older } = SUBSCRIPTION;
    expect(subscriptionOf(older)).toMatchObject({ remainingCount: 5, hasScheduledChanges: false });
    const { amount_refunded: ___, notes: ____, ...payment } = PAYMENT;
    expect(paymentOf(payment)).toMatchObject({ amountRefunded: 0, notes: {} });
  });

  it('takes numbers and texts for each other where no money hangs on it', () => {
    expect(paymentOf({ ...PAYMENT, contact: 919_999_999_999, captured: 1 })).toMatchObject({
      contact: '919999999999',
      captured: true,
    });
    expect(subscriptionOf({ ...SUBSCRIPTION, paid_count: '1' }).paidCount).toBe(1);
  });

  it('takes no time for 0', () => {
    expect(subscriptionOf({ ...SUBSCRIPTION, current_end: 0 }).currentEnd).toBeNull();
  });

  it('keeps names of notes harmless, and NUL out of texts', () => {
    const notes = JSON.parse('{"__proto__":"x","a\\u0000b":"c\\u0000d"}') as object;
    const read = orderOf({ ...ORDER, notes, receipt: 'r\0' });
    expect(Object.entries(read.notes)).toEqual([
      ['__proto__', 'x'],
      ['ab', 'cd'],
    ]);
    expect(read.receipt).toBe('r');
  });
});

describe('an odd entity', () => {
  it.each<[string, (value: unknown) => unknown, object]>([
    ['order', orderOf, ORDER],
    ['payment', paymentOf, PAYMENT],
    ['subscription', subscriptionOf, SUBSCRIPTION],
    ['invoice', invoiceOf, INVOICE],
    ['refund', refundOf, REFUND],
    ['dispute', disputeOf, DISPUTE],
    ['plan', planOf, PLAN],
  ])('is malformed: %s', (_, read, whole) => {
    const ids = ['', 7, null, undefined, 'pay', 'xyz_1', "pay_1'--", 'pay_1/../2', `pay_${'1'.repeat(40)}`];
    for (const id of ids) expect(kindOf(() => read({ ...whole, id }))).toBe('malformed');
    for (const created_at of [null, '1', -1, 1.5, 1_642_662_092_000]) {
      expect(kindOf(() => read({ ...whole, created_at }))).toBe('malformed');
    }
    for (const value of [null, undefined, 'text', 7, [], [whole]]) expect(kindOf(() => read(value))).toBe('malformed');
    expect(kindOf(() => read({ ...whole, entity: 'something' }))).toBe('malformed');
  });

  const AMOUNTS = [null, undefined, '100', -1, 0.5, Number.NaN, 2 ** 53, {}];
  it.each<[string, (amount: unknown) => unknown]>([
    ['order', (amount) => orderOf({ ...ORDER, amount })],
    ['what is paid of an order', (amount_paid) => orderOf({ ...ORDER, amount_paid })],
    ['payment', (amount) => paymentOf({ ...PAYMENT, amount })],
    ['invoice', (amount) => invoiceOf({ ...INVOICE, amount })],
    ['refund', (amount) => refundOf({ ...REFUND, amount })],
    ['dispute', (amount) => disputeOf({ ...DISPUTE, amount })],
    ['plan', (amount) => planOf({ ...PLAN, item: { ...PLAN.item, amount } })],
    ['settled debit', (debit) => reconLineOf({ ...LINE, debit })],
    ['settled credit', (credit) => reconLineOf({ ...LINE, credit })],
  ])('has an amount that is none: %s', (_, read) => {
    for (const amount of AMOUNTS) expect(kindOf(() => read(amount))).toBe('malformed');
  });

  it.each<[string, () => unknown]>([
    ['status of an order', () => orderOf({ ...ORDER, status: 'gone' })],
    ['status of a payment', () => paymentOf({ ...PAYMENT, status: 'CAPTURED' })],
    ['status of a subscription', () => subscriptionOf({ ...SUBSCRIPTION, status: null })],
    ['status of a refund', () => refundOf({ ...REFUND, status: '' })],
    ['status of a dispute', () => disputeOf({ ...DISPUTE, status: 7 })],
    ['status of an invoice', () => invoiceOf({ ...INVOICE, status: 'late' })],
    ['currency', () => paymentOf({ ...PAYMENT, currency: 'inr' })],
    ['order of a payment', () => paymentOf({ ...PAYMENT, order_id: 'pay_1' })],
    ['payment of a refund', () => refundOf({ ...REFUND, payment_id: null })],
    ['plan of a subscription', () => subscriptionOf({ ...SUBSCRIPTION, plan_id: '' })],
    ['count', () => subscriptionOf({ ...SUBSCRIPTION, paid_count: '1.5' })],
    ['fee', () => paymentOf({ ...PAYMENT, fee: '24' })],
    ['flag', () => paymentOf({ ...PAYMENT, captured: 'yes' })],
    ['item of a plan', () => planOf({ ...PLAN, item: null })],
    ['settlement', () => reconLineOf({ ...LINE, settlement_id: 'pay_1' })],
  ])('is malformed by its %s', (_, read) => {
    expect(kindOf(read)).toBe('malformed');
  });

  it('names the field, and nothing of the payer', () => {
    expect(() => paymentOf({ ...PAYMENT, amount: 'payer@example.com' })).toThrow(
      'An odd payment from Razorpay: amount',
    );
  });

  it('is left out of a listing, which tells of it', () => {
    const items = [ORDER, { ...ORDER, id: 'order_Odd', amount: '1' }, null, { entity_id: 'pay_Odd' }, ORDER];
    const read = listing(orderOf)({ entity: 'collection', count: items.length, items });
    expect(read).toEqual({
      items: [orderOf(ORDER), orderOf(ORDER)],
      odd: [
        { id: 'order_Odd', fault: 'An odd order from Razorpay: amount' },
        { id: null, fault: 'An odd order from Razorpay: which is no object' },
        { id: 'pay_Odd', fault: 'An odd order from Razorpay: id' },
      ],
      size: 5,
    });
    expect(kindOf(() => listing(orderOf)({ items: null }))).toBe('malformed');
  });

  it('makes the list of one entity malformed', () => {
    expect(list(orderOf)({ entity: 'collection', count: 1, items: [ORDER] })).toHaveLength(1);
    for (const answer of [null, [], {}, { items: null }, { items: [ORDER, {}] }]) {
      expect(kindOf(() => list(orderOf)(answer))).toBe('malformed');
    }
  });
});
