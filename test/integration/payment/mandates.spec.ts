import type { GatewaySubscription } from '../../../src/payment/gateway/payment-gateway';
import { MandateJob } from '../../../src/payment/mandate/mandate.job';
import { MandatePlanService, type NextPlan } from '../../../src/payment/mandate/mandate-plan.service';
import { type MandateIntent, MandateService } from '../../../src/payment/mandate/mandate.service';
import { crashing, type Outgoing, startOutgoing } from './outgoing.kit';

const AT_ONCE = 20;
const PATIENCE_MS = 90_000;
const MONTH_MS = 30 * 86_400_000;

let outgoing: Outgoing;
let mandates: MandateService;
let names = 0;

beforeAll(async () => {
  outgoing = await startOutgoing();
  mandates = outgoing.wired(MandateService);
});

beforeEach(() => {
  outgoing.gateway.calls.length = 0;
  outgoing.gateway.delayMs = 0;
});

function draft(changes: Partial<MandateIntent> = {}): Promise<number> {
  return mandates.draft({
    ...{ purpose: 'tier', reference: '12', payerId: 1, payeeId: 2, amount: 50_000, currency: 'INR' },
    ...{ planKey: `tier_price:${++names}`, planName: 'Patrons', totalCount: 12 },
    ...changes,
  });
}

/** Of this mandate alone: each draft has a plan of its own. */
async function madeFor(mandateId: number): Promise<GatewaySubscription[]> {
  const { planKey } = await mandates.get(mandateId);
  const plans = outgoing.gateway.madePlans.filter(({ notes }) => notes['plan_key'] === planKey).map(({ id }) => id);
  return outgoing.gateway.madeSubscriptions.filter(({ planId }) => plans.includes(planId));
}

/** A published mandate, as the gateway has it after a first charge. */
async function active(): Promise<{ mandateId: number; gatewayId: string }> {
  const mandateId = await draft();
  const { gatewayId } = await mandates.publish(mandateId);
  const now = outgoing.clock.now();
  const currentEnd = new Date(now.getTime() + MONTH_MS);
  const cycle = { currentStart: now, currentEnd, startAt: now };
  outgoing.gateway.set(outgoing.gateway.madeSubscriptions, gatewayId, { status: 'active', paidCount: 1, ...cycle });
  await mandates.sync(mandateId);
  outgoing.gateway.calls.length = 0;
  return { mandateId, gatewayId };
}

const atGateway = (gatewayId: string) => outgoing.gateway.madeSubscriptions.find(({ id }) => id === gatewayId);

describe('publishing', () => {
  it('makes the plan and the subscription', async () => {
    const startAt = new Date(outgoing.clock.now().getTime() + MONTH_MS);
    const mandateId = await draft({ startAt });
    expect(await mandates.get(mandateId)).toMatchObject({ gatewayId: null, status: 'created', startAt, wanted: null });
    const checkout = await mandates.publish(mandateId);
    const [made] = await madeFor(mandateId);
    expect(made).toMatchObject({ totalCount: 12, startAt });
    const { id: gatewayId, shortUrl } = made!;
    expect(checkout).toEqual({ mandateId, gatewayId, shortUrl, publicKey: outgoing.gateway.publicKey });
    expect(await mandates.byGatewayId(gatewayId)).toMatchObject({ id: mandateId, planId: made!.planId });
    expect(await mandates.publish(mandateId)).toEqual(checkout);
    expect(outgoing.gateway.calls).toEqual(['plans', 'createPlan', 'createSubscription']);
  });

  it('makes a plan once', async () => {
    const planKey = `tier_price:${++names}`;
    await mandates.publish(await draft({ planKey }));
    outgoing.gateway.calls.length = 0;
    await mandates.publish(await draft({ planKey }));
    expect(outgoing.gateway.calls).toEqual(['createSubscription']);
  });

  it('looks for what a lost answer has made', async () => {
    const mandateId = await draft();
    outgoing.gateway.next('createSubscription', 'lost');
    const { gatewayId } = await mandates.publish(mandateId);
    expect((await madeFor(mandateId)).map(({ id }) => id)).toEqual([gatewayId]);
  });

  it('tells an outage, and waits before it makes again what may have been made', async () => {
    const mandateId = await draft();
    outgoing.gateway.next('createSubscription', 'unheard');
    await expect(mandates.publish(mandateId)).rejects.toMatchObject({ code: 'gateway_unavailable' });
    outgoing.wait();
    const { gatewayId } = await mandates.publish(mandateId);
    expect((await madeFor(mandateId)).map(({ id }) => id)).toEqual([gatewayId]);
  });

  it(
    'by many at once, on two instances, makes one',
    async () => {
      const mandateId = await draft();
      outgoing.gateway.delayMs = 100;
      const other = outgoing.wired(MandateService);
      const published = await Promise.all(
        Array.from({ length: AT_ONCE }, (_, i) => (i % 2 === 0 ? mandates : other).publish(mandateId)),
      );
      expect(new Set(published.map(({ gatewayId }) => gatewayId)).size).toBe(1);
      expect(await madeFor(mandateId)).toHaveLength(1);
    },
    PATIENCE_MS,
  );

  it(
    'gives the one there is, whenever the process ended before',
    async () => {
      for (let step = 0; ; step++) {
        const mandateId = await draft();
        const hasCrashed = await crashing(outgoing, step, () => mandates.publish(mandateId));
        outgoing.wait();
        const { gatewayId } = await mandates.publish(mandateId);
        expect([step, (await madeFor(mandateId)).map(({ id }) => id)]).toEqual([step, [gatewayId]]);
        if (!hasCrashed) return expect(step).toBeGreaterThan(6);
      }
    },
    PATIENCE_MS,
  );
});

