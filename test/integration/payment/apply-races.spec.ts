import { setTimeout as sleep } from 'node:timers/promises';
import { Database } from '../../../src/infra/database/database';
import { UnitOfWork } from '../../../src/infra/database/unit-of-work';
import { ApplyService } from '../../../src/payment/apply/apply.service';
import { MandateRepository } from '../../../src/payment/mandate/mandate.repository';
import { PaymentOrderRepository } from '../../../src/payment/order/payment-order.repository';
import { Settlement } from '../../../src/payment/settlement/settlement.entity';
import {
  aMandate,
  aPaymentOrder,
  captured,
  disputeSnapshot,
  gatewayId,
  invoiceSnapshot,
  orderSnapshot,
  paymentSnapshot,
  reconLine,
  refundSnapshot,
  subscriptionSnapshot,
} from '../../factories/payment';
import { aCreator } from '../../factories/tier';
import { startTestApp, type TestApp } from '../../setup/test-app';
import { bookedFor, expectSoundLedger, listenTo, paymentOf, sourcesOf, type Told } from './apply.kit';

jest.setTimeout(120_000);

/** Two instances on one database. */
let one: TestApp;
let two: TestApp;
let told: Told[];

beforeAll(async () => {
  one = await startTestApp();
  two = await startTestApp();
});

beforeEach(() => (told = listenTo(one, two)));

afterEach(() => jest.restoreAllMocks());

/** Fifty calls at once, by turns on either instance. */
function fifty<T>(call: (apply: ApplyService, index: number) => Promise<T>): Promise<T[]> {
  const applies = [one.get(ApplyService), two.get(ApplyService)] as const;
  return Promise.all(Array.from({ length: 50 }, (_, i) => call(applies[i % 2] ?? applies[0], i)));
}

const news = (applied: readonly { changed: boolean }[]) => applied.filter(({ changed }) => changed).length;
const topics = () => told.map(({ topic }) => topic);
const orderOf = (id: number) => one.get(PaymentOrderRepository).byId(id);

