import { MANDATE_STATUSES } from '../events/mandate-changed.event';
import { EntityReader } from './entity-reader';
import type {
  DisputeStatus,
  GatewayDispute,
  GatewayInvoice,
  GatewayOrder,
  GatewayPayment,
  GatewayPlan,
  GatewayReconLine,
  GatewayRefund,
  GatewaySubscription,
  InvoiceStatus,
  OrderStatus,
  PaymentStatus,
  ReconType,
  RefundStatus,
} from './payment-gateway';

// Razorpay's entities, from answers and from events alike. Each function throws GatewayError `malformed` where an id, an
// amount or a status is missing or odd; what we don't know is left alone.

const ORDER_STATUSES: readonly OrderStatus[] = ['created', 'attempted', 'paid'];
const PAYMENT_STATUSES: readonly (PaymentStatus | 'pending')[] = [
  'created',
  'authorized',
  'captured',
  'refunded',
  'failed',
  'pending',
];
const INVOICE_STATUSES: readonly InvoiceStatus[] = [
  'draft',
  'issued',
  'partially_paid',
  'paid',
  'cancelled',
  'expired',
  'deleted',
];
const REFUND_STATUSES: readonly RefundStatus[] = ['pending', 'processed', 'failed'];
const DISPUTE_STATUSES: readonly DisputeStatus[] = ['open', 'under_review', 'won', 'lost', 'closed'];
const SUBSCRIPTION_STATUSES = [...MANDATE_STATUSES, 'resumed'] as const;
const RECON_TYPES: readonly ReconType[] = ['payment', 'refund', 'transfer'];

export function orderOf(value: unknown): GatewayOrder {
  const order = new EntityReader('order', value);
  return {
    id: order.id('id', 'order'),
    amount: order.amount('amount'),
    amountPaid: order.amount('amount_paid'),
    currency: order.currency(),
    receipt: order.textOrNull('receipt'),
    status: order.oneOf('status', ORDER_STATUSES),
    notes: order.notes(),
    createdAt: order.time('created_at'),
  };
}

export function paymentOf(value: unknown): GatewayPayment {
  const payment = new EntityReader('payment', value);
  const status = payment.oneOf('status', PAYMENT_STATUSES);
  return {
    id: payment.id('id', 'pay'),
    amount: payment.amount('amount'),
    currency: payment.currency(),
    // Cash on delivery, which nobody has collected yet.
    status: status === 'pending' ? 'created' : status,
    orderId: payment.idOrNull('order_id', 'order'),
    invoiceId: payment.idOrNull('invoice_id', 'inv'),
    customerId: payment.textOrNull('customer_id'),
    captured: payment.flag('captured'),
    international: payment.flag('international'),
    amountRefunded: payment.amountOrNull('amount_refunded') ?? 0,
    method: payment.textOrNull('method'),
    email: payment.textOrNull('email'),
    contact: payment.textOrNull('contact'),
    fee: payment.amountOrNull('fee'),
    tax: payment.amountOrNull('tax'),
    errorCode: payment.textOrNull('error_code'),
    errorDescription: payment.textOrNull('error_description'),
    notes: payment.notes(),
    createdAt: payment.time('created_at'),
  };
}

