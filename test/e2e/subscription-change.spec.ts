import { MandateJob } from '../../src/payment/mandate/mandate.job';
import { PaymentRepository } from '../../src/payment/payment/payment.repository';
import { CheckoutSweeper } from '../../src/subscription/purchase/checkout.sweeper';
import { type LoggedIn, loggedIn } from '../factories/administrator';
import { aPost } from '../factories/post';
import { aCreator, aTier } from '../factories/tier';
import { type MoneyApp, startMoneyApp } from './money.kit';

let money: MoneyApp;
let creator: LoggedIn;

beforeAll(async () => {
  money = await startMoneyApp();
  creator = await aCreator(money);
});

const ABROAD = { method: 'card', international: true };

interface Tier {
  readonly id: number;
  readonly name: string;
}
interface Subscriber {
  readonly member: LoggedIn;
  readonly tier: Tier;
  readonly id: number;
  readonly gatewayId: string;
}
interface Preview {
  readonly quote: string;
  readonly how: string;
  readonly when: string;
  readonly applies_at: string | null;
}
type Answer = { statusCode: number; json: <T>() => T };

async function inr(amount: number, more: object = {}): Promise<Tier> {
  return aTier(money, creator, { prices: [{ currency: 'INR', amount }], ...more });
}

function pay(gatewayId: string, more: object = {}): Record<string, string> {
  const result = money.simulator.pay({ subscription_id: gatewayId, ...more });
  if ('error' in result) throw new Error(JSON.stringify(result.error));
  const { razorpay_payment_id, razorpay_signature } = result.callback;
  return { razor_payment_id: razorpay_payment_id, razorpay_signature, razorpay_subscription_id: gatewayId };
}

/** Somebody who pays for the tier every month, `more` says how. */
async function subscribed(tier: Tier, more: object = ABROAD): Promise<Subscriber> {
  const member = await loggedIn(money);
  const created = await member.call('POST', '/subscriptions/create', { tierID: tier.id });
  const { SubscriptionID: gatewayId } = created.json<{ SubscriptionID: string }>();
  await member.call('POST', '/subscriptions/save', pay(gatewayId, more));
  await money.settled();
  const [subscription] = await mine(member);
  return { member, tier, gatewayId, id: Number(subscription?.['id']) };
}

async function mine(member: LoggedIn): Promise<Record<string, unknown>[]> {
  return (await member.call('GET', '/subscriptions/list')).json<{ subscriptions: Record<string, unknown>[] }>()
    .subscriptions;
}

async function one({ member, id }: Subscriber): Promise<Record<string, unknown>> {
  return (await member.call('GET', `/subscriptions/${id}/`)).json<Record<string, unknown>>();
}

async function ask({ member, id }: Subscriber, tier: Tier, more: object = {}): Promise<Answer> {
  return member.call('POST', '/subscriptions/change/', { subscriptionID: id, tierID: tier.id, ...more });
}

async function previewed(who: Subscriber, tier: Tier, more: object = {}): Promise<Preview> {
  const answer = await ask(who, tier, { preview: true, ...more });
  expect([answer.statusCode, answer.json()]).toEqual([200, expect.objectContaining({ status: 'preview' })]);
  return answer.json<{ preview: Preview }>().preview;
}

async function changed(who: Subscriber, tier: Tier, more: object = {}): Promise<Answer> {
  const { quote } = await previewed(who, tier, more);
  return ask(who, tier, { quote, ...more });
}

async function opens(member: LoggedIn, post: { readonly id: number }): Promise<boolean> {
  return !(await member.call('GET', `/content/api/content/${post.id}/`)).json<{ locked: boolean }>().locked;
}

const truth = () => money.simulator.control.truth();
const at = (gatewayId: string) => truth().subscriptions.find(({ id }) => id === gatewayId);
const charged = (gatewayId: string): number[] =>
  truth()
    .invoices.filter(({ subscription_id, status }) => subscription_id === gatewayId && status === 'paid')
    .map(({ amount }) => amount);

/** Months differ. */
function daysToCharge(gatewayId: string): number {
  return Math.ceil(((at(gatewayId)?.current_end ?? truth().now) - truth().now) / 86_400);
}

