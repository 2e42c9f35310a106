import type { OrderIntent } from '../../../src/payment/order/order.service';
import { OrderService } from '../../../src/payment/order/order.service';
import { crashing, type Outgoing, startOutgoing } from './outgoing.kit';

const AT_ONCE = 20;
const PATIENCE_MS = 60_000;

let outgoing: Outgoing;
let orders: OrderService;

beforeAll(async () => {
  outgoing = await startOutgoing();
  orders = outgoing.wired(OrderService);
});

beforeEach(() => {
  outgoing.gateway.calls.length = 0;
  outgoing.gateway.delayMs = 0;
});

const intent = (changes: Partial<OrderIntent> = {}): OrderIntent => ({
  purpose: 'tip',
  reference: '12',
  payerId: 1,
  payeeId: 2,
  amount: 5_000,
  currency: 'INR',
  capture: 'automatic',
  ...changes,
});

const madeFor = async (orderId: number) => {
  const { receipt } = await orders.get(orderId);
  return outgoing.gateway.madeOrders.filter((order) => order.receipt === receipt);
};

it('a draft is ours alone until it is published', async () => {
  const orderId = await orders.draft(intent());
  expect(await orders.get(orderId)).toMatchObject({
    ...intent(),
    gatewayId: null,
    status: 'created',
    refundedAmount: 0,
  });
  expect(outgoing.gateway.calls).toEqual([]);
  const checkout = await orders.publish(orderId);
  const [made] = await madeFor(orderId);
  expect(made).toMatchObject({ amount: 5_000, currency: 'INR' });
  expect(checkout).toEqual({
    orderId,
    gatewayId: made?.id,
    publicKey: outgoing.gateway.publicKey,
    amount: 5_000,
    currency: 'INR',
  });
  expect(await orders.byGatewayId(checkout.gatewayId)).toMatchObject({ id: orderId });
  expect(outgoing.gateway.calls).toEqual(['createOrder']);
});

it('published again it is the same, without asking', async () => {
  const orderId = await orders.draft(intent());
  const first = await orders.publish(orderId);
  outgoing.gateway.calls.length = 0;
  expect(await orders.publish(orderId)).toEqual(first);
  expect(outgoing.gateway.calls).toEqual([]);
});

it('a draft that is undone leaves nothing', async () => {
  let orderId = 0;
  const undone = outgoing.unitOfWork.run(async () => {
    orderId = await orders.draft(intent());
    throw new Error('Undone');
  });
  await expect(undone).rejects.toThrow('Undone');
  await expect(orders.publish(orderId)).rejects.toMatchObject({ kind: 'not-found' });
});

it('is not published inside a unit of work', async () => {
  const orderId = await orders.draft(intent());
  await expect(outgoing.unitOfWork.run(() => orders.publish(orderId))).rejects.toThrow('inside a unit of work');
});

it('an outage is told as one, and the next try need not wait', async () => {
  const orderId = await orders.draft(intent());
  outgoing.gateway.next('createOrder', 'unavailable');
  await expect(orders.publish(orderId)).rejects.toMatchObject({
    kind: 'unavailable',
    code: 'gateway_unavailable',
    message: "Payments can't be reached right now. Try again: you were not charged.",
    details: { retryAfterSeconds: 30 },
  });
  await orders.publish(orderId);
  expect(outgoing.gateway.calls).toEqual(['createOrder', 'createOrder']);
});

it('a refusal is told as one', async () => {
  const orderId = await orders.draft(intent());
  outgoing.gateway.next('createOrder', 'refused');
  await expect(orders.publish(orderId)).rejects.toMatchObject({ kind: 'unprocessable', code: 'gateway_refused' });
});

it('an answer that is lost is looked for at once', async () => {
  const orderId = await orders.draft(intent());
  outgoing.gateway.next('createOrder', 'lost');
  const { gatewayId } = await orders.publish(orderId);
  expect((await madeFor(orderId)).map(({ id }) => id)).toEqual([gatewayId]);
  expect(outgoing.gateway.calls).toEqual(['createOrder', 'ordersByReceipt']);
});

it('what could not be looked for is looked for later, before anything is made', async () => {
  const orderId = await orders.draft(intent());
  outgoing.gateway.next('createOrder', 'lost');
  outgoing.gateway.next('ordersByReceipt', 'unavailable', 'unavailable');
  await expect(orders.publish(orderId)).rejects.toMatchObject({ code: 'gateway_unavailable' });
  outgoing.wait();
  await expect(orders.publish(orderId)).rejects.toMatchObject({ code: 'gateway_unavailable' });
  const { gatewayId } = await orders.publish(orderId);
  expect((await madeFor(orderId)).map(({ id }) => id)).toEqual([gatewayId]);
});

it(
  'published by many at once, on two instances, there is one',
  async () => {
    const orderId = await orders.draft(intent());
    outgoing.gateway.delayMs = 200;
    const other = outgoing.wired(OrderService);
    const published = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, i) => (i % 2 === 0 ? orders : other).publish(orderId)),
    );
    expect(new Set(published.map(({ gatewayId }) => gatewayId)).size).toBe(1);
    expect(await madeFor(orderId)).toHaveLength(1);
  },
  PATIENCE_MS,
);

it(
  'whenever the process ends, the next one gives the one order there is',
  async () => {
    for (let step = 0; ; step++) {
      const orderId = await orders.draft(intent());
      const hasCrashed = await crashing(outgoing, step, () => orders.publish(orderId));
      outgoing.wait();
      const { gatewayId } = await orders.publish(orderId);
      expect([step, (await madeFor(orderId)).map(({ id }) => id)]).toEqual([step, [gatewayId]]);
      if (!hasCrashed) return expect(step).toBeGreaterThan(4);
    }
  },
  PATIENCE_MS,
);

it('a payee is bound once', async () => {
  const orderId = await orders.draft(intent({ payeeId: null }));
  expect(await orders.bindPayee(orderId, 7)).toBe(7);
  expect(await orders.bindPayee(orderId, 8)).toBe(7);
  expect(await orders.get(orderId)).toMatchObject({ payeeId: 7 });
  await orders.publish(orderId);
  expect(outgoing.gateway.calls).toEqual(['createOrder']);
  await expect(orders.bindPayee(0, 7)).rejects.toMatchObject({ kind: 'not-found' });
});
