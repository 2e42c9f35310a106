import { ApplyService } from '../../../src/payment/apply/apply.service';
import { OrderService } from '../../../src/payment/order/order.service';
import { RefundJob } from '../../../src/payment/refund/refund.job';
import { RefundRepository } from '../../../src/payment/refund/refund.repository';
import { RefundService } from '../../../src/payment/refund/refund.service';
import { LedgerService } from '../../../src/payment/ledger/ledger.service';
import { crashing, type Outgoing, startOutgoing } from './outgoing.kit';

const AT_ONCE = 20;
const PATIENCE_MS = 90_000;
const REASON = { reason: 'Changed their mind.' };

let outgoing: Outgoing;
let refunds: RefundService;
let applier: ApplyService;
let names = 0;

beforeAll(async () => {
  outgoing = await startOutgoing();
  refunds = outgoing.wired(RefundService);
  applier = outgoing.wired(ApplyService);
});

beforeEach(() => {
  outgoing.gateway.calls.length = 0;
  outgoing.gateway.delayMs = 0;
});

const name = () => `refund-number-${++names}`;
const rowOf = (id: number) => outgoing.wired(RefundRepository).byId(id);

/** A captured payment of an order; gives our id of it, and the gateway's. */
async function paid(amount = 1_000): Promise<{ id: number; gatewayId: string; payeeId: number }> {
  const orders = outgoing.wired(OrderService);
  const payeeId = 5_000 + ++names;
  const orderId = await orders.draft({
    ...{ purpose: 'tier', reference: '1', payerId: 1, payeeId, amount, currency: 'INR', capture: 'automatic' },
  });
  const { gatewayId } = await orders.publish(orderId);
  const payment = outgoing.gateway.pay({
    orderId: gatewayId,
    amount,
    status: 'captured',
    captured: true,
    fee: 0,
    tax: 0,
  });
  const { paymentId } = await applier.payment(payment, {});
  outgoing.gateway.calls.length = 0;
  return { id: paymentId ?? 0, gatewayId: payment.id, payeeId };
}

const madeFor = (gatewayId: string) => outgoing.gateway.madeRefunds.filter(({ paymentId }) => paymentId === gatewayId);
const owed = async (payeeId: number) => (await outgoing.wired(LedgerService).balances(payeeId))[0]?.amount;

it('all of a payment goes back, and is booked', async () => {
  const { id, gatewayId, payeeId } = await paid();
  const refundId = await refunds.request(id, { ...REASON, key: name() });
  expect(await rowOf(refundId)).toMatchObject({ paymentId: id, amount: 1_000, status: 'requested', gatewayId: null });
  expect([outgoing.gateway.calls, await owed(payeeId)]).toEqual([[], 1_000]);
  expect(await refunds.carryOut(refundId)).toBe(true);
  const [made] = madeFor(gatewayId);
  expect(made).toMatchObject({ amount: 1_000, key: expect.stringMatching(/^[\w-]{10,64}$/) });
  expect(await rowOf(refundId)).toMatchObject({ status: 'processed', gatewayId: made?.id });
  expect([outgoing.gateway.calls, await owed(payeeId)]).toEqual([['refund'], 0]);
});

it('asked for again under its key it is the same, and made once', async () => {
  const { id, gatewayId } = await paid();
  const key = name();
  const first = await refunds.request(id, { ...REASON, key, amount: 300 });
  expect(await refunds.request(id, { ...REASON, key })).toBe(first);
  await refunds.carryOut(first);
  expect(await refunds.carryOut(first)).toBe(true);
  expect(await refunds.request(id, { ...REASON, key, amount: 300 })).toBe(first);
  expect(madeFor(gatewayId)).toHaveLength(1);
  await expect(refunds.request(id, { ...REASON, key, amount: 301 })).rejects.toMatchObject({ code: 'refund_key_used' });
  const other = await paid();
  await expect(refunds.request(other.id, { ...REASON, key })).rejects.toMatchObject({ code: 'refund_key_used' });
});

it('never more than there was', async () => {
  const { id } = await paid();
  await refunds.request(id, { ...REASON, key: name(), amount: 700 });
  const tooMuch = refunds.request(id, { ...REASON, key: name(), amount: 301 });
  await expect(tooMuch).rejects.toMatchObject({ kind: 'conflict', code: 'nothing_to_refund' });
  const rest = await refunds.request(id, { ...REASON, key: name() });
  expect(await rowOf(rest)).toMatchObject({ amount: 300 });
  await expect(refunds.request(id, { ...REASON, key: name() })).rejects.toMatchObject({ code: 'nothing_to_refund' });
  await expect(refunds.request(0, { ...REASON, key: name() })).rejects.toMatchObject({ kind: 'not-found' });
});