describe('a card of a bank abroad', () => {
  it('is charged the difference at once: the tier, its posts and the price follow, and the month stays', async () => {
    const [silver, gold] = [await inr(20_000), await inr(50_000)];
    const [old, better] = [
      await aPost(money, creator, { tiers: [silver.id] }),
      await aPost(money, creator, { tiers: [gold.id] }),
    ];
    const who = await subscribed(silver);
    const before = await one(who);
    const preview = await previewed(who, gold);
    expect(preview).toMatchObject({
      from: { id: silver.id, name: silver.name, amount: 20_000, currency: 'INR' },
      to: { id: gold.id, name: gold.name, amount: 50_000, currency: 'INR' },
      charge_now: { amount: 30_000, currency: 'INR', exact: false },
      refund_at_most: 0,
      next_charge: { amount: 50_000, currency: 'INR', at: before['access_until'] },
      how: 'update',
      when: 'now',
      applies_at: null,
      note: expect.stringContaining('never more than'),
    });
    expect(await one(who)).toEqual(before);

    const done = await ask(who, gold, { quote: preview.quote, amount: 50_000 });
    expect([done.statusCode, done.json()]).toEqual([
      200,
      { status: 'done', subscription: who.id, preview: null, checkout: null },
    ]);
    expect(await one(who)).toMatchObject({
      tier: { id: gold.id },
      amount: 50_000,
      status: 'active',
      access_until: before['access_until'],
      pending_change: null,
    });
    expect([await opens(who.member, old), await opens(who.member, better)]).toEqual([false, true]);
    await money.settled();
    expect(await one(who)).toMatchObject({ tier: { id: gold.id }, amount: 50_000 });
    await money.pass(daysToCharge(who.gatewayId) + 1);
    const [first = 0, difference = 0, renewal = 0] = charged(who.gatewayId);
    expect([renewal, first]).toEqual([50_000, 20_000]);
    expect(difference).toBeGreaterThan(0);
    expect(difference).toBeLessThanOrEqual(30_000);
    const { subscriber_count } = (await creator.call('GET', `/content/api/tiers/${silver.id}/`)).json<{
      subscriber_count: number;
    }>();
    expect(subscriber_count).toBe(0);
  });

  it('goes down with the next month, which can be seen, and called off until then', async () => {
    const [gold, silver] = [await inr(50_000), await inr(20_000)];
    const who = await subscribed(gold);
    const { access_until } = await one(who);
    const pending = {
      tier: { id: silver.id },
      amount: 20_000,
      how: 'update',
      when: 'cycle_end',
      applies_at: access_until,
    };
    expect((await changed(who, silver)).json()).toMatchObject({ status: 'pending', checkout: null });
    expect(await one(who)).toMatchObject({ tier: { id: gold.id }, amount: 50_000, pending_change: pending });
    expect(at(who.gatewayId)).toMatchObject({ has_scheduled_changes: true });
    const refused = await ask(who, silver, { preview: true });
    expect(refused.statusCode).toBe(409);
    expect((await who.member.call('POST', `/subscriptions/${who.id}/pause/`, {})).statusCode).toBe(409);

    const off = await who.member.call('POST', `/subscriptions/${who.id}/cancel_change/`, {});
    expect([off.statusCode, off.json()]).toEqual([200, await one(who)]);
    expect(await one(who)).toMatchObject({ pending_change: null });
    expect(at(who.gatewayId)).toMatchObject({ has_scheduled_changes: false });
    expect((await who.member.call('POST', `/subscriptions/${who.id}/cancel_change/`, {})).statusCode).toBe(409);

    await changed(who, silver);
    await money.pass(daysToCharge(who.gatewayId) + 1);
    expect(await one(who)).toMatchObject({
      tier: { id: silver.id },
      amount: 20_000,
      pending_change: null,
      status: 'active',
    });
    expect(charged(who.gatewayId)).toEqual([50_000, 20_000]);
  });

  it('that fails at the change keeps what is paid for, until the new price is paid', async () => {
    const [silver, gold] = [await inr(20_000), await inr(50_000)];
    const who = await subscribed(silver);
    await changed(who, gold, { when: 'cycle_end' });
    money.simulator.control.setCard(who.gatewayId, { card: 'failing' });
    await money.pass(daysToCharge(who.gatewayId) + 1);
    expect(await one(who)).toMatchObject({
      tier: { id: silver.id },
      status: 'pending',
      reason: 'payment_failed_grace',
    });
    money.simulator.control.setCard(who.gatewayId, { card: 'ok' });
    await money.settled();
    expect(await one(who)).toMatchObject({ tier: { id: gold.id }, status: 'active', amount: 50_000 });
  });
});

