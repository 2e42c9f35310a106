import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Response } from 'light-my-request';
import { Database, statement } from '../../src/infra/database/database';
import { DeliveryWorker } from '../../src/infra/webhook/delivery.worker';
import type { TestApp } from '../setup/test-app';

export const WEBHOOK_SECRET = 'newer-webhook-key-6b1f';
export const FORMER_SECRET = 'older-webhook-key-9d27';

/** A gateway that nobody answers for: specs put their own words into its mouth. */
export const RAZORPAY_ENVIRONMENT = {
  RAZORPAY_KEY_ID: 'rzp_test_webhooks0000001',
  RAZORPAY_KEY_SECRET: 'a-key-of-webhooks-3f81',
  RAZORPAY_WEBHOOK_SECRET: `${WEBHOOK_SECRET},${FORMER_SECRET}`,
  RAZORPAY_BASE_URL: 'http://127.0.0.1:9',
};

export interface RazorpayVector {
  readonly description: string;
  readonly body: RazorpayBody;
}

export interface RazorpayBody {
  readonly event: string;
  readonly created_at: number;
  readonly payload: Readonly<Record<string, { readonly entity: Readonly<Record<string, unknown>> }>>;
}

/** The payloads that the old README showed. */
export const RAZORPAY_VECTORS = JSON.parse(
  readFileSync(resolve(__dirname, '../vectors/razorpay-webhooks.json'), 'utf8'),
) as RazorpayVector[];

export interface RazorpayCall {
  readonly path?: string;
  readonly secret?: string;
  /** None: the header is left out. Absent: one of its own. */
  readonly eventId?: string | undefined;
  readonly headers?: Record<string, string>;
}

export function signRazorpay(body: string | Buffer, secret = WEBHOOK_SECRET): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}

/** A signed call; a text is sent as it is, anything else as JSON. */
export function callRazorpay(app: TestApp, body: unknown, call: RazorpayCall = {}): Promise<Response> {
  const { path = '/razorpay/webhooks/', secret, headers = {} } = call;
  const eventId = 'eventId' in call ? call.eventId : `evt_${randomUUID()}`;
  const payload = typeof body === 'string' ? body : JSON.stringify(body);
  return app.inject({
    method: 'POST',
    url: path,
    payload,
    headers: {
      'content-type': 'application/json',
      'x-razorpay-signature': signRazorpay(payload, secret),
      ...(eventId !== undefined && { 'x-razorpay-event-id': eventId }),
      ...headers,
    },
  });
}

let numbers = 0;

/** As in `pay_Test00000000007`: another one every time. */
export function gatewayId(prefix: string): string {
  numbers += 1;
  return `${prefix}_Spec${String(numbers).padStart(10, '0')}`;
}

/** An event with these entities, of now. */
export function eventOf(event: string, entities: Readonly<Record<string, object>>): RazorpayBody {
  return {
    entity: 'event',
    account_id: 'acc_Test0000000001',
    event,
    contains: Object.keys(entities),
    payload: Object.fromEntries(Object.entries(entities).map(([name, entity]) => [name, { entity }])),
    created_at: nowInSeconds(),
  } as RazorpayBody;
}

export function paymentEntity(part: object = {}): Record<string, unknown> {
  return {
    id: gatewayId('pay'),
    entity: 'payment',
    amount: 34_800,
    currency: 'INR',
    status: 'captured',
    order_id: null,
    invoice_id: null,
    method: 'upi',
    amount_refunded: 0,
    captured: true,
    email: 'payer@example.org',
    contact: '+910000000000',
    notes: [],
    fee: 822,
    tax: 126,
    error_code: null,
    error_description: null,
    created_at: nowInSeconds(),
    ...part,
  };
}

export function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

const WAITING = statement(
  'test.waiting',
  `select id, last_error as error from webhook_delivery where state in ('pending', 'again')`,
);
const PATIENCE_MS = 15_000;

/** Resolves when the worker has nothing left to do, and no fact of it is on its way. */
export async function inboxDrained(app: TestApp): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  app.get(DeliveryWorker).wake();
  for (;;) {
    const waiting = await app.get(Database).rows(WAITING);
    if (waiting.length === 0) return app.drained();
    if (performance.now() > deadline) throw new Error(`Not processed: ${JSON.stringify(waiting)}`);
    await sleep(20);
  }
}

/** A call as the simulator has signed it, over a real connection. */
export function postRazorpay(
  url: string,
  {
    body,
    signature,
    eventId,
  }: { readonly body: Buffer | string; readonly signature: string; readonly eventId: string },
  signal?: AbortSignal,
): Promise<globalThis.Response> {
  const headers = {
    'content-type': 'application/json',
    'x-razorpay-signature': signature,
    'x-razorpay-event-id': eventId,
  };
  return fetch(url, { method: 'POST', headers, body, signal });
}
