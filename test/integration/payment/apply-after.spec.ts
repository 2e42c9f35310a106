import type { GatewayPayment } from '../../../src/payment/gateway/payment-gateway';
import { ApplyService } from '../../../src/payment/apply/apply.service';
import { MandateRepository } from '../../../src/payment/mandate/mandate.repository';
import { PaymentOrderRepository } from '../../../src/payment/order/payment-order.repository';
import { RefundRepository } from '../../../src/payment/refund/refund.repository';
import { refundNotes } from '../../../src/payment/refund/refund.rules';
import { Settlement } from '../../../src/payment/settlement/settlement.entity';
import { Database } from '../../../src/infra/database/database';
import {
  aMandate,
  aPaymentOrder,
  aPlan,
  captured,
  disputeSnapshot,
  gatewayId,
  paymentSnapshot,
  reconLine,
  refundSnapshot,
  subscriptionSnapshot,
} from '../../factories/payment';
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
const orderOf = (id: number | null) => app.get(PaymentOrderRepository).byId(id ?? 0);
const refundsOf = (paymentId: number) => app.get(RefundRepository).ofPayment(paymentId);

/** A captured payment of an order, of 34,800; nothing of it is in `told`. */
async function aSale(overrides: Parameters<typeof aPaymentOrder>[1] = {}): Promise<GatewayPayment> {
  const snapshot = paymentSnapshot(await aPaymentOrder(app, overrides), { status: 'captured', fee: 0, tax: 0 });
  await apply.payment(snapshot, {});
  told.length = 0;
  return snapshot;
}