describe('what can’t be charged another price', () => {
  it.each([
    ['UPI', { method: 'upi' }],
    ['a card of an Indian bank', { method: 'card' }],
  ])('%s is authorised anew, and nobody is without access or pays twice', async (_, method) => {
    const [silver, gold] = [await inr(20_000), await inr(50_000)];
    const [old, better] = [
      await aPost(money, creator, { tiers: [silver.id] }),
      await aPost(money, creator, { tiers: [gold.id] }),
    ];
    const who = await subscribed(silver, method);
    const { access_until } = await one(who);
    const preview = await previewed(who, gold);
    expect(preview).toMatchObject({
      how: 'new_mandate',
      when: 'cycle_end',
      applies_at: access_until,
      charge_now: { amount: 0, exact: true },
      next_charge: { amount: 50_000, at: access_until },
    });
    const answer = await ask(who, gold, { quote: preview.quote });
    const { checkout } = answer.json<{ checkout: { SubscriptionID: string } }>();
    expect(answer.json()).toMatchObject({ status: 'pending', checkout: { public_key: money.simulator.keyId } });
    expect(checkout.SubscriptionID).not.toBe(who.gatewayId);
    const again = await ask(who, gold, { quote: preview.quote });
    expect(again.json()).toEqual(answer.json());
    expect(await one(who)).toMatchObject({
      status: 'active',
      ends_at_cycle: false,
      pending_change: { SubscriptionID: checkout.SubscriptionID, tier: { id: gold.id } },
    });

    const saved = await who.member.call('POST', '/subscriptions/save', pay(checkout.SubscriptionID, method));
    expect(saved.statusCode).toBe(200);
    await money.settled();
    expect(await one(who)).toMatchObject({
      tier: { id: silver.id },
      has_access: true,
      ends_at_cycle: true,
      reason: 'changing_tier',
      pending_change: null,
    });
    // Whoever asks for the tier once more has not lost what they have authorised.
    const once = await who.member.call('POST', '/subscriptions/create', { tierID: gold.id });
    expect([once.statusCode, at(checkout.SubscriptionID)?.status]).toEqual([409, 'authenticated']);
    for (let days = daysToCharge(who.gatewayId) + 2; days > 0; days -= 1) {
      await money.pass(1);
      expect([days, (await opens(who.member, old)) || (await opens(who.member, better))]).toEqual([days, true]);
    }
    expect([await opens(who.member, old), await opens(who.member, better)]).toEqual([false, true]);
    expect([at(who.gatewayId)?.status, at(checkout.SubscriptionID)?.status]).toEqual(['cancelled', 'active']);
    expect([charged(who.gatewayId), charged(checkout.SubscriptionID)]).toEqual([[20_000], [50_000]]);
  });

  it('ended before it began, it leaves the old one to its paid days, without a bridge', async () => {
    const [silver, gold] = [await inr(20_000), await inr(50_000)];
    const who = await subscribed(silver, { method: 'upi' });
    const { access_until: paidEnd } = await one(who);
    const answer = await changed(who, gold);
    const { checkout } = answer.json<{ checkout: { SubscriptionID: string } }>();
    await who.member.call('POST', '/subscriptions/save', pay(checkout.SubscriptionID, { method: 'upi' }));
    await money.settled();
    expect(await one(who)).toMatchObject({ reason: 'changing_tier' });
    const ended = await who.member.call('POST', '/subscriptions/end/', { tier: gold.id, end_type: 1 });
    expect(ended.json()).toEqual({ status: 'Success' });
    await money.settled();
    expect(at(checkout.SubscriptionID)?.status).toBe('cancelled');
    expect(await one(who)).toMatchObject({ reason: 'cancelled_at_cycle_end', has_access: true, access_until: paidEnd });
  });

  it('whose first charge fails leaves the old one its days of grace', async () => {
    const [silver, gold] = [await inr(20_000), await inr(50_000)];
    const post = await aPost(money, creator, { tiers: [silver.id] });
    const who = await subscribed(silver, { method: 'upi' });
    const { checkout } = (await changed(who, gold)).json<{ checkout: { SubscriptionID: string } }>();
    await who.member.call('POST', '/subscriptions/save', pay(checkout.SubscriptionID, { method: 'upi' }));
    await money.settled();
    money.simulator.control.setCard(checkout.SubscriptionID, { card: 'failing' });
    await money.pass(daysToCharge(who.gatewayId) + 2);
    await money.settled();
    expect(at(checkout.SubscriptionID)).toMatchObject({ status: 'pending', paid_count: 0 });
    expect(await mine(who.member)).toMatchObject([
      { tier: { id: gold.id }, status: 'pending', has_access: false, access_until: null },
      { tier: { id: silver.id }, has_access: true, reason: 'changing_tier' },
    ]);
    expect(await opens(who.member, post)).toBe(true);
    money.simulator.control.setCard(checkout.SubscriptionID, { card: 'ok' });
    await money.pass(1);
    expect(await mine(who.member)).toMatchObject([
      { tier: { id: gold.id }, status: 'active', has_access: true },
      { tier: { id: silver.id }, status: 'cancelled', has_access: false },
    ]);
  });

  it('that nobody authorises within a week is off, and may be asked for again', async () => {
    const [silver, gold] = [await inr(20_000), await inr(50_000)];
    const who = await subscribed(silver, { method: 'upi' });
    const first = (await changed(who, gold)).json<{ checkout: { SubscriptionID: string } }>().checkout;
    money.clock.advance(8 * 86_400_000);
    await money.get(CheckoutSweeper).run();
    money.clock.advance(3_600_000);
    await money.get(MandateJob).run();
    await money.settled();
    expect(at(first.SubscriptionID)?.status).toBe('cancelled');
    expect(await one(who)).toMatchObject({ pending_change: null, status: 'active', has_access: true });
    const again = (await changed(who, gold)).json<{ checkout: { SubscriptionID: string } }>().checkout;
    expect(again.SubscriptionID).not.toBe(first.SubscriptionID);
  });

  it('at once it costs a whole month, and the old one is cancelled only when that is paid', async () => {
    const [silver, gold] = [await inr(20_000), await inr(50_000)];
    const who = await subscribed(silver, { method: 'upi' });
    const preview = await previewed(who, gold, { when: 'now' });
    expect(preview).toMatchObject({ charge_now: { amount: 50_000, exact: true }, next_charge: { at: null } });
    const answer = await ask(who, gold, { when: 'now', quote: preview.quote });
    const { checkout } = answer.json<{ checkout: { SubscriptionID: string } }>();
    await money.settled();
    expect(at(who.gatewayId)?.status).toBe('active');
    await who.member.call('POST', '/subscriptions/save', pay(checkout.SubscriptionID, { method: 'upi' }));
    await money.settled();
    expect(at(who.gatewayId)?.status).toBe('cancelled');
    expect(await mine(who.member)).toMatchObject([
      { tier: { id: gold.id }, status: 'active', has_access: true },
      { tier: { id: silver.id }, status: 'cancelled', has_access: false },
    ]);
  });

  it('lapses with the next payment of the old one, and what is paid on it after that is paid back', async () => {
    const [silver, gold] = [await inr(20_000), await inr(50_000)];
    const who = await subscribed(silver, { method: 'upi' });
    const answer = await changed(who, gold, { when: 'now' });
    const { checkout } = answer.json<{ checkout: { SubscriptionID: string } }>();
    await money.pass(daysToCharge(who.gatewayId) + 1);
    expect(await one(who)).toMatchObject({ tier: { id: silver.id }, status: 'active', pending_change: null });
    expect(at(checkout.SubscriptionID)?.status).toBe('cancelled');
  });

  it('called off, its checkout is void', async () => {
    const [silver, gold] = [await inr(20_000), await inr(50_000)];
    const who = await subscribed(silver, { method: 'upi' });
    const answer = await changed(who, gold);
    const { checkout } = answer.json<{ checkout: { SubscriptionID: string } }>();
    await who.member.call('POST', `/subscriptions/${who.id}/cancel_change/`, {});
    expect(at(checkout.SubscriptionID)?.status).toBe('cancelled');
    expect(await one(who)).toMatchObject({ status: 'active', pending_change: null, ends_at_cycle: false });
  });

  it('refused by Razorpay against all signs, it says so and can be authorised anew', async () => {
    const [silver, gold] = [await inr(20_000), await inr(50_000)];
    const who = await subscribed(silver);
    money.simulator.control.setCard(who.gatewayId, { method: 'upi' });
    const refused = await changed(who, gold);
    expect([refused.statusCode, refused.json()]).toEqual([
      409,
      { detail: expect.stringContaining('nothing was charged') },
    ]);
    expect(await one(who)).toMatchObject({ tier: { id: silver.id }, pending_change: null });
    expect(await previewed(who, gold)).toMatchObject({ how: 'new_mandate' });
  });
});

