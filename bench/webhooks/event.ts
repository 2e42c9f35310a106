import { createHmac } from 'node:crypto';
import type { Request } from 'autocannon';

export const WEBHOOK_PATH = '/razorpay/webhooks/';
/** Of every tip of the bench, in paise. */
export const AMOUNT = 34_800;

/** The order that the nth event says is paid; 14 characters, as Razorpay's. */
export const orderIdOf = (n: number): string => `order_Bench${String(n).padStart(9, '0')}`;

export const eventIdOf = (n: number): string => `evt_Bench${String(n).padStart(9, '0')}`;

/** `payment.captured` with all that Razorpay sends in one, signed as it signs. */
export function signedEvent(n: number, secret: string): Required<Request> {
  const body = JSON.stringify(captured(n));
  return {
    method: 'POST',
    path: WEBHOOK_PATH,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Razorpay-Webhook/v1',
      'x-razorpay-event-id': eventIdOf(n),
      'x-razorpay-signature': createHmac('sha256', secret).update(body).digest('hex'),
    },
    body,
  };
}

function captured(n: number): object {
  const now = Math.floor(Date.now() / 1000);
  return {
    entity: 'event',
    account_id: 'acc_Bench000000001',
    event: 'payment.captured',
    contains: ['payment'],
    payload: { payment: { entity: payment(n, now) } },
    created_at: now,
  };
}

function payment(n: number, createdAt: number): object {
  const charge = Math.round(AMOUNT * 0.02);
  const tax = Math.round(charge * 0.18);
  return {
    id: `pay_Bench${String(n).padStart(9, '0')}`,
    entity: 'payment',
    amount: AMOUNT,
    currency: 'INR',
    base_amount: AMOUNT,
    status: 'captured',
    order_id: orderIdOf(n),
    invoice_id: null,
    international: false,
    method: 'upi',
    amount_refunded: 0,
    amount_transferred: 0,
    refund_status: null,
    captured: true,
    description: 'A tip',
    card_id: null,
    bank: null,
    wallet: null,
    vpa: 'payer@okbank',
    email: 'payer@bench.example',
    contact: '+910000000000',
    notes: { intent: String(n) },
    fee: charge + tax,
    tax,
    error_code: null,
    error_description: null,
    error_source: null,
    error_step: null,
    error_reason: null,
    acquirer_data: { rrn: String(n).padStart(12, '0') },
    created_at: createdAt,
  };
}