describe('ending', () => {
  it('at once', async () => {
    const { mandateId, gatewayId } = await active();
    await mandates.wantCancel(mandateId, { atCycleEnd: false });
    expect(await mandates.get(mandateId)).toMatchObject({ status: 'active', wanted: 'cancelled' });
    expect(await mandates.carryOut(mandateId)).toBe(true);
    expect(await mandates.get(mandateId)).toMatchObject({ status: 'cancelled', wanted: null });
    expect([atGateway(gatewayId)?.status, outgoing.gateway.calls]).toEqual(['cancelled', ['cancelSubscription']]);
  });

  it('after what is paid', async () => {
    const { mandateId } = await active();
    await mandates.wantCancel(mandateId, { atCycleEnd: true });
    expect(await mandates.carryOut(mandateId)).toBe(true);
    const { status, wanted, endsAtCycle } = await mandates.get(mandateId);
    expect([status, wanted, Boolean(endsAtCycle)]).toEqual(['active', null, true]);
    await mandates.wantPause(mandateId);
    expect(await mandates.get(mandateId)).toMatchObject({ wanted: null });
    await mandates.wantCancel(mandateId, { atCycleEnd: false });
    await mandates.carryOut(mandateId);
    expect(await mandates.get(mandateId)).toMatchObject({ status: 'cancelled' });
  });

  it('at once, where nothing is paid that could be waited for', async () => {
    const mandateId = await draft();
    await mandates.publish(mandateId);
    await mandates.wantCancel(mandateId, { atCycleEnd: true });
    expect(await mandates.carryOut(mandateId)).toBe(true);
    expect(await mandates.get(mandateId)).toMatchObject({ status: 'cancelled', wanted: null });
  });

  it('is told later where the gateway is away', async () => {
    const { mandateId, gatewayId } = await active();
    await mandates.wantCancel(mandateId, { atCycleEnd: false });
    outgoing.gateway.next('cancelSubscription', 'unavailable', 'unheard');
    const job = new MandateJob(mandates, outgoing.clock);
    expect(await mandates.carryOut(mandateId)).toBe(false);
    outgoing.wait();
    expect(await job.run()).toBe(0);
    expect(await mandates.get(mandateId)).toMatchObject({ status: 'active', wanted: 'cancelled' });
    outgoing.wait();
    expect(await job.run()).toBe(1);
    expect([await mandates.get(mandateId), atGateway(gatewayId)]).toMatchObject([
      { status: 'cancelled', wanted: null },
      { status: 'cancelled' },
    ]);
  });

  it('is done where somebody has done it at the gateway', async () => {
    const { mandateId, gatewayId } = await active();
    outgoing.gateway.set(outgoing.gateway.madeSubscriptions, gatewayId, { status: 'cancelled' });
    await mandates.wantCancel(mandateId, { atCycleEnd: false });
    expect(await mandates.carryOut(mandateId)).toBe(true);
    expect(await mandates.get(mandateId)).toMatchObject({ status: 'cancelled', wanted: null });
  });

  it('of one that the gateway never had asks nobody, and it can not be published any more', async () => {
    const mandateId = await draft();
    await mandates.wantCancel(mandateId, { atCycleEnd: false });
    await expect(mandates.publish(mandateId)).rejects.toMatchObject({ kind: 'conflict', code: 'mandate_over' });
    expect(await mandates.carryOut(mandateId)).toBe(true);
    expect(await mandates.get(mandateId)).toMatchObject({ status: 'cancelled', wanted: null });
    await expect(mandates.publish(mandateId)).rejects.toMatchObject({ code: 'mandate_over' });
    expect(outgoing.gateway.calls).toEqual([]);
  });

  it(
    'of one whose making ended anywhere ends what was made',
    async () => {
      for (let step = 0; ; step++) {
        const mandateId = await draft();
        const hasCrashed = await crashing(outgoing, step, () => mandates.publish(mandateId));
        await mandates.wantCancel(mandateId, { atCycleEnd: false });
        await crashing(outgoing, step, () => mandates.carryOut(mandateId));
        outgoing.wait();
        expect(await mandates.carryOut(mandateId)).toBe(true);
        const made = (await madeFor(mandateId)).map(({ status }) => status);
        expect([step, made.filter((status) => status !== 'cancelled')]).toEqual([step, []]);
        expect(await mandates.get(mandateId)).toMatchObject({ status: 'cancelled', wanted: null });
        if (!hasCrashed) return expect(step).toBeGreaterThan(6);
      }
    },
    PATIENCE_MS,
  );
});