describe('a refund', () => {
  it('in part and the rest of it is booked and told, each once', async () => {
    const sale = await aSale();
    const [part, rest] = [refundSnapshot(sale, { amount: 4_800 }), refundSnapshot(sale, { amount: 30_000 })];
    await apply.refund(part);
    expect(await paymentOf(app, sale.id)).toMatchObject({ status: 'captured', refundedAmount: 4_800 });
    for (const snapshot of [part, rest, rest, part]) await apply.refund(snapshot);
    const payment = await paymentOf(app, sale.id);
    expect(payment).toMatchObject({ status: 'refunded', refundedAmount: 34_800 });
    expect(await orderOf(payment.orderId)).toMatchObject({ status: 'paid', refundedAmount: 34_800 });
    expect(await bookedFor(app, sale.id, part.id, rest.id)).toEqual({});
    expect(await refundsOf(payment.id)).toMatchObject([
      { gatewayId: part.id, refundKey: null, status: 'processed', createdAt: part.createdAt },
      { gatewayId: rest.id },
    ]);
    expect(told.map(({ topic, payload }) => [topic, payload['amount'], payload['refunded_amount']])).toEqual([
      ['refund-processed', 4_800, 4_800],
      ['refund-processed', 30_000, 34_800],
    ]);
    expect(told[0]?.payload).toMatchObject({
      payment_id: payment.id,
      order_id: payment.orderId,
      mandate_id: null,
      purpose: 'tier',
      reference: 'purchase-1',
      payee_id: 7,
      payment_amount: 34_800,
      currency: 'INR',
    });
  });

  it('counts when it has gone through, and not when it failed', async () => {
    const sale = await aSale();
    const [fine, bad] = [refundSnapshot(sale, { amount: 100 }), refundSnapshot(sale, { amount: 200 })];
    for (const refund of [fine, bad]) await apply.refund({ ...refund, status: 'pending' });
    await apply.refund(fine);
    await apply.refund({ ...bad, status: 'failed' });
    expect(await apply.refund(bad)).toMatchObject({ changed: false });
    expect(await paymentOf(app, sale.id)).toMatchObject({ refundedAmount: 100 });
    expect(await sourcesOf(app, fine.id, bad.id)).toEqual([`refund:${fine.id}`]);
    expect(topics()).toEqual(['refund-processed']);
  });

  it('that we asked for is known again by its key', async () => {
    const sale = await aSale();
    const { id: paymentId } = await paymentOf(app, sale.id);
    const now = new Date();
    const id = await app.get(RefundRepository).add({
      gatewayId: null,
      paymentId,
      amount: 100,
      currency: 'INR',
      status: 'requested',
      refundKey: `key-${sale.id}`,
      reason: 'asked for',
      createdAt: now,
      updatedAt: now,
    });
    const refund = refundSnapshot(sale, { amount: 100, notes: refundNotes(`key-${sale.id}`) });
    await apply.refund(refund);
    await apply.refund({ ...refund, notes: {} });
    expect(await refundsOf(paymentId)).toMatchObject([
      { id, gatewayId: refund.id, status: 'processed', reason: 'asked for' },
    ]);
  });

  it('of what was not captured yet, as far as we knew, is booked with the capture', async () => {
    const authorized = paymentSnapshot(await aPaymentOrder(app));
    await apply.payment(authorized, {});
    const refund = refundSnapshot(authorized, { amount: 800 });
    await apply.refund(refund);
    expect([topics(), await sourcesOf(app, refund.id)]).toEqual([[], []]);
    await apply.payment(captured(authorized, { fee: 0, tax: 0 }), {});
    expect(topics()).toEqual(['payment-captured', 'refund-processed']);
    expect(await bookedFor(app, authorized.id, refund.id)).toEqual({ 'creator:7': -34_000, gateway: 34_000 });
  });

  it('of money that nobody captured moves nothing', async () => {
    const authorized = paymentSnapshot(await aPaymentOrder(app));
    await apply.payment({ ...authorized, status: 'refunded', amountRefunded: 34_800 }, {});
    const refund = refundSnapshot(authorized);
    await apply.refund(refund);
    expect(await sourcesOf(app, authorized.id, refund.id)).toEqual([]);
    expect(topics()).toEqual(['payment-failed']);
  });

  it('of parked money is booked there, and told when its payee is known', async () => {
    const order = await aPaymentOrder(app, { payeeId: null });
    const snapshot = paymentSnapshot(order, { status: 'captured', fee: 0, tax: 0 });
    await apply.payment(snapshot, {});
    const refund = refundSnapshot(snapshot, { amount: 800 });
    await apply.refund(refund);
    expect(await bookedFor(app, snapshot.id, refund.id)).toEqual({ gateway: 34_000, parked: -34_000 });
    await app.get(PaymentOrderRepository).change(order.id, { payeeId: 7 });
    await apply.payment(snapshot, {});
    expect(await bookedFor(app, snapshot.id, refund.id)).toEqual({ gateway: 34_000, 'creator:7': -34_000 });
    expect(topics()).toEqual(['payment-captured', 'refund-processed']);
    expect(await orderOf(order.id)).toMatchObject({ refundedAmount: 800 });
  });

  it('waits for its payment', async () => {
    const unknown = paymentSnapshot(undefined);
    await expect(apply.refund(refundSnapshot(unknown))).rejects.toMatchObject({ code: 'payment_unknown' });
    await expect(apply.dispute(disputeSnapshot(unknown))).rejects.toMatchObject({ code: 'payment_unknown' });
  });
});

