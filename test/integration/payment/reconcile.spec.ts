import { Database, statement } from '../../../src/infra/database/database';
import type { GatewayPayment } from '../../../src/payment/gateway/payment-gateway';
import { bookedFor, expectSoundLedger, paymentOf } from './apply.kit';
import { AMOUNT, FEE, PAYEE, type Reconciling, startReconciling } from './reconcile.kit';

let house: Reconciling;

beforeAll(async () => {
  house = await startReconciling();
});

beforeEach(() => {
  house.gateway.calls.length = 0;
  house.gateway.gone.clear();
  house.gateway.odd.clear();
});

afterEach(async () => {
  await expectSoundLedger(house.app);
});

/** One of each kind, of which no webhook told. */
async function unheard(): Promise<GatewayPayment[]> {
  const { gateway } = house;
  const [first, second, third] = [await house.order(), await house.order(), await house.order()];
  const taken = house.paid(first.gatewayId);
  const held = house.paid(second.gatewayId, { status: 'authorized', captured: false, fee: null, tax: null });
  const disputed = house.paid(third.gatewayId);
  const { payment: monthly } = await house.charged();
  const refund = house.refunded(taken);
  house.disputed(disputed);
  house.settled(gateway.id('setl'), taken, monthly, refund);
  return [taken, held, disputed, monthly];
}

const EACH = [
  'order_behind 2/2',
  'payment_missing 3/3',
  'payment_uncaptured 1/1',
  'mandate_behind 1/1',
  'refund_missing 1/1',
  'dispute_missing 1/1',
  'settlement_missing 1/1',
];

describe('what no webhook told', () => {
  it('is cured, counted once, and zero the second time', async () => {
    const [taken, held, disputed, monthly] = await unheard();
    expect(await house.drift()).toEqual(EACH);
    const creator = `creator:${PAYEE}`;
    const fees = { gateway_fee: 1_000, gateway_tax: 180 };
    expect(await bookedFor(house.app, taken!.id)).toEqual({ [creator]: -AMOUNT, gateway: AMOUNT - FEE.fee, ...fees });
    expect(await paymentOf(house.app, taken!.id)).toMatchObject({ refundedAmount: 20_000, status: 'captured' });
    expect(await paymentOf(house.app, held!.id)).toMatchObject({ status: 'captured', parked: null, payeeId: PAYEE });
    expect(await bookedFor(house.app, disputed!.id)).toMatchObject({ [creator]: -AMOUNT });
    expect(await paymentOf(house.app, monthly!.id)).toMatchObject({ purpose: 'tier', payeeId: PAYEE });
    expect(await house.drift()).toEqual([]);
  });

  it('is only told by a dry run, which writes nothing here or there', async () => {
    await unheard();
    const before = await house.tables();
    house.gateway.calls.length = 0;
    const run = await house.reconciled({ dryRun: true });
    expect(run.drift.map(({ class: name, count, cured }) => `${name} ${count}/${cured}`)).toEqual(
      EACH.map((each) => each.replace(/\d+$/, '0')),
    );
    expect(await house.tables()).toEqual(before);
    const reads = ['orders', 'order', 'payments', 'payment', 'orderPayments', 'invoice', 'invoicesOf', 'subscriptions'];
    const all = [...reads, 'subscription', 'refunds', 'refundsOf', 'disputes', 'reconLines'];
    expect(house.gateway.calls.filter((call) => !all.includes(call))).toEqual([]);
    expect(await house.drift()).toEqual(EACH);
  });

  it('of several payments of one order, the first has paid it', async () => {
    const { gatewayId } = await house.order();
    const minutes = (n: number): Date => new Date(house.clock.now().getTime() - n * 60_000);
    const first = house.paid(gatewayId, { createdAt: minutes(9) });
    const second = house.paid(gatewayId, { createdAt: minutes(3) });
    expect(await house.drift()).toEqual(['order_behind 1/1', 'payment_missing 2/2']);
    expect((await paymentOf(house.app, first.id)).parked).toBeNull();
    expect((await paymentOf(house.app, second.id)).parked).toBe('duplicate');
  });

  it('of an old payment is found where it waits, or is paid out', async () => {
    const { gatewayId } = await house.order();
    const held = house.paid(gatewayId, { status: 'authorized', captured: false, fee: null, tax: null });
    house.gateway.next('capture', 'refused', 'refused');
    expect(await house.drift()).toEqual(['payment_missing 1/1', 'payment_uncaptured 1/0']);
    const old = house.paid((await house.order()).gatewayId);
    house.clock.advance(9 * 86_400_000);
    house.gateway.set(house.gateway.allPayments, held.id, { status: 'refunded', amountRefunded: AMOUNT });
    house.settled(house.gateway.id('setl'), old);
    const since = new Date(house.clock.now().getTime() - 3_600_000);
    expect(await house.drift({ from: since })).toEqual([
      'payment_missing 1/1',
      'payment_behind 1/1',
      'settlement_missing 1/1',
    ]);
    expect(await house.drift({ from: since })).toEqual([]);
    // The order of the old one lies behind the window, and is seen by its payment.
    expect((await house.orders.get((await paymentOf(house.app, old.id)).orderId!)).status).toBe('paid');
  });

  it('of a mandate older than the window is found by a run of a day or more', async () => {
    const { mandateId, gatewayId } = await house.charged();
    await house.reconciled();
    house.clock.advance(20 * 86_400_000);
    house.gateway.set(house.gateway.madeSubscriptions, gatewayId, { status: 'cancelled', endedAt: house.clock.now() });
    const hour = new Date(house.clock.now().getTime() - 3_600_000);
    expect(await house.drift({ from: hour })).toEqual([]);
    expect(await house.drift()).toEqual(['mandate_behind 1/1']);
    expect((await house.mandates.get(mandateId)).status).toBe('cancelled');
  });
});