export function subscriptionOf(value: unknown): GatewaySubscription {
  const subscription = new EntityReader('subscription', value);
  const status = subscription.oneOf('status', SUBSCRIPTION_STATUSES);
  const totalCount = subscription.count('total_count');
  const paidCount = subscription.count('paid_count');
  return {
    id: subscription.id('id', 'sub'),
    planId: subscription.id('plan_id', 'plan'),
    customerId: subscription.textOrNull('customer_id'),
    // The documents know the event `resumed` and a state of this name, which no entity has.
    status: status === 'resumed' ? 'active' : status,
    currentStart: subscription.timeOrNull('current_start'),
    currentEnd: subscription.timeOrNull('current_end'),
    endedAt: subscription.timeOrNull('ended_at'),
    chargeAt: subscription.timeOrNull('charge_at'),
    startAt: subscription.timeOrNull('start_at'),
    endAt: subscription.timeOrNull('end_at'),
    totalCount,
    paidCount,
    remainingCount: subscription.countOrNull('remaining_count') ?? Math.max(totalCount - paidCount, 0),
    hasScheduledChanges: subscription.flag('has_scheduled_changes'),
    changeScheduledAt: subscription.timeOrNull('change_scheduled_at'),
    shortUrl: subscription.textOrNull('short_url'),
    paymentMethod: subscription.textOrNull('payment_method'),
    notes: subscription.notes(),
    createdAt: subscription.time('created_at'),
  };
}

export function invoiceOf(value: unknown): GatewayInvoice {
  const invoice = new EntityReader('invoice', value);
  return {
    id: invoice.id('id', 'inv'),
    subscriptionId: invoice.idOrNull('subscription_id', 'sub'),
    orderId: invoice.idOrNull('order_id', 'order'),
    paymentId: invoice.idOrNull('payment_id', 'pay'),
    status: invoice.oneOf('status', INVOICE_STATUSES),
    amount: invoice.amount('amount'),
    currency: invoice.currency(),
    billingStart: invoice.timeOrNull('billing_start'),
    billingEnd: invoice.timeOrNull('billing_end'),
    createdAt: invoice.time('created_at'),
  };
}

export function refundOf(value: unknown): GatewayRefund {
  const refund = new EntityReader('refund', value);
  return {
    id: refund.id('id', 'rfnd'),
    paymentId: refund.id('payment_id', 'pay'),
    amount: refund.amount('amount'),
    currency: refund.currency(),
    status: refund.oneOf('status', REFUND_STATUSES),
    receipt: refund.textOrNull('receipt'),
    notes: refund.notes(),
    createdAt: refund.time('created_at'),
  };
}

export function disputeOf(value: unknown): GatewayDispute {
  const dispute = new EntityReader('dispute', value);
  return {
    id: dispute.id('id', 'disp'),
    paymentId: dispute.id('payment_id', 'pay'),
    amount: dispute.amount('amount'),
    currency: dispute.currency(),
    amountDeducted: dispute.amountOrNull('amount_deducted') ?? 0,
    status: dispute.oneOf('status', DISPUTE_STATUSES),
    phase: dispute.text('phase'),
    reasonCode: dispute.textOrNull('reason_code'),
    createdAt: dispute.time('created_at'),
  };
}

export function planOf(value: unknown): GatewayPlan {
  const plan = new EntityReader('plan', value);
  const item = plan.nested('item');
  return {
    id: plan.id('id', 'plan'),
    amount: item.amount('amount'),
    currency: item.currency(),
    name: item.textOrNull('name') ?? '',
    notes: plan.notes(),
    createdAt: plan.time('created_at'),
  };
}

export function reconLineOf(value: unknown): GatewayReconLine {
  const line = new EntityReader('settlement line', value);
  const type = line.text('type');
  return {
    entityId: line.text('entity_id'),
    // Whatever else moves the balance there adjusts it: left out, the settlement would not add up.
    type: RECON_TYPES.find((known) => known === type) ?? 'adjustment',
    debit: line.amount('debit'),
    credit: line.amount('credit'),
    amount: line.amount('amount'),
    currency: line.currency(),
    fee: line.amountOrNull('fee') ?? 0,
    tax: line.amountOrNull('tax') ?? 0,
    settled: line.flag('settled'),
    settledAt: line.timeOrNull('settled_at'),
    settlementId: line.idOrNull('settlement_id', 'setl'),
    settlementUtr: line.textOrNull('settlement_utr'),
    paymentId: line.idOrNull('payment_id', 'pay'),
    disputeId: line.idOrNull('dispute_id', 'disp'),
    createdAt: line.time('created_at'),
  };
}