describe('a dispute', () => {
  it('that is won holds the money for a while', async () => {
    const sale = await aSale();
    const open = disputeSnapshot(sale, { amount: 10_000 });
    await apply.dispute(open);
    await apply.dispute(open);
    expect(await bookedFor(app, sale.id, open.id)).toEqual({ 'creator:7': -24_800, dispute: -10_000, gateway: 34_800 });
    await apply.dispute({ ...open, status: 'under_review', amountDeducted: 10_000 });
    expect(await bookedFor(app, sale.id, open.id)).toEqual({ 'creator:7': -24_800, gateway: 24_800 });
    await apply.dispute({ ...open, status: 'won' });
    expect(await apply.dispute(open)).toMatchObject({ changed: false });
    expect(await bookedFor(app, sale.id, open.id)).toEqual({ 'creator:7': -34_800, gateway: 34_800 });
    expect(await sourcesOf(app, open.id)).toEqual([
      `dispute-hold:${open.id}`,
      `dispute-deduct:${open.id}:10000`,
      `dispute-release:${open.id}`,
      `dispute-return:${open.id}`,
    ]);
    expect(told.map(({ topic, payload }) => [topic, payload['status']])).toEqual([
      ['dispute-changed', 'open'],
      ['dispute-changed', 'under_review'],
      ['dispute-changed', 'won'],
    ]);
  });

  it('that is lost is paid by the payee', async () => {
    const sale = await aSale();
    const open = disputeSnapshot(sale);
    await apply.dispute(open);
    await apply.dispute({ ...open, status: 'lost', amountDeducted: 34_800 });
    expect(await bookedFor(app, sale.id, open.id)).toEqual({});
  });

  it('that is heard of only when it is won, or late, moves nothing', async () => {
    const sale = await aSale();
    const won = disputeSnapshot(sale, { status: 'won' });
    await apply.dispute(won);
    await apply.dispute({ ...won, status: 'open' });
    expect(await sourcesOf(app, won.id)).toEqual([]);
    expect(topics()).toEqual(['dispute-changed']);
  });
});

describe('a settlement', () => {
  const settlementOf = (id: string) => app.get(Database).manager.findOneByOrFail(Settlement, { gatewayId: id });

  it('moves what its lines bring into the bank, in whatever portions they come', async () => {
    const [one, two] = [await aSale(), await aSale()];
    const refund = refundSnapshot(one, { amount: 4_800 });
    await apply.refund(refund);
    const id = gatewayId('setl');
    const lines = [
      reconLine(id, { entityId: one.id, type: 'payment', credit: 34_800 }),
      reconLine(id, { entityId: two.id, type: 'payment', credit: 34_800 }),
      reconLine(id, { entityId: refund.id, type: 'refund', debit: 4_800, paymentId: one.id }),
      reconLine(id, { credit: 50 }),
    ];
    const waiting = reconLine(id, { entityId: gatewayId('pay'), type: 'payment', credit: 9, settled: false });
    expect(await apply.settlement([waiting])).toEqual({ changed: false, paymentId: null });
    expect(await apply.settlement([...lines.slice(0, 2), waiting])).toEqual({ changed: true, paymentId: null });
    await apply.settlement(lines);
    expect(await apply.settlement(lines)).toEqual({ changed: false, paymentId: null });
    expect(await settlementOf(id)).toMatchObject({ amount: 64_850, utr: `utr-${id}`, currency: 'INR' });
    expect(await bookedFor(app, id)).toEqual({ bank: 64_850, gateway: -64_800, adjustment: -50 });
    expect(await sourcesOf(app, id)).toEqual([`settlement:${id}`, `settlement:${id}:2`]);
    expect(await bookedFor(app, id, one.id, two.id)).toMatchObject({ gateway: 4_800 });
  });

  it('tells fees that were not known', async () => {
    const { id: paid, ...rest } = paymentSnapshot(await aPaymentOrder(app), { status: 'captured' });
    await apply.payment({ ...rest, id: paid, fee: null, tax: null }, {});
    const line = { entityId: paid, type: 'payment', credit: 33_979, fee: 821, tax: 125 } as const;
    const id = gatewayId('setl');
    await apply.settlement([reconLine(id, line)]);
    expect(await paymentOf(app, paid)).toMatchObject({ fee: 821, tax: 125 });
    expect(await bookedFor(app, paid, id)).toEqual({
      'creator:7': -34_800,
      bank: 33_979,
      gateway_fee: 696,
      gateway_tax: 125,
    });
    await apply.payment({ ...rest, id: paid }, {});
    expect(await sourcesOf(app, paid)).toEqual([`capture:${paid}`, `fee:${paid}`]);
  });

  it('takes the deduction of a dispute once', async () => {
    const sale = await aSale();
    const lost = disputeSnapshot(sale, { status: 'lost', amountDeducted: 34_800 });
    await apply.dispute(lost);
    const id = gatewayId('setl');
    await apply.settlement([
      reconLine(id, { entityId: sale.id, type: 'payment', credit: 34_800 }),
      reconLine(id, { debit: 34_800, paymentId: sale.id }),
    ]);
    expect(await bookedFor(app, sale.id, lost.id, id)).toEqual({});
  });

  it('takes it once also where the dispute is heard of later', async () => {
    const sale = await aSale();
    const lost = disputeSnapshot(sale, { status: 'lost', amountDeducted: 34_800 });
    const id = gatewayId('setl');
    await apply.settlement([
      reconLine(id, { entityId: sale.id, type: 'payment', credit: 34_800 }),
      reconLine(id, { debit: 34_800, paymentId: sale.id, disputeId: lost.id }),
    ]);
    await apply.dispute(lost);
    expect(await bookedFor(app, sale.id, lost.id, id)).toEqual({});
  });
});

