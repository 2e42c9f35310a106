import { Database, statement } from '../../../src/infra/database/database';
import { LedgerService } from '../../../src/payment/ledger/ledger.service';
import { GatewayError } from '../../../src/payment/gateway/gateway-error';
import { PaymentGateway } from '../../../src/payment/gateway/payment-gateway';
import { invoiceOf, paymentOf, reconLineOf } from '../../../src/payment/gateway/razorpay-entities';
import { MandateRepository } from '../../../src/payment/mandate/mandate.repository';
import { PaymentOrderRepository } from '../../../src/payment/order/payment-order.repository';
import {
  callRazorpay,
  eventOf,
  gatewayId,
  inboxDrained,
  nowInSeconds,
  paymentEntity,
  RAZORPAY_ENVIRONMENT,
} from '../../factories/razorpay-webhook';
import { startTestApp, type TestApp } from '../../setup/test-app';

const PAYEE = 4711;
const AMOUNT = 34_800;

interface Row {
  readonly status: string;
  readonly orderId: number | null;
  readonly mandateId: number | null;
  readonly parked: string | null;
}

const PAYMENT = statement(
  'test.payment',
  `select status, order_id as "orderId", mandate_id as "mandateId", parked from payment where gateway_id = $1`,
);
const BOOKED = statement('test.booked', 'select source from ledger_transaction where source like $1 order by id');

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp(RAZORPAY_ENVIRONMENT);
});

afterEach(async () => {
  jest.restoreAllMocks();
  const { unbalanced, drifted } = await app.get(LedgerService).check();
  expect([unbalanced, drifted]).toEqual([[], []]);
});

const now = (): Date => new Date();
const paymentRow = (payment: { id?: unknown }): Promise<Row | undefined> =>
  app.get(Database).first<Row>(PAYMENT, [payment.id]);

async function booked(id: unknown): Promise<string[]> {
  const rows = await app.get(Database).rows<{ source: string }>(BOOKED, [`%${String(id)}%`]);
  return rows.map(({ source }) => source);
}

async function tell(event: string, entities: Record<string, object>): Promise<void> {
  expect((await callRazorpay(app, eventOf(event, entities))).statusCode).toBe(200);
}

/** One after the other. */
async function tellAll(...events: readonly [string, Record<string, object>][]): Promise<void> {
  for (const [event, entities] of events) {
    await tell(event, entities);
    await inboxDrained(app);
  }
}

async function anOrder(): Promise<{ id: number; gatewayId: string; entity: object }> {
  const order = gatewayId('order');
  const id = await app.get(PaymentOrderRepository).add({
    gatewayId: order,
    receipt: order,
    purpose: 'tip',
    reference: null,
    payerId: null,
    payeeId: PAYEE,
    amount: AMOUNT,
    currency: 'INR',
    capture: 'automatic',
    status: 'created',
    refundedAmount: 0,
    createdAt: now(),
    updatedAt: now(),
  });
  const entity = { id: order, entity: 'order', amount: AMOUNT, amount_paid: AMOUNT, currency: 'INR', receipt: order };
  return { id, gatewayId: order, entity: { ...entity, status: 'paid', notes: [], created_at: nowInSeconds() } };
}

