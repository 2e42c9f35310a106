import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { familyOf, readEvent } from './razorpay-event.rules';
import { searchTerms } from './search-terms.rules';

interface Vector {
  readonly description: string;
  readonly body: { readonly event: string; readonly created_at: number };
}

const file = resolve(__dirname, '../../../test/vectors/razorpay-webhooks.json');
const VECTORS = JSON.parse(readFileSync(file, 'utf8')) as Vector[];

const bytes = (value: unknown): Buffer => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

const PAYMENT = {
  id: 'pay_Test0000000001',
  entity: 'payment',
  amount: 34800,
  currency: 'INR',
  status: 'captured',
  order_id: 'order_Test000000001',
  created_at: 1616943771,
};
const captured = (payment: object = {}) => ({
  event: 'payment.captured',
  payload: { payment: { entity: { ...PAYMENT, ...payment } } },
});

describe('an event of Razorpay', () => {
  it.each(VECTORS)('is read: $description', ({ body }) => {
    const event = readEvent(bytes(body));
    expect(event).toMatchObject({
      name: body.event,
      accountId: 'acc_Test0000000001',
      createdAt: new Date(body.created_at * 1000),
    });
    expect(Object.values(event.snapshots).filter((snapshot) => snapshot !== undefined)).toHaveLength(1);
  });

  it('has no name or account that can’t be kept', () => {
    const { name, accountId } = readEvent(
      bytes('{"event":"payment\\u0000.x\\ud800","account_id":"acc\\udfff_\\u0000"}'),
    );
    expect([name, accountId]).toEqual(['payment.x\uFFFD', 'acc\uFFFD_']);
  });

  it('tells notes of every kind', () => {
    expect(VECTORS.map(({ body }) => readEvent(bytes(body)).snapshots)).toMatchObject([
      { subscription: { id: 'sub_Test0000000001', status: 'authenticated', notes: { tierID: '4' } } },
      { payment: { status: 'authorized', notes: { tierID: '7' } } },
      { payment: { notes: { creatorID: '11' } } },
      { payment: { notes: { commissionID: '1' } } },
    ]);
    expect(readEvent(bytes(captured({ notes: [] }))).snapshots.payment?.notes).toEqual({});
  });

  it.each([
    ['payment.authorized', 'authorized'],
    ['payment.captured', 'payment'],
    ['payment.failed', 'payment'],
    ['payment.dispute.created', 'dispute'],
    ['payment.downtime.started', 'unknown'],
    ['order.paid', 'order'],
    ['order.notification.delivered', 'unknown'],
    ['subscription.charged', 'subscription'],
    ['subscription.resumed', 'subscription'],
    ['invoice.paid', 'invoice'],
    ['refund.speed_changed', 'refund'],
    ['settlement.processed', 'settlement'],
    ['constructor', 'unknown'],
    ['', 'unknown'],
  ])('%s is about: %s', (name, family) => {
    expect(familyOf(name)).toBe(family);
  });

  it('of an unknown kind is not looked into', () => {
    const odd = { event: 'payment.downtime.started', payload: { payment: { entity: { id: 7 } } } };
    expect(readEvent(bytes(odd))).toMatchObject({ family: 'unknown', snapshots: {} });
  });

  it.each([['[]'], ['null'], ['7'], ['"event"'], ['{}'], ['{"event":7,"payload":[],"created_at":"now"}']])(
    'may be %s',
    (text) => {
      expect(readEvent(bytes(text))).toEqual({
        name: '',
        family: 'unknown',
        accountId: null,
        createdAt: new Date(0),
        snapshots: {},
      });
    },
  );

  it.each([
    ['no JSON', '{"event": '],
    ['an amount that is none', captured({ amount: '34800' })],
    ['an id of something else', captured({ id: 'order_Test000000001' })],
    ['an unknown status', captured({ status: 'lost' })],
  ])('is refused with %s', (_, body) => {
    expect(() => readEvent(bytes(body))).toThrow();
  });
});

describe('search terms', () => {
  it('are the event and the ids of what it is about', () => {
    expect(searchTerms(bytes(captured({ invoice_id: 'inv_1', email: 'payer@example.org' })))).toEqual([
      'payment.captured',
      'pay_Test0000000001',
      'order_Test000000001',
      'inv_1',
    ]);
  });

  it.each([['{'], ['[1]'], ['{"payload":7}'], ['{"payload":{"payment":null,"order":{"entity":[]}}}']])(
    'of %s are none',
    (text) => {
      expect(searchTerms(bytes(text))).toEqual([]);
    },
  );
});