describe('pausing', () => {
  it('and resuming', async () => {
    const { mandateId, gatewayId } = await active();
    await mandates.wantPause(mandateId);
    expect(await mandates.carryOut(mandateId)).toBe(true);
    expect(await mandates.get(mandateId)).toMatchObject({ status: 'paused', wanted: null });
    await mandates.wantResume(mandateId);
    expect(await mandates.carryOut(mandateId)).toBe(true);
    expect(await mandates.get(mandateId)).toMatchObject({ status: 'active', wanted: null });
    expect(atGateway(gatewayId)?.status).toBe('active');
  });

  it('that is refused is told, and not wanted any more', async () => {
    const mandateId = await draft();
    await mandates.publish(mandateId);
    await mandates.wantPause(mandateId);
    await expect(mandates.carryOut(mandateId)).rejects.toMatchObject({ kind: 'conflict', code: 'mandate_refused' });
    expect(await mandates.get(mandateId)).toMatchObject({ status: 'created', wanted: null });
    expect(await mandates.carryOut(mandateId)).toBe(true);
  });

  it('told twice does no harm', async () => {
    const { mandateId } = await active();
    await mandates.wantPause(mandateId);
    outgoing.gateway.next('pauseSubscription', 'lost');
    expect(await mandates.carryOut(mandateId)).toBe(false);
    expect(await mandates.carryOut(mandateId)).toBe(true);
    expect(await mandates.get(mandateId)).toMatchObject({ status: 'paused', wanted: null });
  });
});

