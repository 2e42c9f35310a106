import type {
  GatewayDispute,
  GatewayInvoice,
  GatewayOrder,
  GatewayPayment,
  GatewayReconLine,
  GatewayRefund,
  GatewaySubscription,
} from '../../src/payment/gateway/payment-gateway';
import { GatewayPlanRepository } from '../../src/payment/mandate/gateway-plan.repository';
import { MandateRepository, type MandateRow, type NewMandateRow } from '../../src/payment/mandate/mandate.repository';
import {
  type NewOrderRow,
  type OrderRow,
  PaymentOrderRepository,
} from '../../src/payment/order/payment-order.repository';
import type { TestApp } from '../setup/test-app';

let made = 0;

/** An id as Razorpay's, that nothing else of this spec file has. */
export function gatewayId(kind: string): string {
  made += 1;
  return `${kind}_${String(made).padStart(14, 'T')}`;
}

/** An order that the gateway knows, of 348 rupees, for a tier of account 7 by account 5. */
export async function aPaymentOrder(app: TestApp, overrides: Partial<NewOrderRow> = {}): Promise<OrderRow> {
  const now = new Date();
  const orders = app.get(PaymentOrderRepository);
  const id = await orders.add({
    gatewayId: gatewayId('order'),
    receipt: gatewayId('receipt'),
    purpose: 'tier',
    reference: 'purchase-1',
    payerId: 5,
    payeeId: 7,
    amount: 34_800,
    currency: 'INR',
    capture: 'automatic',
    status: 'created',
    refundedAmount: 0,
    createdAt: now,
    updatedAt: now,
    ...overrides,
  });
  return (await orders.byId(id)) as OrderRow;
}

/** A mandate that the gateway knows, of 199 rupees a month, for a tier of account 7 by account 5. */
export async function aMandate(app: TestApp, overrides: Partial<NewMandateRow> = {}): Promise<MandateRow> {
  const now = new Date();
  const mandates = app.get(MandateRepository);
  const id = await mandates.add({
    gatewayId: gatewayId('sub'),
    planId: 'plan_Test000000001',
    planKey: 'tier_price:1',
    planName: 'Tier',
    purpose: 'tier',
    reference: 'subscription-1',
    payerId: 5,
    payeeId: 7,
    amount: 19_900,
    currency: 'INR',
    status: 'created',
    totalCount: 120,
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
    createdAt: now,
    updatedAt: now,
    ...overrides,
  });
  return (await mandates.byId(id)) as MandateRow;
}

export async function aPlan(app: TestApp, planKey: string, amount: number): Promise<string> {
  const id = gatewayId('plan');
  const plan = { gatewayId: id, planKey, name: planKey, amount, currency: 'INR', createdAt: new Date() };
  await app.get(GatewayPlanRepository).add(plan);
  return id;
}

type Payable = { readonly gatewayId: string | null; readonly amount: number; readonly currency: string };

/** What the gateway says of an order of ours. */
export function orderSnapshot(order: OrderRow, overrides: Partial<GatewayOrder> = {}): GatewayOrder {
  const { amount, currency, receipt } = order;
  return {
    id: order.gatewayId ?? gatewayId('order'),
    amount,
    amountPaid: 0,
    currency,
    receipt,
    status: 'created',
    notes: {},
    createdAt: new Date('2026-03-01T10:00:00Z'),
    ...overrides,
  };
}

/** A payment of an order, not captured unless told; the fee of a captured one is 2 % and the tax on that 18 %. */
export function paymentSnapshot(order: Payable | undefined, overrides: Partial<GatewayPayment> = {}): GatewayPayment {
  const { amount = order?.amount ?? 34_800, status = 'authorized' } = overrides;
  const captured = overrides.captured ?? status === 'captured';
  const charge = Math.round(amount * 0.02);
  const tax = Math.round(charge * 0.18);
  return {
    id: gatewayId('pay'),
    amount,
    currency: order?.currency ?? 'INR',
    status,
    orderId: order?.gatewayId ?? null,
    invoiceId: null,
    customerId: null,
    captured,
    international: false,
    amountRefunded: 0,
    method: 'upi',
    email: 'payer@example.org',
    contact: '+910000001234',
    fee: captured ? charge + tax : null,
    tax: captured ? tax : null,
    errorCode: null,
    errorDescription: null,
    notes: {},
    createdAt: new Date('2026-03-01T10:00:05Z'),
    ...overrides,
  };
}