it('what an authorisation costs for a moment is known to be its mandate’s, without the page', async () => {
  const [silver, gold] = [await inr(20_000), await inr(50_000)];
  const who = await subscribed(silver, { method: 'upi' });
  const answer = await changed(who, gold);
  const { checkout } = answer.json<{ checkout: { SubscriptionID: string } }>();
  const { razor_payment_id } = pay(checkout.SubscriptionID, { method: 'upi' });
  await money.settled();
  expect(await one(who)).toMatchObject({ reason: 'changing_tier' });
  const payment = await money.get(PaymentRepository).byGatewayId(String(razor_payment_id));
  expect(payment).toMatchObject({ mandateId: expect.any(Number), parked: null, capturedAt: null, amount: 500 });
});

describe('nobody', () => {
  it('is charged another price than they saw', async () => {
    const [silver, gold] = [await inr(20_000), await inr(50_000)];
    const who = await subscribed(silver);
    const { quote } = await previewed(who, gold);
    const other = await ask(who, gold, { quote, amount: 49_999 });
    expect([other.statusCode, other.json()]).toEqual([400, { amount: ['This is not the price of the tier.'] }]);
    await creator.call('PATCH', `/content/api/tiers/${gold.id}/`, { amount: 60_000 });
    const stale = await ask(who, gold, { quote });
    expect([stale.statusCode, stale.json()]).toEqual([
      409,
      {
        detail: expect.any(String),
        preview: expect.objectContaining({ to: expect.objectContaining({ amount: 60_000 }) }),
      },
    ]);
    expect((await ask(who, gold)).json()).toEqual({ quote: ['This field is required.'] });
    expect(await one(who)).toMatchObject({ tier: { id: silver.id }, amount: 20_000, pending_change: null });
  });

  it('changes what is not theirs, or to what can’t be had', async () => {
    const [silver, gold] = [await inr(20_000), await inr(50_000)];
    const who = await subscribed(silver);
    const thief = await subscribed(silver);
    const theirs = await thief.member.call('POST', '/subscriptions/change/', {
      ...{ subscriptionID: who.id, tierID: gold.id, preview: true },
    });
    expect(theirs.statusCode).toBe(404);
    expect((await thief.member.call('POST', `/subscriptions/${who.id}/cancel_change/`, {})).statusCode).toBe(404);
    const { quote } = await previewed(who, gold);
    const stolen = await thief.member.call('POST', '/subscriptions/change/', {
      ...{ subscriptionID: who.id, tierID: gold.id, quote },
    });
    expect(stolen.statusCode).toBe(404);
    const another = await aCreator(money);
    const archived = await inr(30_000);
    await creator.call('PATCH', `/content/api/tiers/${archived.id}/`, { archived: true });
    const cases: [object, object][] = [
      [{ tierID: silver.id }, { tierID: ['You have this tier already.'] }],
      [{ tierID: archived.id }, { tierID: ['This tier is archived.'] }],
      [{ tierID: (await aTier(money, another)).id }, { tierID: ['This tier is another creator’s.'] }],
      [
        { tierID: (await aTier(money, creator, { is_public: true })).id },
        { tierID: ['This tier is free: join it, and end what you have.'] },
      ],
      [{ tierID: 999_999 }, { tierID: ['Invalid pk "999999" - object does not exist.'] }],
      [{ tierID: gold.id, when: 'later' }, { when: [expect.any(String)] }],
      [{ tierID: gold.id, currency: 'USD' }, { currency: ['This tier has no price in USD.'] }],
      [{ tierID: 'x' }, { tierID: [expect.any(String)] }],
    ];
    for (const [body, expected] of cases) {
      const answer = await ask(who, gold, { preview: true, ...body });
      expect([answer.statusCode, answer.json()]).toEqual([400, expected]);
    }
    const stranger = await money.inject({ method: 'POST', url: '/subscriptions/change/', payload: {} });
    expect(stranger.statusCode).toBe(401);
  });
});

