import { GatewayError } from '../../../src/payment/gateway/gateway-error';
import { type GatewayTuning, RazorpayGateway } from '../../../src/payment/gateway/razorpay-gateway';
import { MisbehavingServer } from '../../fakes/misbehaving-server';

export const KEY_ID = 'rzp_test_gateway00000001';
export const KEY_SECRET = 'a-secret-of-the-key-7d1f';

/** Fast where it waits, and without a breaker unless a test asks for one. */
const TUNING: Partial<GatewayTuning> = { firstPauseMs: 1, maxPauseMs: 5, breakAfter: 1_000 };

export function gatewayAt(baseUrl: string, tuning: Partial<GatewayTuning> = {}): RazorpayGateway {
  const unitOfWork = { refuseInside: () => undefined };
  return new RazorpayGateway(unitOfWork, { keyId: KEY_ID, keySecret: KEY_SECRET, baseUrl }, { ...TUNING, ...tuning });
}

/** A port where nobody listens. */
export async function closedOrigin(): Promise<string> {
  const server = await MisbehavingServer.start();
  const { origin } = server;
  await server.close();
  return origin;
}

export async function failureOf(call: Promise<unknown>): Promise<GatewayError> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof GatewayError) return error;
  throw new Error('No GatewayError', { cause: error });
}

export const ORDER = {
  id: 'order_IluGWxBm9U8zJ8',
  entity: 'order',
  amount: 50_000,
  amount_paid: 0,
  amount_due: 50_000,
  currency: 'INR',
  receipt: 'guildhall-1',
  offer_id: null,
  status: 'created',
  attempts: 0,
  notes: [],
  created_at: 1_642_662_092,
};

export const PAYMENT = {
  id: 'pay_29QQoUBi66xm2f',
  entity: 'payment',
  amount: 50_000,
  currency: 'INR',
  status: 'authorized',
  order_id: ORDER.id,
  invoice_id: null,
  international: false,
  method: 'upi',
  amount_refunded: 0,
  refund_status: null,
  captured: false,
  email: 'payer@example.org',
  contact: '+919000090000',
  notes: { tierID: 4 },
  fee: null,
  tax: null,
  error_code: null,
  error_description: null,
  created_at: 1_642_662_100,
};

export const SUBSCRIPTION = {
  id: 'sub_00000000000001',
  entity: 'subscription',
  plan_id: 'plan_00000000000001',
  customer_id: null,
  status: 'active',
  current_start: 1_577_355_871,
  current_end: 1_580_034_271,
  ended_at: null,
  quantity: 1,
  notes: {},
  charge_at: 1_580_034_271,
  start_at: 1_577_355_871,
  end_at: 1_606_588_200,
  auth_attempts: 0,
  total_count: 12,
  paid_count: 1,
  customer_notify: true,
  created_at: 1_577_355_800,
  expire_by: null,
  short_url: 'https://rzp.io/i/z3b1R61A9',
  has_scheduled_changes: false,
  change_scheduled_at: null,
  remaining_count: 11,
};

export const REFUND = {
  id: 'rfnd_FP8QHiV938haTz',
  entity: 'refund',
  amount: 20_000,
  currency: 'INR',
  payment_id: PAYMENT.id,
  notes: [],
  receipt: null,
  status: 'processed',
  created_at: 1_597_078_866,
};

export const PLAN = {
  id: 'plan_00000000000001',
  entity: 'plan',
  interval: 1,
  period: 'monthly',
  item: { id: 'item_00000000000001', active: true, name: 'Gold', amount: 69_900, currency: 'INR', type: 'plan' },
  notes: [],
  created_at: 1_580_220_492,
};

export const collection = (...items: object[]): object => ({ entity: 'collection', count: items.length, items });

export const refusal = (description: string, code = 'BAD_REQUEST_ERROR'): object => ({
  error: {
    code,
    description,
    source: 'business',
    step: 'payment_initiation',
    reason: 'input_validation_failed',
    metadata: {},
    field: 'amount',
  },
});
