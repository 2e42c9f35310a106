import { Database } from '../../../src/infra/database/database';
import { UnitOfWork } from '../../../src/infra/database/unit-of-work';
import { ApplyService } from '../../../src/payment/apply/apply.service';
import { PaymentOrderRepository } from '../../../src/payment/order/payment-order.repository';
import { Payment } from '../../../src/payment/payment/payment.entity';
import { PaymentService } from '../../../src/payment/payment/payment.service';
import {
  aMandate,
  aPaymentOrder,
  captured,
  gatewayId,
  invoiceSnapshot,
  orderSnapshot,
  paymentSnapshot,
} from '../../factories/payment';
import { aCreator } from '../../factories/tier';
import { registered } from '../../factories/person';
import { startTestApp, type TestApp } from '../../setup/test-app';
import { bookedFor, expectSoundLedger, listenTo, paymentOf, sourcesOf, type Told } from './apply.kit';

let app: TestApp;
let apply: ApplyService;
let told: Told[];

beforeAll(async () => {
  app = await startTestApp();
  apply = app.get(ApplyService);
});

beforeEach(() => (told = listenTo(app)));

afterEach(() => jest.restoreAllMocks());

const topics = () => told.map(({ topic }) => topic);
const orderOf = (id: number) => app.get(PaymentOrderRepository).byId(id);

describe('a payment of an order', () => {
  it('is booked, told and marks the order when it is captured, once', async () => {
    const order = await aPaymentOrder(app);
    const authorized = paymentSnapshot(order);
    const first = await apply.payment(authorized, {});
    expect(await orderOf(order.id)).toMatchObject({ status: 'attempted' });
    expect([told, await sourcesOf(app, authorized.id)]).toEqual([[], []]);
    const after = await apply.payment(captured(authorized), {});
    const again = await apply.payment(captured(authorized), {});
    expect([first.changed, after.changed, again.changed]).toEqual([true, true, false]);
    expect(first.paymentId).toBe(again.paymentId);
    const payment = await paymentOf(app, authorized.id);
    expect(payment).toMatchObject({
      orderId: order.id,
      purpose: 'tier',
      payerId: 5,
      payeeId: 7,
      status: 'captured',
      fee: 821,
      tax: 125,
      parked: null,
    });
    expect(await orderOf(order.id)).toMatchObject({ status: 'paid' });
    expect(await bookedFor(app, authorized.id)).toEqual({
      'creator:7': -34_800,
      gateway: 33_979,
      gateway_fee: 696,
      gateway_tax: 125,
    });
    expect(told).toEqual([
      {
        topic: 'payment-captured',
        payload: {
          payment_id: payment.id,
          order_id: order.id,
          mandate_id: null,
          purpose: 'tier',
          reference: 'purchase-1',
          payer_id: 5,
          payee_id: 7,
          amount: 34_800,
          currency: 'INR',
          period_start: null,
          period_end: null,
          at: '2026-03-01T10:00:05.000Z',
        },
      },
    ]);
  });

  it('is paid when its payer paid, whenever we hear of it', async () => {
    const order = await aPaymentOrder(app);
    const paid = paymentSnapshot(order, { status: 'captured', createdAt: new Date('2026-02-20T10:00:00Z') });
    await apply.payment(paid, {});
    expect(await app.get(PaymentService).ofOrder(order.id)).toMatchObject({ paidAt: paid.createdAt, refundedAt: null });
  });

  it('never goes back', async () => {
    const order = await aPaymentOrder(app);
    const authorized = paymentSnapshot(order);
    await apply.payment(captured(authorized), {});
    const late = { ...authorized, status: 'failed', errorCode: 'BAD_REQUEST_ERROR' } as const;
    for (const snapshot of [authorized, late]) {
      expect(await apply.payment(snapshot, {})).toMatchObject({ changed: false });
    }
    expect(await paymentOf(app, authorized.id)).toMatchObject({ status: 'captured', errorCode: null });
    expect(topics()).toEqual(['payment-captured']);
  });

  it('fails, and may be good after all', async () => {
    const order = await aPaymentOrder(app);
    const failed = paymentSnapshot(order, {
      status: 'failed',
      errorCode: 'BAD_REQUEST_ERROR',
      errorDescription: 'x'.repeat(600),
    });
    await apply.payment(failed, {});
    expect(await apply.payment(failed, {})).toMatchObject({ changed: false });
    expect(await paymentOf(app, failed.id)).toMatchObject({ errorDescription: 'x'.repeat(500) });
    await apply.payment(captured(failed), {});
    expect(await paymentOf(app, failed.id)).toMatchObject({ status: 'captured', errorCode: null });
    expect(topics()).toEqual(['payment-failed', 'payment-captured']);
  });

  it('comes to nothing where the gateway gave back what nobody captured', async () => {
    const order = await aPaymentOrder(app);
    const authorized = paymentSnapshot(order);
    await apply.payment(authorized, {});
    await apply.payment({ ...authorized, status: 'refunded', amountRefunded: 34_800 }, {});
    expect(topics()).toEqual(['payment-failed']);
    expect(await sourcesOf(app, authorized.id)).toEqual([]);
    expect(await orderOf(order.id)).toMatchObject({ status: 'attempted' });
  });

  it('has its fee booked when it is known', async () => {
    const authorized = paymentSnapshot(await aPaymentOrder(app));
    const withFee = captured(authorized);
    await apply.payment({ ...withFee, fee: null, tax: null }, {});
    expect(await bookedFor(app, authorized.id)).toEqual({ 'creator:7': -34_800, gateway: 34_800 });
    await apply.payment(withFee, {});
    await apply.payment(withFee, {});
    expect(await sourcesOf(app, authorized.id)).toEqual([`capture:${authorized.id}`, `fee:${authorized.id}`]);
    expect(await bookedFor(app, authorized.id)).toEqual({
      'creator:7': -34_800,
      gateway: 33_979,
      gateway_fee: 696,
      gateway_tax: 125,
    });
  });

  it('is not stored, nor told, nor booked, where the caller’s unit of work fails', async () => {
    const snapshot = captured(paymentSnapshot(await aPaymentOrder(app)));
    const failing = app.get(UnitOfWork).run(async () => {
      await apply.payment(snapshot, {});
      throw new Error('afterwards');
    });
    await expect(failing).rejects.toThrow('afterwards');
    expect(await sourcesOf(app, snapshot.id)).toEqual([]);
    expect(await app.get(Database).manager.countBy(Payment, { gatewayId: snapshot.id })).toBe(0);
  });
});

