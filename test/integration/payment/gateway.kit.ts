import { GatewayError } from '../../../src/payment/gateway/gateway-error';
import { type GatewayTuning, RazorpayGateway } from '../../../src/payment/gateway/razorpay-gateway';
import { MisbehavingServer } from '../../fakes/misbehaving-server';
import * as documented from '../../fixtures/razorpay-entities';

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

export const ORDER = { ...documented.ORDER, receipt: 'guildhall-1' };

export const PAYMENT = {
  ...documented.PAYMENT,
  amount: ORDER.amount,
  order_id: ORDER.id,
  status: 'authorized',
  captured: false,
  fee: null,
  tax: null,
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
