import { CheckoutService } from '../../../src/payment/checkout/checkout.service';
import { HoldService } from '../../../src/payment/checkout/hold.service';
import { orderSignature } from '../../../src/payment/gateway/checkout-signature.rules';
import type { GatewayPayment } from '../../../src/payment/gateway/payment-gateway';
import { Settings } from '../../../src/infra/config/settings';
import { LedgerService } from '../../../src/payment/ledger/ledger.service';
import { OrderService } from '../../../src/payment/order/order.service';
import { PaymentService } from '../../../src/payment/payment/payment.service';
import { type Outgoing, startOutgoing } from './outgoing.kit';

const MONEY = { amount: 5_000, currency: 'INR' } as const;

let outgoing: Outgoing;
let holds: HoldService;
let payees = 50_000;

beforeAll(async () => {
  outgoing = await startOutgoing();
  holds = outgoing.wired(HoldService);
});

/** An order of capture `manual` that a bank has authorised, as we have heard from the page unless told. */
async function held({ told = true } = {}) {
  const orders = outgoing.wired(OrderService);
  const payeeId = ++payees;
  const who = { purpose: 'commission', reference: '1', payerId: 1, payeeId } as const;
  const orderId = await orders.draft({ ...who, ...MONEY, capture: 'manual' });
  const { gatewayId } = await orders.publish(orderId);
  const { id: paymentGatewayId } = outgoing.gateway.pay({ ...MONEY, orderId: gatewayId });
  const secret = outgoing.app.get(Settings).razorpay?.keySecret ?? '';
  const signature = orderSignature(gatewayId, paymentGatewayId, secret);
  if (told) await outgoing.wired(CheckoutService).confirmOrder({ orderId, paymentGatewayId, signature });
  outgoing.gateway.calls.length = 0;
  const set = (changes: Partial<GatewayPayment>) =>
    outgoing.gateway.set(outgoing.gateway.allPayments, paymentGatewayId, changes);
  return { orderId, payeeId, gatewayId, set };
}

const owed = async (payeeId: number) => (await outgoing.wired(LedgerService).balances(payeeId))[0]?.amount;
const paidAt = async (orderId: number) => (await outgoing.wired(PaymentService).ofOrder(orderId)).paidAt;
const heldSince = (orderId: number) => outgoing.wired(PaymentService).heldSince(orderId);

it('what is held is nobody’s income, until it is captured, once', async () => {
  const { orderId, payeeId } = await held();
  expect([await heldSince(orderId), await paidAt(orderId), await owed(payeeId)]).toEqual([
    expect.any(Date),
    null,
    undefined,
  ]);
  await holds.capture(orderId);
  await holds.capture(orderId);
  expect([await heldSince(orderId), await paidAt(orderId), await owed(payeeId)]).toEqual([
    null,
    expect.any(Date),
    5_000,
  ]);
  expect(outgoing.gateway.calls).toEqual(['payment', 'capture']);
});

it('a capture whose answer was lost is found, and not made again', async () => {
  const { orderId, payeeId } = await held();
  outgoing.gateway.next('capture', 'lost');
  await expect(holds.capture(orderId)).rejects.toMatchObject({ kind: 'unavailable', code: 'gateway_unavailable' });
  expect(await paidAt(orderId)).toBeNull();
  await holds.capture(orderId);
  expect(await owed(payeeId)).toBe(5_000);
  expect(outgoing.gateway.calls).toEqual(['payment', 'capture', 'payment']);
});

it('while the gateway is away nothing is taken, and the next call takes it', async () => {
  const { orderId, payeeId } = await held();
  for (const method of ['payment', 'capture'] as const) {
    outgoing.gateway.next(method, 'unavailable');
    await expect(holds.capture(orderId)).rejects.toMatchObject({ kind: 'unavailable' });
  }
  expect(await heldSince(orderId)).toEqual(expect.any(Date));
  await holds.capture(orderId);
  expect(await owed(payeeId)).toBe(5_000);
});

it('what has gone back meanwhile is held no more, and what the gateway refuses to give is told', async () => {
  const gone = await held();
  gone.set({ status: 'refunded', amountRefunded: 5_000 });
  await holds.capture(gone.orderId);
  expect([await heldSince(gone.orderId), await owed(gone.payeeId)]).toEqual([null, undefined]);
  expect(outgoing.gateway.calls).toEqual(['payment']);
  const refused = await held();
  outgoing.gateway.next('capture', 'refused');
  await expect(holds.capture(refused.orderId)).rejects.toMatchObject({
    kind: 'unprocessable',
    code: 'gateway_refused',
  });
  expect(await heldSince(refused.orderId)).toEqual(expect.any(Date));
});

it('a payment that nobody told us of is found at the gateway', async () => {
  const { orderId } = await held({ told: false });
  expect(await heldSince(orderId)).toBeNull();
  outgoing.gateway.next('orderPayments', 'unavailable');
  await expect(holds.refresh(orderId)).rejects.toMatchObject({ kind: 'unavailable' });
  await holds.refresh(orderId);
  expect(await heldSince(orderId)).toEqual(expect.any(Date));
});

it('an order that the gateway never had has nothing to be refreshed', async () => {
  const who = { purpose: 'commission', reference: '1', payerId: 1, payeeId: 2, ...MONEY } as const;
  const orderId = await outgoing.wired(OrderService).draft({ ...who, capture: 'manual' });
  outgoing.gateway.calls.length = 0;
  await holds.refresh(orderId);
  await holds.capture(orderId);
  expect(outgoing.gateway.calls).toEqual([]);
  await expect(holds.capture(999_999)).rejects.toMatchObject({ code: 'not_found' });
});