describe('asking how it stands', () => {
  it('applies the subscription and its payments, each once', async () => {
    const { mandateId, gatewayId } = await active();
    const invoiceId = outgoing.gateway.id('inv');
    const money = { amount: 50_000, currency: 'INR' };
    const payment = outgoing.gateway.pay({ ...money, invoiceId, status: 'captured', captured: true, fee: 10, tax: 1 });
    const [billingStart, billingEnd] = [outgoing.clock.now(), new Date(outgoing.clock.now().getTime() + MONTH_MS)];
    const period = { billingStart, billingEnd, createdAt: billingStart };
    const link = { subscriptionId: gatewayId, orderId: null, paymentId: payment.id, status: 'paid' } as const;
    outgoing.gateway.allInvoices.push({ id: invoiceId, ...link, ...money, ...period });
    outgoing.gateway.set(outgoing.gateway.madeSubscriptions, gatewayId, { paidCount: 2 });
    await mandates.sync(mandateId);
    expect(await mandates.get(mandateId)).toMatchObject({ paidCount: 2 });
    expect(outgoing.gateway.calls).toEqual(['invoicesOf', 'payment', 'subscription']);
    outgoing.gateway.calls.length = 0;
    await mandates.sync(mandateId);
    expect(outgoing.gateway.calls).toEqual(['invoicesOf', 'subscription']);
  });

  it('asks nobody of what the gateway never had, and tells an outage', async () => {
    await mandates.sync(await draft());
    expect(outgoing.gateway.calls).toEqual([]);
    const { mandateId } = await active();
    outgoing.gateway.next('subscription', 'unavailable');
    await expect(mandates.sync(mandateId)).rejects.toMatchObject({ code: 'gateway_unavailable' });
    await expect(mandates.sync(0)).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('another price', () => {
  let plans: MandatePlanService;
  beforeAll(() => {
    plans = outgoing.wired(MandatePlanService);
  });
  const next = (when: NextPlan['when']): NextPlan => ({
    ...{ planKey: `tier_price:${++names}`, planName: 'Friends', amount: 90_000, when },
  });
  const gatewayPlanOf = ({ planKey }: NextPlan) =>
    outgoing.gateway.madePlans.find(({ notes }) => notes['plan_key'] === planKey)?.id;

  it('is charged from now on, or from the next month on', async () => {
    const [soon, later] = [await active(), await active()];
    const [now, then] = [next('now'), next('cycle_end')];
    await plans.want(soon.mandateId, now);
    await plans.want(later.mandateId, then);
    expect([await mandates.carryOut(soon.mandateId), await mandates.carryOut(later.mandateId)]).toEqual([true, true]);
    expect(atGateway(soon.gatewayId)).toMatchObject({ planId: gatewayPlanOf(now), hasScheduledChanges: false });
    expect(await mandates.get(soon.mandateId)).toMatchObject({
      ...{ planKey: now.planKey, amount: 90_000 },
      wanted: null,
    });
    expect(atGateway(later.gatewayId)).toMatchObject({ hasScheduledChanges: true });
    expect(await mandates.get(later.mandateId)).toMatchObject({
      amount: 50_000,
      nextPlanKey: then.planKey,
      wanted: null,
    });
    await plans.keep(later.mandateId);
    expect(await mandates.carryOut(later.mandateId)).toBe(true);
    expect(atGateway(later.gatewayId)).toMatchObject({ hasScheduledChanges: false });
    expect(await mandates.get(later.mandateId)).toMatchObject({ amount: 50_000, nextPlanKey: null, wanted: null });
  });

  it('whose answer is lost is asked for once: it costs money', async () => {
    const { mandateId } = await active();
    const plan = next('now');
    await plans.want(mandateId, plan);
    outgoing.gateway.next('updateSubscription', 'lost');
    expect(await mandates.carryOut(mandateId)).toBe(false);
    expect(await mandates.get(mandateId)).toMatchObject({ wanted: 'plan_now', amount: 50_000 });
    expect(await mandates.carryOut(mandateId)).toBe(true);
    expect(await mandates.get(mandateId)).toMatchObject({ wanted: null, planKey: plan.planKey, nextPlanKey: null });
    expect(outgoing.gateway.calls.filter((call) => call === 'updateSubscription')).toHaveLength(1);
  });

  it('that nobody heard of is told later', async () => {
    const { mandateId } = await active();
    await plans.want(mandateId, next('now'));
    outgoing.gateway.next('updateSubscription', 'unheard', 'unavailable');
    expect([await mandates.carryOut(mandateId), await mandates.carryOut(mandateId)]).toEqual([false, false]);
    expect(await mandates.carryOut(mandateId)).toBe(true);
    expect(await mandates.get(mandateId)).toMatchObject({ amount: 90_000, wanted: null });
  });

  it('that is refused is wanted no more', async () => {
    const { mandateId } = await active();
    await plans.want(mandateId, next('cycle_end'));
    outgoing.gateway.next('updateSubscription', 'refused');
    await expect(mandates.carryOut(mandateId)).rejects.toMatchObject({ code: 'mandate_refused', kind: 'conflict' });
    expect(await mandates.get(mandateId)).toMatchObject({ wanted: null, nextPlanKey: null, amount: 50_000 });
  });

  it('comes to nothing where an end was asked for after it, and not before one', async () => {
    const { mandateId, gatewayId } = await active();
    await plans.want(mandateId, next('now'));
    await expect(mandates.wantPause(mandateId)).rejects.toMatchObject({ code: 'mandate_refused' });
    await mandates.wantCancel(mandateId, { atCycleEnd: false });
    await expect(plans.want(mandateId, next('now'))).rejects.toMatchObject({ code: 'mandate_refused' });
    expect(await mandates.carryOut(mandateId)).toBe(true);
    expect(atGateway(gatewayId)).toMatchObject({ status: 'cancelled' });
    expect(outgoing.gateway.calls).not.toContain('updateSubscription');
  });
});