it('nothing of what was not captured', async () => {
  const payment = outgoing.gateway.pay({ amount: 1_000 });
  const { paymentId } = await applier.payment(payment, {});
  const request = refunds.request(paymentId ?? 0, { ...REASON, key: name() });
  await expect(request).rejects.toMatchObject({ code: 'nothing_to_refund' });
});

it('an outage leaves it to the job', async () => {
  const { id, gatewayId } = await paid();
  const refundId = await refunds.request(id, { ...REASON, key: name() });
  outgoing.gateway.next('refund', 'unavailable');
  expect([await refunds.carryOut(refundId), await rowOf(refundId)]).toMatchObject([false, { status: 'requested' }]);
  const job = new RefundJob(refunds, outgoing.clock);
  outgoing.wait();
  expect(await job.run()).toBeGreaterThanOrEqual(1);
  expect([await rowOf(refundId), madeFor(gatewayId).length]).toMatchObject([{ status: 'processed' }, 1]);
});

it('a lost answer is looked for', async () => {
  const { id, gatewayId } = await paid();
  const refundId = await refunds.request(id, { ...REASON, key: name() });
  outgoing.gateway.next('refund', 'lost');
  expect(await refunds.carryOut(refundId)).toBe(true);
  expect([await rowOf(refundId), madeFor(gatewayId).length]).toMatchObject([{ status: 'processed' }, 1]);
});

it('where somebody paid it all back in the dashboard, ours has failed', async () => {
  const { id, gatewayId, payeeId } = await paid();
  const refundId = await refunds.request(id, { ...REASON, key: name() });
  await outgoing.gateway.refund(gatewayId, { amount: 1_000, key: 'in-the-dashboard', notes: {} });
  expect(await refunds.carryOut(refundId)).toBe(true);
  expect([await rowOf(refundId), await owed(payeeId)]).toMatchObject([{ status: 'failed' }, 0]);
  expect(madeFor(gatewayId)).toHaveLength(1);
});

it('what is refused for another reason is tried again', async () => {
  const { id } = await paid();
  const refundId = await refunds.request(id, { ...REASON, key: name() });
  outgoing.gateway.next('refund', 'refused');
  expect([await refunds.carryOut(refundId), await rowOf(refundId)]).toMatchObject([false, { status: 'requested' }]);
  outgoing.wait();
  expect([await refunds.carryOut(refundId), await rowOf(refundId)]).toMatchObject([true, { status: 'processed' }]);
});

it(
  'carried out by many at once there is one',
  async () => {
    const { id, gatewayId, payeeId } = await paid();
    const refundId = await refunds.request(id, { ...REASON, key: name() });
    outgoing.gateway.delayMs = 100;
    const other = outgoing.wired(RefundService);
    const done = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, i) => (i % 2 === 0 ? refunds : other).carryOut(refundId)),
    );
    expect([new Set(done), madeFor(gatewayId).length, await owed(payeeId)]).toEqual([new Set([true]), 1, 0]);
  },
  PATIENCE_MS,
);

it(
  'asked for by many at once no more goes back than there was',
  async () => {
    const { id } = await paid(1_000);
    const asked = await Promise.allSettled(
      Array.from({ length: AT_ONCE }, () => refunds.request(id, { ...REASON, key: name(), amount: 300 })),
    );
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  },
  PATIENCE_MS,
);

it(
  'whenever the process ends, the money goes back once',
  async () => {
    for (let step = 0; ; step++) {
      const { id, gatewayId, payeeId } = await paid();
      const refundId = await refunds.request(id, { ...REASON, key: name() });
      const hasCrashed = await crashing(outgoing, step, () => refunds.carryOut(refundId));
      outgoing.wait();
      expect(await refunds.carryOut(refundId)).toBe(true);
      const state = [step, madeFor(gatewayId).length, (await rowOf(refundId))?.status, await owed(payeeId)];
      expect(state).toEqual([step, 1, 'processed', 0]);
      if (!hasCrashed) return expect(step).toBeGreaterThan(4);
    }
  },
  PATIENCE_MS,
);
