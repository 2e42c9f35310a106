import { Settings } from '../../../src/infra/config/settings';
import { Database, statement } from '../../../src/infra/database/database';
import { CaptureService } from '../../../src/payment/checkout/capture.service';
import { CheckoutService } from '../../../src/payment/checkout/checkout.service';
import { orderSignature, subscriptionSignature } from '../../../src/payment/gateway/checkout-signature.rules';
import type { GatewayPayment } from '../../../src/payment/gateway/payment-gateway';
import { MandateService } from '../../../src/payment/mandate/mandate.service';
import { LedgerService } from '../../../src/payment/ledger/ledger.service';
import { type OrderIntent, OrderService } from '../../../src/payment/order/order.service';
import { type Outgoing, startOutgoing } from './outgoing.kit';

const AT_ONCE = 20;
const PATIENCE_MS = 60_000;
const MONEY = { amount: 5_000, currency: 'INR' } as const;

const PAYMENTS = statement(
  'test.payments-of',
  'select status, parked, captured_at as "capturedAt", period_end as "periodEnd" from payment where gateway_id = $1',
);

let outgoing: Outgoing;
let checkouts: CheckoutService;
let secret: string;
let payees = 20_000;

beforeAll(async () => {
  outgoing = await startOutgoing();
  checkouts = outgoing.wired(CheckoutService);
  secret = outgoing.app.get(Settings).razorpay?.keySecret ?? '';
});

beforeEach(() => {
  outgoing.gateway.calls.length = 0;
});

async function published(changes: Partial<OrderIntent> = {}) {
  const orders = outgoing.wired(OrderService);
  const payeeId = ++payees;
  const who = { purpose: 'tip', reference: '1', payerId: 1, payeeId } as const;
  const orderId = await orders.draft({ ...who, ...MONEY, capture: 'automatic', ...changes });
  const { gatewayId } = await orders.publish(orderId);
  outgoing.gateway.calls.length = 0;
  return { orderId, gatewayId, payeeId };
}

async function attempt(changes: Partial<OrderIntent> = {}, paid: Partial<GatewayPayment> = {}) {
  const { orderId, gatewayId, payeeId } = await published(changes);
  const { id: paymentGatewayId } = outgoing.gateway.pay({ ...MONEY, orderId: gatewayId, ...paid });
  const signature = orderSignature(gatewayId, paymentGatewayId, secret);
  return { payeeId, gatewayId, proof: { orderId, paymentGatewayId, signature } };
}

const stored = (gatewayId: string) => outgoing.app.get(Database).rows(PAYMENTS, [gatewayId]);
const owed = async (payeeId: number) => (await outgoing.wired(LedgerService).balances(payeeId))[0]?.amount;

describe('an order', () => {
  it('is captured and applied at once', async () => {
    const { payeeId, proof } = await attempt();
    expect(await checkouts.confirmOrder(proof)).toEqual({ status: 'captured' });
    expect(await stored(proof.paymentGatewayId)).toMatchObject([{ status: 'captured', parked: null }]);
    expect(await outgoing.wired(OrderService).get(proof.orderId)).toMatchObject({ status: 'paid' });
    expect([await owed(payeeId), outgoing.gateway.calls]).toEqual([5_000, ['payment', 'capture']]);
    expect(await checkouts.confirmOrder(proof)).toEqual({ status: 'captured' });
    expect(await owed(payeeId)).toBe(5_000);
  });

  it("takes nobody's word but the gateway's", async () => {
    const { payeeId, proof } = await attempt({}, { status: 'failed' });
    expect(await checkouts.confirmOrder(proof)).toEqual({ status: 'failed' });
    expect(await owed(payeeId)).toBeUndefined();
  });

  it('with a forged signature is refused, and nobody is asked', async () => {
    const { payeeId, gatewayId, proof } = await attempt();
    const { paymentGatewayId } = proof;
    const forged = [
      orderSignature(gatewayId, paymentGatewayId, 'guessed'),
      orderSignature(gatewayId, 'pay_another', secret),
      orderSignature('order_another', paymentGatewayId, secret),
      subscriptionSignature(gatewayId, paymentGatewayId, secret),
      proof.signature.slice(1),
      '',
    ];
    for (const signature of forged) {
      const confirmed = checkouts.confirmOrder({ ...proof, signature });
      await expect(confirmed).rejects.toMatchObject({ kind: 'invalid', code: 'bad_signature' });
    }
    const { orderId } = await published();
    await expect(checkouts.confirmOrder({ ...proof, orderId })).rejects.toMatchObject({ code: 'bad_signature' });
    expect([outgoing.gateway.calls, await owed(payeeId)]).toEqual([[], undefined]);
  });

  it('that the gateway never had proves nothing', async () => {
    const who = { purpose: 'tip', reference: '1', payerId: 1, payeeId: 2, ...MONEY, capture: 'automatic' } as const;
    const orderId = await outgoing.wired(OrderService).draft(who);
    const signature = orderSignature('null', 'pay_1', secret);
    const confirmed = checkouts.confirmOrder({ orderId, paymentGatewayId: 'pay_1', signature });
    await expect(confirmed).rejects.toMatchObject({ code: 'bad_signature' });
  });

  it('is held where the capture fails, and nobody is told that they were not charged', async () => {
    const { payeeId, proof } = await attempt();
    outgoing.gateway.next('capture', 'unavailable');
    expect(await checkouts.confirmOrder(proof)).toEqual({ status: 'authorized' });
    expect([await stored(proof.paymentGatewayId), await owed(payeeId)]).toMatchObject([
      [{ status: 'authorized', capturedAt: null }],
      undefined,
    ]);
    outgoing.gateway.next('payment', 'unavailable');
    await expect(checkouts.confirmOrder(proof)).rejects.toMatchObject({
      code: 'gateway_unavailable',
      message: expect.not.stringContaining('not charged'),
    });
    expect(await checkouts.confirmOrder(proof)).toEqual({ status: 'captured' });
  });

  it(
    'confirmed by many at once is paid once',
    async () => {
      const { payeeId, proof } = await attempt();
      await Promise.all(Array.from({ length: AT_ONCE }, () => checkouts.confirmOrder(proof)));
      expect([await owed(payeeId), await stored(proof.paymentGatewayId)]).toMatchObject([
        5_000,
        [{ status: 'captured', parked: null }],
      ]);
    },
    PATIENCE_MS,
  );
});