describe('at once and out of order', () => {
  it('asked ten times at once it is one change', async () => {
    const [silver, gold] = [await inr(20_000), await inr(50_000)];
    const who = await subscribed(silver);
    const { quote } = await previewed(who, gold);
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(who, gold, { quote })));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    await money.settled();
    expect(await one(who)).toMatchObject({ tier: { id: gold.id }, pending_change: null });
    expect(charged(who.gatewayId)).toHaveLength(2);
  });

  it('asked ten times at once it is one checkout', async () => {
    const [silver, gold] = [await inr(20_000), await inr(50_000)];
    const who = await subscribed(silver, { method: 'upi' });
    const { quote } = await previewed(who, gold);
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(who, gold, { quote })));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 200));
    expect(
      new Set(answers.map((answer) => answer.json<{ checkout: { SubscriptionID: string } }>().checkout.SubscriptionID))
        .size,
    ).toBe(1);
    expect(await mine(who.member)).toHaveLength(2);
  });

  it('while the charge of the month is told, both have their effect', async () => {
    const [silver, gold] = [await inr(20_000), await inr(50_000)];
    const who = await subscribed(silver);
    await money.pass(daysToCharge(who.gatewayId) - 1);
    const { quote } = await previewed(who, gold);
    const [answer] = await Promise.all([ask(who, gold, { quote }), money.pass(2)]);
    await money.settled();
    if (answer.statusCode === 200) expect(await one(who)).toMatchObject({ tier: { id: gold.id }, amount: 50_000 });
    else expect(await one(who)).toMatchObject({ tier: { id: silver.id }, amount: 20_000, pending_change: null });
    expect(await one(who)).toMatchObject({ status: 'active', has_access: true });
  });

  it('with an end of the subscription, it ends', async () => {
    const [silver, gold] = [await inr(20_000), await inr(50_000)];
    for (const method of [ABROAD, { method: 'upi' }]) {
      const who = await subscribed(silver, method);
      const { quote } = await previewed(who, gold, { when: 'cycle_end' });
      await Promise.all([
        ask(who, gold, { quote, when: 'cycle_end' }),
        who.member.call('POST', '/subscriptions/end/', { tier: silver.id, end_type: 0 }),
      ]);
      await money.pass(1);
      await money.settled();
      const rows = await mine(who.member);
      expect(rows.map(({ status }) => status)).not.toContain('active');
      expect(rows.every(({ pending_change }) => pending_change === null)).toBe(true);
      expect(at(who.gatewayId)?.status).toBe('cancelled');
    }
  });

  it('whose answer is lost, it is done once, and seen when Razorpay is back', async () => {
    const [silver, gold] = [await inr(20_000), await inr(50_000)];
    const who = await subscribed(silver);
    const { quote } = await previewed(who, gold);
    money.simulator.setChaos({ api: { errors: 1 } });
    const answer = await ask(who, gold, { quote });
    money.simulator.setChaos({ api: { errors: 0 } });
    expect([200, 503]).toContain(answer.statusCode);
    await money.pass(1);
    const later = await ask(who, gold, { quote });
    expect([later.statusCode, later.json<{ status: string }>().status]).toEqual([200, 'done']);
    expect(charged(who.gatewayId)).toHaveLength(2);
  });
});

it('a price that is not the tier’s is refused, also by the preview', async () => {
  const [silver, gold] = [await inr(20_000), await inr(50_000)];
  const who = await subscribed(silver);
  const { quote } = await previewed(who, gold, { amount: 50_000 });
  for (const more of [{ preview: true }, { quote }]) {
    const answer = await ask(who, gold, { amount: 100, ...more });
    expect([answer.statusCode, answer.json()]).toEqual([400, { amount: ['This is not the price of the tier.'] }]);
  }
});

it('what each state opens is published', async () => {
  const answer = await money.inject({ method: 'GET', url: '/subscriptions/states/' });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({
    grace_days: 7,
    states: expect.arrayContaining([
      {
        status: 'pending',
        cancelled_at_cycle_end: false,
        changing_tier: false,
        until: 'grace_end',
        reason: 'payment_failed_grace',
      },
      { status: 'halted', cancelled_at_cycle_end: false, changing_tier: false, until: 'ended_at', reason: 'halted' },
    ]),
    refunded: { until: 'refunded_at', reason: 'refunded' },
  });
});