describe('money that is nobody’s', () => {
  it.each([
    ['unmatched', {}, { orderId: 'order_Foreign0000001' }],
    ['unmatched', {}, { orderId: null }],
    ['amount', {}, { amount: 100 }],
    ['amount', {}, { currency: 'USD' }],
    ['no_payee', { payeeId: null }, {}],
    ['no_payee', { payeeId: null }, { notes: { creatorID: '1' } }],
  ] as const)('is parked as %s: order %p, payment %p', async (reason, ours, theirs) => {
    const order = await aPaymentOrder(app, ours);
    const snapshot = paymentSnapshot(order, { ...theirs, status: 'captured' });
    await apply.payment(snapshot, {});
    expect(await apply.payment(snapshot, {})).toMatchObject({ changed: false });
    expect(await paymentOf(app, snapshot.id)).toMatchObject({ parked: reason, payeeId: null, status: 'captured' });
    expect(await bookedFor(app, snapshot.id)).toMatchObject({ parked: -snapshot.amount });
    expect(told).toEqual([]);
  });

  it('is what pays an order for the second time', async () => {
    const order = await aPaymentOrder(app);
    const [one, two] = [paymentSnapshot(order, { status: 'failed' }), paymentSnapshot(order, { status: 'captured' })];
    for (const snapshot of [one, two, captured(one)]) await apply.payment(snapshot, {});
    expect(await paymentOf(app, one.id)).toMatchObject({ parked: 'duplicate', payeeId: null });
    expect(await bookedFor(app, one.id)).toMatchObject({ parked: -34_800 });
    expect(await bookedFor(app, two.id)).toMatchObject({ 'creator:7': -34_800 });
    expect(topics()).toEqual(['payment-failed', 'payment-captured']);
  });
});

describe('a tip without a payee', () => {
  const aTip = (overrides = {}) =>
    aPaymentOrder(app, { purpose: 'tip', reference: 'tip-1', payeeId: null, ...overrides });

  it('goes to the creator whom its payer chose, and no other after that', async () => {
    const [creator, other] = [await aCreator(app), await aCreator(app)];
    const order = await aTip();
    const authorized = paymentSnapshot(order, { notes: { creatorID: String(creator.id) } });
    await apply.payment(authorized, {});
    expect(await orderOf(order.id)).toMatchObject({ payeeId: null });
    await apply.payment(captured(authorized), {});
    await apply.payment(captured(authorized, { notes: { creatorID: String(other.id) } }), {});
    expect(await orderOf(order.id)).toMatchObject({ payeeId: creator.id, status: 'paid' });
    expect(await bookedFor(app, authorized.id)).toMatchObject({ [`creator:${creator.id}`]: -34_800 });
    expect(told.map(({ payload }) => payload['payee_id'])).toEqual([creator.id]);
  });

  it('does not ask the notes where its order names somebody', async () => {
    const order = await aTip({ payeeId: 7 });
    const { id } = await aCreator(app);
    const snapshot = paymentSnapshot(order, { status: 'captured', notes: { creatorID: String(id) } });
    await apply.payment(snapshot, {});
    expect(await paymentOf(app, snapshot.id)).toMatchObject({ payeeId: 7 });
  });

  it.each(['', '0', '-1', '1e3', '99999999999999999999', '424242', 'nobody'])(
    'is parked with %p',
    async (creatorID) => {
      const snapshot = paymentSnapshot(await aTip(), { status: 'captured', notes: { creatorID } });
      await apply.payment(snapshot, {});
      expect(await paymentOf(app, snapshot.id)).toMatchObject({ parked: 'no_payee', purpose: 'tip' });
    },
  );

  it('is parked with somebody who is no creator, until its order has a payee', async () => {
    const { id } = await registered(app);
    const order = await aTip();
    const snapshot = paymentSnapshot(order, { status: 'captured', notes: { creatorID: String(id) } });
    await apply.payment(snapshot, {});
    expect(await paymentOf(app, snapshot.id)).toMatchObject({ parked: 'no_payee' });
    await app.get(PaymentOrderRepository).change(order.id, { payeeId: 7 });
    await apply.payment(snapshot, {});
    expect(await paymentOf(app, snapshot.id)).toMatchObject({ parked: null, payeeId: 7 });
    expect(await bookedFor(app, snapshot.id)).toEqual({
      'creator:7': -34_800,
      gateway: 33_979,
      gateway_fee: 696,
      gateway_tax: 125,
    });
    expect(topics()).toEqual(['payment-captured']);
  });
});