describe('captured by us is', () => {
  const capture = async (changes: Partial<OrderIntent>, paid: Partial<GatewayPayment> = {}) => {
    const { proof } = await attempt(changes, paid);
    const payment = await outgoing.gateway.payment(proof.paymentGatewayId);
    return (await outgoing.wired(CaptureService).captureDue(payment)).status;
  };

  it('what is authorised and whole', async () => expect(await capture({})).toBe('captured'));

  it.each<[string, Partial<OrderIntent>, Partial<GatewayPayment>, string]>([
    ['an order that waits for us to say so', { capture: 'manual' }, {}, 'authorized'],
    ['another amount', {}, { amount: 4_999 }, 'authorized'],
    ['another currency', {}, { currency: 'USD' }, 'authorized'],
    ['an order of somebody else', {}, { orderId: 'order_unknown' }, 'authorized'],
    ['no order', {}, { orderId: null }, 'authorized'],
    ['what failed', {}, { status: 'failed' }, 'failed'],
  ])('not %s', async (_, changes, paid, expected) => expect(await capture(changes, paid)).toBe(expected));

  it('not a second payment of what is paid', async () => {
    const { gatewayId, proof } = await attempt();
    await checkouts.confirmOrder(proof);
    const second = outgoing.gateway.pay({ ...MONEY, orderId: gatewayId });
    expect((await outgoing.wired(CaptureService).captureDue(second)).status).toBe('authorized');
  });
});

describe('a mandate', () => {
  async function charged() {
    const mandates = outgoing.wired(MandateService);
    const payeeId = ++payees;
    const who = { purpose: 'tier', reference: '1', payerId: 1, payeeId, ...MONEY } as const;
    const plan = { planKey: `checkout:${payeeId}`, planName: 'Patrons', totalCount: 12 };
    const mandateId = await mandates.draft({ ...who, ...plan });
    const { gatewayId: subscriptionId } = await mandates.publish(mandateId);
    const now = outgoing.clock.now();
    const billingEnd = new Date(Math.floor(now.getTime() / 1000) * 1000 + 86_400_000);
    const invoiceId = outgoing.gateway.id('inv');
    const taken = { status: 'captured', captured: true, fee: 10, tax: 1 } as const;
    const { id: paymentId } = outgoing.gateway.pay({ ...MONEY, invoiceId, ...taken });
    const invoice = { id: invoiceId, subscriptionId, orderId: null, paymentId, status: 'paid', ...MONEY } as const;
    outgoing.gateway.allInvoices.push({ ...invoice, billingStart: now, billingEnd, createdAt: now });
    const cycle = { currentStart: now, currentEnd: billingEnd, status: 'active', paidCount: 1 } as const;
    outgoing.gateway.set(outgoing.gateway.madeSubscriptions, subscriptionId, cycle);
    outgoing.gateway.calls.length = 0;
    const signature = subscriptionSignature(subscriptionId, paymentId, secret);
    return { payeeId, subscriptionId, billingEnd, proof: { mandateId, paymentGatewayId: paymentId, signature } };
  }

  it('is active at once, with its payment', async () => {
    const { payeeId, billingEnd, proof } = await charged();
    expect(await checkouts.confirmMandate(proof)).toEqual({ status: 'active' });
    expect(await stored(proof.paymentGatewayId)).toMatchObject([
      { status: 'captured', parked: null, periodEnd: billingEnd },
    ]);
    expect(await owed(payeeId)).toBe(5_000);
    expect(await checkouts.confirmMandate(proof)).toEqual({ status: 'active' });
    expect(await owed(payeeId)).toBe(5_000);
  });

  it('with a forged signature is refused, and nobody is asked', async () => {
    const { subscriptionId, proof } = await charged();
    const { paymentGatewayId } = proof;
    for (const signature of [orderSignature(subscriptionId, paymentGatewayId, secret), 'x', '']) {
      const confirmed = checkouts.confirmMandate({ ...proof, signature });
      await expect(confirmed).rejects.toMatchObject({ kind: 'invalid', code: 'bad_signature' });
    }
    expect(outgoing.gateway.calls).toEqual([]);
  });

  it('is told later where the gateway is away', async () => {
    const { proof } = await charged();
    outgoing.gateway.next('subscription', 'unavailable');
    await expect(checkouts.confirmMandate(proof)).rejects.toMatchObject({ code: 'gateway_unavailable' });
    expect(await checkouts.confirmMandate(proof)).toEqual({ status: 'active' });
  });
});