/** The same payment, later on. */
export function captured(payment: GatewayPayment, overrides: Partial<GatewayPayment> = {}): GatewayPayment {
  const { id, orderId, currency, amount, createdAt, notes, invoiceId, email } = payment;
  const same = { id, orderId, currency, amount, createdAt, notes, invoiceId, email };
  return paymentSnapshot(undefined, { ...same, status: 'captured', ...overrides });
}

export function refundSnapshot(
  payment: Pick<GatewayPayment, 'id' | 'amount' | 'currency'>,
  overrides: Partial<GatewayRefund> = {},
): GatewayRefund {
  return {
    id: gatewayId('rfnd'),
    paymentId: payment.id,
    amount: payment.amount,
    currency: payment.currency,
    status: 'processed',
    receipt: null,
    notes: {},
    createdAt: new Date('2026-03-02T10:00:00Z'),
    ...overrides,
  };
}

export function disputeSnapshot(
  payment: Pick<GatewayPayment, 'id' | 'amount' | 'currency'>,
  overrides: Partial<GatewayDispute> = {},
): GatewayDispute {
  return {
    id: gatewayId('disp'),
    paymentId: payment.id,
    amount: payment.amount,
    currency: payment.currency,
    amountDeducted: 0,
    status: 'open',
    phase: 'chargeback',
    reasonCode: null,
    createdAt: new Date('2026-03-03T10:00:00Z'),
    ...overrides,
  };
}

export function subscriptionSnapshot(
  mandate: MandateRow,
  overrides: Partial<GatewaySubscription> = {},
): GatewaySubscription {
  return {
    id: mandate.gatewayId ?? '',
    planId: mandate.planId ?? '',
    status: 'authenticated',
    currentStart: null,
    currentEnd: null,
    endedAt: null,
    chargeAt: null,
    startAt: null,
    endAt: null,
    totalCount: mandate.totalCount,
    paidCount: 0,
    remainingCount: mandate.totalCount,
    hasScheduledChanges: false,
    changeScheduledAt: null,
    customerId: null,
    shortUrl: null,
    paymentMethod: null,
    notes: {},
    createdAt: new Date('2026-03-01T10:00:00Z'),
    ...overrides,
  };
}

/** The invoice of a mandate's charge for March 2026. */
export function invoiceSnapshot(mandate: MandateRow, payment: GatewayPayment): GatewayInvoice {
  return {
    id: payment.invoiceId ?? gatewayId('inv'),
    subscriptionId: mandate.gatewayId,
    orderId: payment.orderId,
    paymentId: payment.id,
    status: 'paid',
    amount: payment.amount,
    currency: payment.currency,
    billingStart: new Date('2026-03-01T00:00:00Z'),
    billingEnd: new Date('2026-04-01T00:00:00Z'),
    createdAt: payment.createdAt,
  };
}

/** A line of a settlement of 5 March 2026. */
export function reconLine(settlementId: string, overrides: Partial<GatewayReconLine>): GatewayReconLine {
  return {
    entityId: gatewayId('adj'),
    type: 'adjustment',
    debit: 0,
    credit: 0,
    amount: 0,
    currency: 'INR',
    fee: 0,
    tax: 0,
    settled: true,
    settledAt: new Date('2026-03-05T03:30:00Z'),
    settlementId,
    settlementUtr: `utr-${settlementId}`,
    paymentId: null,
    disputeId: null,
    createdAt: new Date('2026-03-02T10:00:00Z'),
    ...overrides,
  };
}
