import type { GatewayPayment } from '../../../src/payment/gateway/payment-gateway';
import { ApplyService } from '../../../src/payment/apply/apply.service';
import { MandateRepository, type MandateRow } from '../../../src/payment/mandate/mandate.repository';
import { type OrderRow, PaymentOrderRepository } from '../../../src/payment/order/payment-order.repository';
import { PaymentRepository } from '../../../src/payment/payment/payment.repository';
import {
  aMandate,
  aPaymentOrder,
  captured,
  gatewayId,
  invoiceSnapshot,
  orderSnapshot,
  paymentSnapshot,
  refundSnapshot,
  subscriptionSnapshot,
} from '../../factories/payment';
import { startTestApp, type TestApp } from '../../setup/test-app';
import { bookedFor, expectSoundLedger, listenTo, paymentOf, type Told } from './apply.kit';

jest.setTimeout(120_000);

let app: TestApp;
let apply: ApplyService;
let told: Told[];

beforeAll(async () => {
  app = await startTestApp();
  apply = app.get(ApplyService);
});

beforeEach(() => (told = listenTo(app)));

afterEach(() => jest.restoreAllMocks());

type Event = () => Promise<unknown>;

function permutationsOf<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, i) =>
    permutationsOf([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
  );
}

/** All but what counts up and when it was written. */
async function moneyOf(payment: GatewayPayment, refundId: string): Promise<object> {
  const {
    id,
    orderId,
    mandateId,
    createdAt,
    updatedAt,
    capturedAt,
    gatewayId: _,
    ...row
  } = await paymentOf(app, payment.id);
  const order = orderId === null ? undefined : await app.get(PaymentOrderRepository).byId(orderId);
  const mandate = mandateId === null ? undefined : await app.get(MandateRepository).byId(mandateId);
  return {
    row,
    times: [capturedAt !== null, createdAt <= updatedAt],
    order: order && [order.status, order.refundedAmount, order.payeeId],
    mandate: mandate && [mandate.status, mandate.paidCount, mandate.currentEnd],
    booked: await bookedFor(app, payment.id, refundId),
    told: told.filter(({ payload }) => payload['payment_id'] === id).map(({ topic }) => topic),
  };
}

/** One permutation of `every`, each of a life of its own: eight at a time. */
async function endsOf<T>(every: number, events: number, live: (order: readonly number[]) => Promise<T>): Promise<T[]> {
  const orders = permutationsOf(Array.from({ length: events }, (_, i) => i)).filter((_, i) => i % every === 0);
  const ends: T[] = [];
  for (let i = 0; i < orders.length; i += 8) {
    ends.push(...(await Promise.all(orders.slice(i, i + 8).map(live))));
  }
  return ends;
}

async function inOrder(events: readonly Event[], order: readonly number[]): Promise<void> {
  for (const i of order) await events[i]?.();
}

/** As a webhook does it: what hangs on an unknown payment asks the gateway for it first. */
async function refund(payment: GatewayPayment, refunded: ReturnType<typeof refundSnapshot>): Promise<void> {
  const known = await app.get(PaymentRepository).byGatewayId(payment.id);
  if (known === undefined) await apply.payment({ ...payment, amountRefunded: refunded.amount }, {});
  await apply.refund(refunded);
}

function livesOf(order: OrderRow, amount: number): { events: Event[]; payment: GatewayPayment; refundId: string } {
  const authorized = paymentSnapshot(order);
  const payment = captured(authorized);
  const refunded = refundSnapshot(payment, { amount });
  const events = [
    () => apply.order(orderSnapshot(order, { status: 'attempted' })),
    () => apply.payment(authorized, {}),
    () => apply.payment(payment, {}),
    () => apply.order(orderSnapshot(order, { status: 'paid' })),
    () => refund(payment, refunded),
  ];
  return { events, payment, refundId: refunded.id };
}

it.each([
  ['in full', 1, 34_800, 'refunded', { gateway: -821, gateway_fee: 696, gateway_tax: 125 }],
  ['in part', 7, 4_800, 'captured', { 'creator:7': -30_000, gateway: 29_179, gateway_fee: 696, gateway_tax: 125 }],
])('a sale that is refunded %s ends the same in every order of events', async (_, every, amount, status, booked) => {
  const ends = await endsOf(every, 5, async (order) => {
    const life = livesOf(await aPaymentOrder(app), amount);
    await inOrder(life.events, order);
    // Once more: nothing is news.
    if (every > 1) await inOrder(life.events, [...order].reverse());
    return moneyOf(life.payment, life.refundId);
  });
  expect(ends.length).toBe(Math.ceil(120 / every));
  expect(ends[0]).toMatchObject({
    row: { status, refundedAmount: amount, payeeId: 7, parked: null, purpose: 'tier' },
    order: ['paid', amount, 7],
    booked,
    told: ['payment-captured', 'refund-processed'],
  });
  for (const end of ends) expect(end).toEqual(ends[0]);
});

it('a sale ends the same where all of its events come at once', async () => {
  const ends = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const life = livesOf(await aPaymentOrder(app), 34_800);
      await Promise.all([...life.events, ...life.events].map((event) => event()));
      return moneyOf(life.payment, life.refundId);
    }),
  );
  expect(ends[0]).toMatchObject({ row: { status: 'refunded' }, told: ['payment-captured', 'refund-processed'] });
  for (const end of ends) expect(end).toEqual(ends[0]);
});

it('a charge of a mandate ends the same in every order of events', async () => {
  const month = { currentStart: new Date('2026-03-01T00:00:00Z'), currentEnd: new Date('2026-04-01T00:00:00Z') };
  const chargeOf = (mandate: MandateRow) =>
    paymentSnapshot(mandate, { orderId: gatewayId('order'), invoiceId: gatewayId('inv') });
  const ends = await endsOf(3, 5, async (order) => {
    const mandate = await aMandate(app);
    const authorized = chargeOf(mandate);
    const payment = captured(authorized);
    const invoice = invoiceSnapshot(mandate, payment);
    const active = subscriptionSnapshot(mandate, { status: 'active', paidCount: 1, ...month });
    await inOrder(
      [
        () => apply.payment(authorized, {}),
        () => apply.payment(payment, {}),
        () => apply.payment(payment, { mandateGatewayId: mandate.gatewayId ?? '', invoice }),
        () => apply.mandate(subscriptionSnapshot(mandate), new Date('2026-03-01T10:00:01Z')),
        () => apply.mandate(active, new Date('2026-03-01T10:00:09Z')),
      ],
      order,
    );
    return moneyOf(payment, '-');
  });
  expect(ends[0]).toMatchObject({
    row: { status: 'captured', payeeId: 7, parked: null, purpose: 'tier', periodEnd: month.currentEnd },
    mandate: ['active', 1, month.currentEnd],
    booked: { 'creator:7': -19_900 },
    told: ['payment-captured'],
  });
  for (const end of ends) expect({ ...end, row: undefined }).toEqual({ ...ends[0], row: undefined });
});

it('all of it leaves a ledger that adds up', () => expectSoundLedger(app));