describe('what was made and never answered', () => {
  it('is found by its receipt and its note', async () => {
    const { gateway, orders, mandates } = house;
    const intent = {
      purpose: 'tip',
      reference: '1',
      payerId: 1,
      payeeId: PAYEE,
      amount: 700,
      currency: 'INR',
    } as const;
    const orderId = await orders.draft({ ...intent, capture: 'automatic' });
    gateway.next('createOrder', 'lost');
    gateway.next('ordersByReceipt', 'unavailable');
    await expect(orders.publish(orderId)).rejects.toThrow();
    const price = { planKey: 'tier_price:lost', planName: 'Lost', totalCount: 12 };
    const mandateId = await mandates.draft({ ...intent, ...price, purpose: 'tier' });
    gateway.next('createSubscription', 'lost');
    gateway.next('subscriptions', 'unavailable');
    await expect(mandates.publish(mandateId)).rejects.toThrow();
    expect(await house.drift({ dryRun: true })).toEqual(['order_missing 1/0', 'mandate_missing 1/0']);
    expect(await house.drift()).toEqual(['order_missing 1/1', 'mandate_missing 1/1']);
    expect((await orders.get(orderId)).gatewayId).toBe(gateway.madeOrders[0]?.id);
    expect((await mandates.get(mandateId)).gatewayId).toBe(gateway.madeSubscriptions[0]?.id);
    const stray = { ...gateway.madeSubscriptions[0]!, id: gateway.id('sub') };
    gateway.madeSubscriptions.unshift(stray);
    expect(await house.drift()).toEqual(['mandate_stray 1/0']);
    gateway.set(gateway.madeSubscriptions, stray.id, { status: 'cancelled' });
    expect(await house.drift()).toEqual([]);
  });

  it('nor was heard there: ends that are wanted are told', async () => {
    const { gateway, mandates, unitOfWork } = house;
    const { mandateId, gatewayId } = await house.charged();
    await house.reconciled();
    await unitOfWork.run(() => mandates.wantCancel(mandateId, { atCycleEnd: false }));
    expect(await house.drift()).toEqual([]);
    house.clock.advance(11 * 60_000);
    expect(await house.drift({ dryRun: true })).toEqual(['mandate_untold 1/0']);
    gateway.next('cancelSubscription', 'unavailable');
    expect(await house.drift()).toEqual(['mandate_untold 1/0']);
    house.clock.advance(11 * 60_000);
    expect(await house.drift()).toEqual(['mandate_untold 1/1']);
    expect(gateway.madeSubscriptions.find(({ id }) => id === gatewayId)?.status).toBe('cancelled');
    expect(await house.drift()).toEqual([]);
  });
});