describe('a payment', () => {
  it('told fifty times at once, under fifty ids, is one', async () => {
    const order = await anOrder();
    const payment = paymentEntity({ order_id: order.gatewayId });
    const told = eventOf('payment.captured', { payment });
    await Promise.all(Array.from({ length: 50 }, () => callRazorpay(app, told)));
    await inboxDrained(app);
    expect(await paymentRow(payment)).toEqual({ status: 'captured', orderId: order.id, mandateId: null, parked: null });
    expect(await booked(payment.id)).toEqual([`capture:${String(payment.id)}`]);
    expect(await app.get(PaymentOrderRepository).byId(order.id)).toMatchObject({ status: 'paid' });
  });

  it('that failed may be captured later, and is never taken back', async () => {
    const order = await anOrder();
    const captured = paymentEntity({ order_id: order.gatewayId });
    const failed = { ...captured, status: 'failed', captured: false, error_code: 'BAD_REQUEST_ERROR' };
    await tellAll(['payment.failed', { payment: failed }]);
    expect(await paymentRow(captured)).toMatchObject({ status: 'failed' });
    await tellAll(['payment.captured', { payment: captured }], ['payment.failed', { payment: failed }]);
    expect(await paymentRow(captured)).toMatchObject({ status: 'captured' });
  });

  it('that is authorised is captured by us', async () => {
    const order = await anOrder();
    const authorized = paymentEntity({ order_id: order.gatewayId, status: 'authorized', captured: false });
    const gateway = app.get(PaymentGateway);
    jest.spyOn(gateway, 'payment').mockResolvedValue(paymentOf(authorized));
    const capture = jest
      .spyOn(gateway, 'capture')
      .mockResolvedValue(paymentOf({ ...authorized, status: 'captured', captured: true }));
    await tellAll(['payment.authorized', { payment: authorized }]);
    expect(capture.mock.calls).toEqual([[authorized.id, { amount: AMOUNT, currency: 'INR' }]]);
    expect(await paymentRow(authorized)).toMatchObject({ status: 'captured', orderId: order.id });
  });

  it('waits while the gateway is down, and is captured when it is back', async () => {
    const order = await anOrder();
    const authorized = paymentEntity({ order_id: order.gatewayId, status: 'authorized', captured: false });
    const captured = paymentOf({ ...authorized, status: 'captured', captured: true });
    const ask = jest.spyOn(app.get(PaymentGateway), 'payment');
    ask.mockRejectedValueOnce(new GatewayError('unavailable', 'no connection')).mockResolvedValue(captured);
    await tellAll(['payment.authorized', { payment: authorized }]);
    expect(ask).toHaveBeenCalledTimes(2);
    expect(await paymentRow(authorized)).toMatchObject({ status: 'captured' });
  });

  it('comes with its order', async () => {
    const order = await anOrder();
    const payment = paymentEntity({ order_id: order.gatewayId });
    await tellAll(['order.paid', { order: order.entity, payment }]);
    expect(await paymentRow(payment)).toMatchObject({ status: 'captured', orderId: order.id });
    expect(await app.get(PaymentOrderRepository).byId(order.id)).toMatchObject({ status: 'paid' });
  });

  it('that matches nothing of ours is parked', async () => {
    const payment = paymentEntity({ order_id: gatewayId('order') });
    await tellAll(['payment.captured', { payment }]);
    expect(await paymentRow(payment)).toMatchObject({ status: 'captured', parked: 'unmatched', orderId: null });
  });
});

it('a subscription is charged: its payment is linked, and the period runs on', async () => {
  const [subscription, invoice] = [gatewayId('sub'), gatewayId('inv')];
  const mandate = await app.get(MandateRepository).add({
    gatewayId: subscription,
    planId: gatewayId('plan'),
    planKey: 'tier_price:1',
    planName: 'Gold',
    purpose: 'tier',
    reference: '1',
    payerId: null,
    payeeId: PAYEE,
    amount: AMOUNT,
    currency: 'INR',
    status: 'created',
    totalCount: 12,
    paidCount: 0,
    currentStart: null,
    currentEnd: null,
    chargeAt: null,
    startAt: null,
    endedAt: null,
    hasScheduledChanges: false,
    endsAtCycle: false,
    snapshotAt: null,
    wanted: null,
    nextPlanKey: null,
    nextPlanName: null,
    nextAmount: null,
    shortUrl: null,
    createdAt: now(),
    updatedAt: now(),
  });
  const [start, end] = [nowInSeconds(), nowInSeconds() + 30 * 86_400];
  const entity = {
    id: subscription,
    entity: 'subscription',
    plan_id: gatewayId('plan'),
    status: 'active',
    current_start: start,
    current_end: end,
    total_count: 12,
    paid_count: 1,
    notes: [],
    created_at: start,
  };
  const of = { id: invoice, subscription_id: subscription, status: 'paid', amount: AMOUNT, currency: 'INR' };
  const found = invoiceOf({ ...of, billing_start: start, billing_end: end, created_at: start });
  jest.spyOn(app.get(PaymentGateway), 'invoice').mockResolvedValue(found);
  const payment = paymentEntity({ invoice_id: invoice, order_id: gatewayId('order') });
  await tellAll(['payment.captured', { payment }], ['subscription.charged', { subscription: entity, payment }]);
  expect(await paymentRow(payment)).toEqual({ status: 'captured', orderId: null, mandateId: mandate, parked: null });
  expect(await app.get(MandateRepository).byId(mandate)).toMatchObject({
    status: 'active',
    paidCount: 1,
    currentEnd: new Date(end * 1000),
  });
});

