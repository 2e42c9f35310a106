import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Handler } from '../../bare/handler';
import { serve } from '../../bare/serve';

interface Entity {
  readonly id: string;
  readonly order_id: string;
}

/** The app's statement, on a table of the same columns and indexes. */
const KEEP = `insert into bare_delivery (source, event_key, verdict, status, secret_id, signed_at, headers, body, body_size,
    terms, receipts, received_at, last_received_at, state, attempts, tries, due_at)
  values ($1, $2, 'accepted', 200, $3, $4, $5, $6, $7, $8, 1, $9, $9, 'pending', 0, 0, $9)
  on conflict (source, event_key) do update set receipts = bare_delivery.receipts + 1,
    last_received_at = excluded.last_received_at, secret_id = excluded.secret_id, signed_at = excluded.signed_at`;

const secret = process.env.RAZORPAY_WEBHOOK_SECRET ?? '';

/** Verify, and insert the same row as the app. */
const receive: Handler = async (pool, { request, body }) => {
  const signature = Buffer.from(String(request.headers['x-razorpay-signature']), 'hex');
  const expected = createHmac('sha256', secret).update(body).digest();
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return { status: 401, body: {} };
  const { event, payload } = JSON.parse(body.toString()) as { event: string; payload: { payment: { entity: Entity } } };
  const { id, order_id } = payload.payment.entity;
  const terms = [event, id, order_id].join('\n').toLowerCase();
  const { 'x-razorpay-signature': _, ...headers } = request.headers;
  const kept = [JSON.stringify(headers), body, body.length, terms, new Date()];
  const values = ['razorpay', request.headers['x-razorpay-event-id'], 'bare', null, ...kept];
  await pool.query({ name: 'keep', text: KEEP, values });
  return { status: 200, body: { status: 'ok' } };
};

serve([{ method: 'POST', path: /^\/razorpay\/webhooks\/$/, handler: receive }]);
