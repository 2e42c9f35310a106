import { Logger } from '@nestjs/common';
import { Database, statement } from '../../../src/infra/database/database';
import { DeliveryWorker } from '../../../src/infra/webhook/delivery.worker';
import { LedgerService } from '../../../src/payment/ledger/ledger.service';
import { PaymentGateway } from '../../../src/payment/gateway/payment-gateway';
import { PaymentOrderRepository } from '../../../src/payment/order/payment-order.repository';
import { PaymentRepository } from '../../../src/payment/payment/payment.repository';
import { EventApplication } from '../../../src/payment/webhook/event.application';
import { callRazorpay, eventOf, gatewayId, inboxDrained, nowInSeconds } from '../../factories/razorpay-webhook';
import { paymentEntity, RAZORPAY_ENVIRONMENT } from '../../factories/razorpay-webhook';
import { startTestApp, type TestApp } from '../../setup/test-app';

const AMOUNT = 34_800;
const ORDERS = 60;
const EFFECTS = statement(
  'test.together-effects',
  `select effect from webhook_delivery where source = 'razorpay' and state = 'done' order by id`,
);
const PARKED = statement('test.together-parked', 'select reason from parked_payment order by payment_id');

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp(RAZORPAY_ENVIRONMENT);
});

beforeEach(() => app.get(DeliveryWorker).beforeApplicationShutdown());

afterEach(async () => {
  jest.restoreAllMocks();
  const { unbalanced, drifted } = await app.get(LedgerService).check();
  expect([unbalanced, drifted]).toEqual([[], []]);
});

interface Sold {
  readonly order: Record<string, unknown> & { readonly id: string };
  readonly payment: Record<string, unknown> & { readonly id: string };
}

async function anOrder(payeeId: number): Promise<Sold> {
  const id = gatewayId('order');
  await app.get(PaymentOrderRepository).add({
    gatewayId: id,
    receipt: id,
    purpose: 'tip',
    reference: null,
    payerId: null,
    payeeId,
    amount: AMOUNT,
    currency: 'INR',
    capture: 'automatic',
    status: 'created',
    refundedAmount: 0,
    createdAt: new Date(),
    updatedAt: new Date(),
  });
  const amounts = { amount: AMOUNT, amount_paid: AMOUNT, currency: 'INR' };
  const order = { id, entity: 'order', ...amounts, receipt: id, status: 'paid', notes: [], created_at: nowInSeconds() };
  return { order, payment: paymentEntity({ order_id: id }) as Sold['payment'] };
}

const tell = async (event: string, entities: Record<string, object>): Promise<void> => {
  expect((await callRazorpay(app, eventOf(event, entities))).statusCode).toBe(200);
};

/** Has the worker find all of it at once. */
async function settle(): Promise<void> {
  app.get(DeliveryWorker).onApplicationBootstrap();
  await inboxDrained(app);
}

const owed = async (payeeId: number): Promise<number> =>
  (await app.get(LedgerService).balances(payeeId)).reduce((total, { amount }) => total + amount, 0);

it('what comes at once is applied together, each payment once, and the gateway is asked nothing', async () => {
  const payees = [9_001, 9_002, 9_003];
  const sold = await Promise.all(Array.from({ length: ORDERS }, (_, index) => anOrder(payees[index % 3] ?? 0)));
  // Razorpay tells of one payment twice, and may tell it again.
  for (const { order, payment } of sold) {
    await tell('payment.captured', { payment });
    await tell('order.paid', { order, payment });
    await tell('payment.captured', { payment });
  }
  const together = jest.spyOn(EventApplication.prototype, 'applyTogether');
  const alone = jest.spyOn(EventApplication.prototype, 'apply');
  const invoice = jest.spyOn(app.get(PaymentGateway), 'invoice');
  const asked = jest.spyOn(app.get(PaymentGateway), 'payment');
  await settle();
  expect(together.mock.calls.flatMap(([told]) => told)).toHaveLength(3 * ORDERS);
  expect([alone, invoice, asked].map((spy) => spy.mock.calls)).toEqual([[], [], []]);
  for (const payeeId of payees) expect(await owed(payeeId)).toBe((ORDERS / 3) * AMOUNT);
  for (const { order, payment } of sold) {
    const kept = await app.get(PaymentOrderRepository).byGatewayId(order.id);
    expect(kept).toMatchObject({ status: 'paid' });
    expect(await app.get(PaymentRepository).byGatewayId(payment.id)).toMatchObject({ orderId: kept?.id, parked: null });
  }
  const effects = await app.get(Database).rows<{ effect: { payment: { changed: boolean } } }>(EFFECTS);
  expect(effects.filter(({ effect }) => effect.payment.changed)).toHaveLength(ORDERS);
});

it('of two payments of one order that come at once, one has paid it', async () => {
  const payeeId = 9_010;
  const sold = await Promise.all(Array.from({ length: 10 }, () => anOrder(payeeId)));
  for (const { order, payment } of sold) {
    await tell('payment.captured', { payment });
    await tell('payment.captured', { payment: paymentEntity({ order_id: order.id }) });
  }
  await settle();
  expect(await owed(payeeId)).toBe(10 * AMOUNT);
  const parked = await app.get(Database).rows<{ reason: string }>(PARKED);
  expect(parked.map(({ reason }) => reason)).toEqual(Array.from({ length: 10 }, () => 'duplicate'));
});

it('one that cannot be applied leaves nothing behind, and holds up no other', async () => {
  jest.spyOn(Logger.prototype, 'warn').mockImplementation();
  const payeeId = 9_020;
  const sold = await Promise.all(Array.from({ length: 20 }, () => anOrder(payeeId)));
  const [bad] = sold;
  for (const { payment } of sold) await tell('payment.captured', { payment });
  const payments = app.get(PaymentRepository);
  const store = payments.store.bind(payments);
  const failing = jest.spyOn(payments, 'store').mockImplementation(async (payment, now) => {
    await store(payment, now);
    if (payment.gatewayId === bad?.payment.id) throw new Error('a bug');
  });
  app.get(DeliveryWorker).onApplicationBootstrap();
  const deadline = performance.now() + 20_000;
  while ((await owed(payeeId)) !== 19 * AMOUNT) {
    if (performance.now() > deadline) throw new Error(`only ${await owed(payeeId)} of ${19 * AMOUNT} are booked`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(await app.get(PaymentRepository).byGatewayId(bad?.payment.id ?? '')).toBeUndefined();
  failing.mockRestore();
  await inboxDrained(app);
  expect(await owed(payeeId)).toBe(20 * AMOUNT);
});