describe('what follows a payment', () => {
  const counted = (table: string, id: string): Promise<{ status: string } | undefined> =>
    app
      .get(Database)
      .first(statement(`test.status-of-${table}`, `select status from ${table} where gateway_id = $1`), [id]);

  it('is refunded, also where nobody had told of the payment', async () => {
    const order = await anOrder();
    const payment = paymentEntity({ order_id: order.gatewayId });
    const refund = {
      id: gatewayId('rfnd'),
      entity: 'refund',
      payment_id: payment.id,
      amount: 5_000,
      currency: 'INR',
      status: 'processed',
      notes: [],
      created_at: nowInSeconds(),
    };
    await tellAll(['refund.processed', { refund, payment: { ...payment, amount_refunded: 5_000 } }]);
    expect(await counted('refund', refund.id)).toEqual({ status: 'processed' });
    expect(await booked(refund.id)).toEqual([`refund:${refund.id}`]);
    expect(await paymentRow(payment)).toMatchObject({ status: 'captured', orderId: order.id });
  });

  it('is disputed', async () => {
    const payment = paymentEntity({ order_id: (await anOrder()).gatewayId });
    const dispute = {
      id: gatewayId('disp'),
      entity: 'dispute',
      payment_id: payment.id,
      amount: AMOUNT,
      currency: 'INR',
      amount_deducted: 0,
      reason_code: 'goods_or_services_not_received',
      phase: 'chargeback',
      status: 'open',
      created_at: nowInSeconds(),
    };
    await tellAll(['payment.dispute.created', { dispute, payment }]);
    expect(await counted('dispute', dispute.id)).toEqual({ status: 'open' });
    await tellAll(['payment.dispute.won', { dispute: { ...dispute, status: 'won' }, payment }]);
    expect(await counted('dispute', dispute.id)).toEqual({ status: 'won' });
  });

  it('is settled, by the lines of the report', async () => {
    const payment = paymentEntity({ order_id: (await anOrder()).gatewayId });
    await tellAll(['payment.captured', { payment }]);
    const settlement = {
      id: gatewayId('setl'),
      entity: 'settlement',
      amount: AMOUNT - 822,
      status: 'processed',
      utr: 'utr-1',
      created_at: nowInSeconds(),
    };
    const line = reconLineOf({
      entity_id: payment.id,
      type: 'payment',
      debit: 0,
      credit: AMOUNT - 822,
      amount: AMOUNT,
      currency: 'INR',
      fee: 822,
      tax: 126,
      settled: true,
      settled_at: nowInSeconds(),
      settlement_id: settlement.id,
      settlement_utr: 'utr-1',
      payment_id: payment.id,
      created_at: nowInSeconds(),
    });
    jest.spyOn(app.get(PaymentGateway), 'reconLines').mockResolvedValue({ items: [line], odd: [], size: 1 });
    await tellAll(['settlement.processed', { settlement }], ['settlement.processed', { settlement }]);
    const rows = await app
      .get(Database)
      .rows(statement('test.settlement', 'select amount, utr from settlement where gateway_id = $1'), [settlement.id]);
    expect(rows).toEqual([{ amount: AMOUNT - 822, utr: 'utr-1' }]);
  });
});