describe('fifty at once', () => {
  it('of one captured payment are one row and one booking', async () => {
    const order = await aPaymentOrder(one);
    const snapshot = paymentSnapshot(order, { status: 'captured' });
    const applied = await fifty((apply) => apply.payment(snapshot, {}));
    expect([news(applied), new Set(applied.map(({ paymentId }) => paymentId)).size]).toEqual([1, 1]);
    expect(await sourcesOf(one, snapshot.id)).toEqual([`capture:${snapshot.id}`]);
    expect(await orderOf(order.id)).toMatchObject({ status: 'paid' });
    expect(topics()).toEqual(['payment-captured']);
  });

  it('of one payment that matches nothing are one row and one booking', async () => {
    const snapshot = paymentSnapshot(undefined, { status: 'captured' });
    const applied = await fifty((apply) => apply.payment(snapshot, {}));
    expect(news(applied)).toBe(1);
    expect(await sourcesOf(one, snapshot.id)).toEqual([`capture:${snapshot.id}`]);
  });

  it('of callback, webhooks and fetches in any order are one sale and one refund', async () => {
    const order = await aPaymentOrder(one);
    const authorized = paymentSnapshot(order);
    const payment = captured(authorized);
    const refund = refundSnapshot(payment);
    await one.get(ApplyService).payment(authorized, {});
    await fifty(async (apply, i) => {
      if (i % 5 === 0) return apply.payment(authorized, {});
      if (i % 5 === 1) return apply.payment({ ...payment, fee: null, tax: null }, {});
      if (i % 5 === 2) return apply.order(orderSnapshot(order, { status: 'paid' }));
      if (i % 5 === 3) return apply.payment(payment, {});
      return apply.refund(refund);
    });
    expect(await paymentOf(one, payment.id)).toMatchObject({ status: 'refunded', refundedAmount: 34_800, fee: 821 });
    expect(await orderOf(order.id)).toMatchObject({ status: 'paid', refundedAmount: 34_800 });
    expect(await bookedFor(one, payment.id, refund.id)).toEqual({
      gateway: -821,
      gateway_fee: 696,
      gateway_tax: 125,
    });
    expect(topics()).toEqual(['payment-captured', 'refund-processed']);
  });

  it('of one charge, with its mandate and without, are booked to the payee', async () => {
    const mandate = await aMandate(one);
    const snapshot = paymentSnapshot(mandate, { status: 'captured', orderId: gatewayId('order') });
    const invoice = invoiceSnapshot(mandate, snapshot);
    const active = subscriptionSnapshot(mandate, { status: 'active', paidCount: 1 });
    await fifty(async (apply, i) => {
      if (i % 3 === 0) return apply.payment(snapshot, {});
      if (i % 3 === 1) return apply.payment(snapshot, { invoice });
      return apply.mandate(active, new Date('2026-03-01T10:00:09Z'));
    });
    expect(await paymentOf(one, snapshot.id)).toMatchObject({ parked: null, mandateId: mandate.id });
    expect(await bookedFor(one, snapshot.id)).toMatchObject({ 'creator:7': -19_900 });
    expect(await bookedFor(one, snapshot.id)).not.toHaveProperty('parked');
    expect(await one.get(MandateRepository).byId(mandate.id)).toMatchObject({ status: 'active', paidCount: 1 });
    expect(topics().sort()).toEqual(['mandate-changed', 'payment-captured']);
  });

  it('payments of one order: one pays it, the others are parked', async () => {
    const order = await aPaymentOrder(one);
    const snapshots = Array.from({ length: 10 }, () => paymentSnapshot(order, { status: 'captured' }));
    await fifty((apply, i) => apply.payment(snapshots[i % 10] ?? paymentSnapshot(order), {}));
    const rows = await Promise.all(snapshots.map(({ id }) => paymentOf(one, id)));
    expect(rows.filter(({ payeeId }) => payeeId === 7)).toHaveLength(1);
    expect(rows.filter(({ parked }) => parked === 'duplicate')).toHaveLength(9);
    expect(topics()).toEqual(['payment-captured']);
  });

  it('payments of one tip bind one payee', async () => {
    const creators = [await aCreator(one), await aCreator(one)] as const;
    const order = await aPaymentOrder(one, { purpose: 'tip', payeeId: null });
    const snapshots = creators.map(({ id }) =>
      paymentSnapshot(order, { status: 'captured', notes: { creatorID: String(id) } }),
    );
    await fifty((apply, i) => apply.payment(snapshots[i % 2] ?? paymentSnapshot(order), {}));
    const bound = (await orderOf(order.id))?.payeeId;
    const rows = await Promise.all(snapshots.map(({ id }) => paymentOf(one, id)));
    expect(rows.map(({ payeeId }) => payeeId).filter((id) => id !== null)).toEqual([bound]);
  });

  it('of one refund, one dispute and one settlement have one effect each', async () => {
    const sale = paymentSnapshot(await aPaymentOrder(one), { status: 'captured', fee: 0, tax: 0 });
    await one.get(ApplyService).payment(sale, {});
    const refund = refundSnapshot(sale, { amount: 800 });
    const dispute = disputeSnapshot(sale, { amount: 1_000 });
    const id = gatewayId('setl');
    const lines = [
      reconLine(id, { entityId: sale.id, type: 'payment', credit: 34_800 }),
      reconLine(id, { entityId: refund.id, type: 'refund', debit: 800, paymentId: sale.id }),
    ];
    await fifty(async (apply, i) => {
      if (i % 3 === 0) return apply.refund(refund);
      if (i % 3 === 1) return apply.dispute(dispute);
      return apply.settlement(i % 2 === 0 ? lines : [...lines].reverse());
    });
    expect(await bookedFor(one, sale.id, refund.id, dispute.id)).toEqual({
      'creator:7': -33_000,
      dispute: -1_000,
      gateway: 34_000,
    });
    expect(topics().sort()).toEqual(['dispute-changed', 'payment-captured', 'refund-processed']);
    expect(await bookedFor(one, id)).toEqual({ bank: 34_000, gateway: -34_000 });
    expect(await one.get(Database).manager.findOneByOrFail(Settlement, { gatewayId: id })).toMatchObject({
      amount: 34_000,
    });
  });

  it('different sales of one creator all get through', async () => {
    const orders = await Promise.all(Array.from({ length: 50 }, () => aPaymentOrder(one, { payeeId: 70 })));
    const snapshots = orders.map((order) => paymentSnapshot(order, { status: 'captured' }));
    const applied = await fifty((apply, i) => apply.payment(snapshots[i] ?? paymentSnapshot(undefined), {}));
    expect([news(applied), told.length]).toEqual([50, 50]);
  });
});

it('a mandate is held before its payment, whoever comes first: nobody waits in a circle', async () => {
  const mandate = await aMandate(one);
  const snapshot = paymentSnapshot(mandate, { status: 'captured', orderId: gatewayId('order') });
  const invoice = invoiceSnapshot(mandate, snapshot);
  const active = subscriptionSnapshot(mandate, { status: 'active', paidCount: 1 });
  let other: Promise<unknown> | undefined;
  let attempts = 0;
  await one.get(UnitOfWork).run(async () => {
    attempts += 1;
    await one.get(ApplyService).mandate(active, new Date('2026-03-01T10:00:09Z'));
    other ??= two.get(UnitOfWork).run(() => {
      attempts += 1;
      return two.get(ApplyService).payment(snapshot, { invoice });
    });
    // As far as it gets meanwhile.
    await sleep(300);
    await one.get(ApplyService).payment(snapshot, { invoice });
  });
  await other;
  expect(attempts).toBe(2);
  expect(await bookedFor(one, snapshot.id)).toMatchObject({ 'creator:7': -19_900 });
});

it('all of it leaves a ledger that adds up', () => expectSoundLedger(one));