describe('a payment of a mandate', () => {
  it('is for the mandate, and tells for which time', async () => {
    const mandate = await aMandate(app);
    const snapshot = paymentSnapshot(mandate, {
      status: 'captured',
      orderId: gatewayId('order'),
      invoiceId: gatewayId('inv'),
    });
    await apply.payment(snapshot, { invoice: invoiceSnapshot(mandate, snapshot) });
    expect(await paymentOf(app, snapshot.id)).toMatchObject({
      mandateId: mandate.id,
      orderId: null,
      payeeId: 7,
      invoiceId: snapshot.invoiceId,
    });
    expect(told).toMatchObject([
      {
        topic: 'payment-captured',
        payload: {
          mandate_id: mandate.id,
          reference: 'subscription-1',
          period_start: '2026-03-01T00:00:00.000Z',
          period_end: '2026-04-01T00:00:00.000Z',
        },
      },
    ]);
  });

  it('may be another amount: the gateway charges the plan of the day', async () => {
    const mandate = await aMandate(app);
    const snapshot = paymentSnapshot(mandate, { status: 'captured', amount: 5_000, orderId: null });
    await apply.payment(snapshot, { mandateGatewayId: mandate.gatewayId ?? '' });
    expect(await bookedFor(app, snapshot.id)).toMatchObject({ 'creator:7': -5_000 });
  });

  it('that was told without its mandate is parked until it is told with it', async () => {
    const mandate = await aMandate(app);
    const snapshot = paymentSnapshot(mandate, { status: 'captured', orderId: gatewayId('order') });
    await apply.payment(snapshot, {});
    expect(await paymentOf(app, snapshot.id)).toMatchObject({ parked: 'unmatched', purpose: null });
    expect(told).toEqual([]);
    await apply.payment(snapshot, { mandateGatewayId: mandate.gatewayId ?? '' });
    expect(await apply.payment(snapshot, {})).toMatchObject({ changed: false });
    expect(await paymentOf(app, snapshot.id)).toMatchObject({ parked: null, payeeId: 7, mandateId: mandate.id });
    expect(await bookedFor(app, snapshot.id)).toMatchObject({ 'creator:7': -19_900 });
    expect(await bookedFor(app, snapshot.id)).not.toHaveProperty('parked');
    expect(topics()).toEqual(['payment-captured']);
  });
});

describe('an order', () => {
  it('is marked as the gateway tells, and never goes back', async () => {
    const order = await aPaymentOrder(app);
    const statuses = ['attempted', 'paid', 'attempted', 'created'] as const;
    const changed: boolean[] = [];
    for (const status of statuses) changed.push((await apply.order(orderSnapshot(order, { status }))).changed);
    expect(changed).toEqual([true, true, false, false]);
    expect(await orderOf(order.id)).toMatchObject({ status: 'paid' });
    expect(told).toEqual([]);
  });

  it('whose making was never answered is known by its receipt', async () => {
    const order = await aPaymentOrder(app, { gatewayId: null });
    const foreign = orderSnapshot(order, { amount: 1 });
    expect(await apply.order(foreign)).toEqual({ changed: false, paymentId: null });
    const snapshot = orderSnapshot(order);
    await apply.order(snapshot);
    expect(await orderOf(order.id)).toMatchObject({ gatewayId: snapshot.id });
    expect(await apply.order(orderSnapshot(order))).toEqual({ changed: false, paymentId: null });
    expect(await orderOf(order.id)).toMatchObject({ gatewayId: snapshot.id });
  });

  it('that is not ours changes nothing', async () => {
    const foreign = orderSnapshot(await aPaymentOrder(app), { id: gatewayId('order'), receipt: 'theirs' });
    expect(await apply.order({ ...foreign, status: 'paid' })).toEqual({ changed: false, paymentId: null });
  });
});

it('all of it leaves a ledger that adds up', () => expectSoundLedger(app));