describe('what is not ours, or not there', () => {
  it('foreign money is parked, and foreign orders and subscriptions are nobody’s', async () => {
    const { gateway } = house;
    const foreign = gateway.pay({ amount: 900, status: 'captured', captured: true, notes: { creatorID: '2' } });
    await gateway.createOrder({ amount: 1, currency: 'INR', receipt: 'theirs', capture: 'automatic', notes: {} });
    await gateway.createSubscription({ planId: 'plan_theirs', totalCount: 1, notes: { intent: 'mandate-1-1' } });
    gateway.pay({ amount: 900, status: 'created' });
    expect(await house.drift()).toEqual(['payment_missing 1/1']);
    expect(await paymentOf(house.app, foreign.id)).toMatchObject({ parked: 'unmatched', payeeId: null });
    expect(await house.drift()).toEqual([]);
  });

  it('what the gateway does not know is reported, and stays as it is', async () => {
    const { gateway } = house;
    const payment = house.paid((await house.order()).gatewayId);
    const refund = house.refunded(payment);
    const dispute = house.disputed(payment);
    const { gatewayId } = await house.charged();
    const lines = house.settled(gateway.id('setl'), payment);
    await house.reconciled();
    const before = await house.tables();
    gateway.gone.add(payment.orderId!).add(payment.id).add(refund.id).add(dispute.id).add(gatewayId);
    gateway.allLines.splice(gateway.allLines.indexOf(lines[0]!), 1);
    const absent = ['order', 'payment', 'mandate', 'refund', 'dispute', 'settlement'].map((of) => `${of}_absent 1/0`);
    expect(await house.drift()).toEqual(absent);
    expect(await house.tables()).toEqual(before);
    gateway.gone.clear();
    gateway.allLines.push(...lines);
    expect(await house.drift()).toEqual([]);
  });

  it('sums that differ are reported, and nothing is booked to make them fit', async () => {
    const { gateway, app } = house;
    const payment = house.paid((await house.order()).gatewayId);
    const [line] = house.settled(gateway.id('setl'), payment);
    await house.reconciled();
    const at = gateway.allLines.indexOf(line!);
    gateway.allLines[at] = { ...line!, credit: line!.credit - 1 };
    const before = await house.tables();
    expect(await house.drift()).toEqual(['settlement_differs 1/0']);
    expect(await house.tables()).toEqual(before);
    gateway.allLines[at] = line!;
    expect(await house.drift()).toEqual([]);
    const shift = statement(
      'test.shift-settlement',
      `update settlement_line set amount = amount + $2 where entity_id = $1`,
    );
    await app.get(Database).execute(shift, [payment.id, 1]);
    expect(await house.drift()).toEqual(['settlement_differs 1/0']);
    await app.get(Database).execute(shift, [payment.id, -1]);
  });

  it('an odd item is reported, and the rest of its page applied', async () => {
    const { gateway } = house;
    const payments = [house.paid((await house.order()).gatewayId), house.paid((await house.order()).gatewayId)];
    gateway.odd.add(payments[0]!.id);
    expect(await house.drift()).toEqual(['order_behind 2/2', 'payment_missing 1/1', 'malformed 1/0']);
    expect(await paymentOf(house.app, payments[1]!.id)).toMatchObject({ status: 'captured' });
    gateway.odd.clear();
    expect(await house.drift()).toEqual(['payment_missing 1/1']);
  });

  it('long lists are read page by page', async () => {
    const { gateway, clock } = house;
    for (let i = 0; i < 230; i += 1) {
      const createdAt = new Date(clock.now().getTime() - i * 1000);
      gateway.pay({ amount: 100, status: 'failed', errorCode: 'BAD', createdAt });
    }
    const calls = gateway.calls.length;
    expect(await house.drift()).toEqual(['payment_missing 230/230']);
    expect(gateway.calls.slice(calls).filter((call) => call === 'payments').length).toBeGreaterThanOrEqual(3);
    gateway.calls.length = 0;
    expect(await house.drift()).toEqual([]);
    // Nothing is asked for twice, but for those that share a page's last second.
    expect(gateway.calls.filter((call) => call === 'payment').length).toBeLessThan(10);
  });
});