describe('a mandate', () => {
  const mandateOf = (id: number) => app.get(MandateRepository).byId(id);
  const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 10, minute));

  it('is what the newest snapshot says, and tells what matters', async () => {
    const mandate = await aMandate(app);
    const [currentStart, currentEnd] = [new Date('2026-03-01T00:00:00Z'), new Date('2026-04-01T00:00:00Z')];
    const active = subscriptionSnapshot(mandate, { status: 'active', paidCount: 1, currentStart, currentEnd });
    await apply.mandate(subscriptionSnapshot(mandate), at(1));
    await apply.mandate(active, at(3));
    const changed = [
      await apply.mandate(subscriptionSnapshot(mandate), at(2)),
      await apply.mandate(active, at(3)),
      await apply.mandate(active, at(4)),
      await apply.mandate({ ...active, chargeAt: currentEnd }, at(5)),
    ].map((applied) => applied.changed);
    expect(changed).toEqual([false, false, false, true]);
    expect(await mandateOf(mandate.id)).toMatchObject({
      status: 'active',
      paidCount: 1,
      currentStart,
      currentEnd,
      chargeAt: currentEnd,
      snapshotAt: at(5),
    });
    const fact = { mandate_id: mandate.id, purpose: 'tier', reference: 'subscription-1', ends_at_cycle: false };
    expect(told).toEqual([
      {
        topic: 'mandate-changed',
        payload: { ...fact, status: 'authenticated', paid_count: 0, current_end: null },
      },
      {
        topic: 'mandate-changed',
        payload: { ...fact, status: 'active', paid_count: 1, current_end: '2026-04-01T00:00:00.000Z' },
      },
    ]);
  });

  it('costs what its plan costs', async () => {
    const mandate = await aMandate(app);
    const planId = await aPlan(app, `tier_price:${mandate.id}`, 29_900);
    await apply.mandate(subscriptionSnapshot(mandate, { planId }), at(1));
    expect(await mandateOf(mandate.id)).toMatchObject({
      planId,
      planKey: `tier_price:${mandate.id}`,
      amount: 29_900,
    });
  });

  it('that is over wants nothing more, and stays so', async () => {
    const mandate = await aMandate(app, { status: 'active', wanted: 'cancelled' });
    await apply.mandate(subscriptionSnapshot(mandate, { status: 'cancelled' }), at(1));
    await apply.mandate(subscriptionSnapshot(mandate, { status: 'active', paidCount: 9 }), at(2));
    expect(await mandateOf(mandate.id)).toMatchObject({ status: 'cancelled', wanted: null });
  });

  it('that is not ours changes nothing', async () => {
    const foreign = subscriptionSnapshot(await aMandate(app), { id: gatewayId('sub') });
    expect(await apply.mandate(foreign, at(1))).toEqual({ changed: false, paymentId: null });
    expect(told).toEqual([]);
  });
});

it('all of it leaves a ledger that adds up', () => expectSoundLedger(app));
