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

interface CheckoutAnswer {
  readonly SubscriptionID: string;
  readonly public_key: string;
}

async function checkout(member: LoggedIn, path: string, body: object): Promise<CheckoutAnswer> {
  const answer = await member.call('POST', `/subscriptions/${path}`, body);
  expect(answer.json()).toEqual({ SubscriptionID: expect.any(String), public_key: money.simulator.keyId });
  expect(answer.statusCode).toBe(200);
  return answer.json<CheckoutAnswer>();
}

/** What the payer's page gets and posts: `subscription_id` or `order_id` by what the checkout is of. */
function paid(id: string, more: object = {}): Record<string, string> {
  const what = id.startsWith('sub_') ? { subscription_id: id } : { order_id: id };
  const result = money.simulator.pay({ ...what, ...more });
  if ('error' in result) throw new Error(JSON.stringify(result.error));
  const { razorpay_payment_id, razorpay_signature } = result.callback;
  return { razor_payment_id: razorpay_payment_id, razorpay_signature, razorpay_subscription_id: id };
}

async function mine(member: LoggedIn): Promise<Record<string, unknown>[]> {
  return (await member.call('GET', '/subscriptions/list')).json<{ subscriptions: Record<string, unknown>[] }>()
    .subscriptions;
}

async function opens(member: LoggedIn, post: { readonly id: number }): Promise<boolean> {
  return !(await member.call('GET', `/content/api/content/${post.id}/`)).json<{ locked: boolean }>().locked;
}

describe('a monthly subscription', () => {
  it('is paid at the checkout, opens the tier’s posts, is charged every month, and is cancelled with the month', async () => {
    const tier = await aTier(money, creator);
    const post = await aPost(money, creator, { tiers: [tier.id] });
    const member = await loggedIn(money);
    const { SubscriptionID } = await checkout(member, 'create', { tierID: tier.id });
    expect(await opens(member, post)).toBe(false);
    const saved = await member.call('POST', '/subscriptions/save', { tierID: tier.id, ...paid(SubscriptionID) });
    expect([saved.statusCode, saved.json()]).toEqual([200, { details: 'Subscription created' }]);
    expect(await opens(member, post)).toBe(true);
    const [subscription] = await mine(member);
    expect(subscription).toMatchObject({
      kind: 'recurring',
      tier: { id: tier.id, name: tier.name },
      creator: { id: creator.id },
      amount: 19900,
      currency: 'INR',
      status: 'active',
      has_access: true,
      reason: 'active',
    });
    const detail = await member.call('GET', `/subscriptions/${String(subscription?.['id'])}/`);
    expect(detail.json()).toEqual(subscription);
    await money.settled();
    expect(await mine(member)).toEqual([subscription]);

    await money.pass(33);
    const [renewed] = await mine(member);
    expect(renewed).toMatchObject({ status: 'active', has_access: true });
    expect(Date.parse(String(renewed?.['access_until']))).toBeGreaterThan(
      Date.parse(String(subscription?.['access_until'])),
    );

    const ended = await member.call('POST', '/subscriptions/end/', { tier: tier.id, end_type: 1 });
    expect([ended.statusCode, ended.json()]).toEqual([200, { status: 'Success' }]);
    expect(await mine(member)).toMatchObject([
      { status: 'active', has_access: true, reason: 'cancelled_at_cycle_end', ends_at_cycle: true },
    ]);
    await money.pass(31);
    expect(await mine(member)).toMatchObject([{ status: 'cancelled', has_access: false }]);
    expect(await opens(member, post)).toBe(false);
    const again = await member.call('POST', '/subscriptions/end/', { tier: tier.id, end_type: 1 });
    expect([again.statusCode, again.json()]).toEqual([
      200,
      { status: 'Failed', message: 'Subscription does not exist' },
    ]);
  });
});

describe('a checkout', () => {
  it('is one, however often and however many at once ask for it', async () => {
    const tier = await aTier(money, creator);
    const member = await loggedIn(money);
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => member.call('POST', '/subscriptions/create', { tierID: tier.id })),
    );
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    const ids = new Set(answers.map((answer) => answer.json<CheckoutAnswer>().SubscriptionID));
    expect(ids.size).toBe(1);
    await member.call('POST', '/subscriptions/save', { tierID: tier.id, ...paid([...ids][0]!) });
    const [subscription] = await mine(member);
    for (const path of ['create', 'create_onetime/']) {
      const refused = await member.call('POST', `/subscriptions/${path}`, { tierID: tier.id });
      expect([refused.statusCode, refused.json()]).toEqual([
        409,
        { detail: 'You have this tier already.', subscription: subscription?.['id'] },
      ]);
    }
    expect(money.simulator.control.truth().subscriptions.filter(({ id }) => ids.has(id))).toHaveLength(1);
  });

  it('has the price of its day: who asks after a change pays the new one, who has paid keeps the old', async () => {
    const tier = await aTier(money, creator, { prices: [{ currency: 'INR', amount: 10_000 }] });
    const [old, late] = [await loggedIn(money), await loggedIn(money)];
    const first = await checkout(old, 'create', { tierID: tier.id });
    await old.call('POST', '/subscriptions/save', paid(first.SubscriptionID));
    const stale = await checkout(late, 'create', { tierID: tier.id });
    await creator.call('PATCH', `/content/api/tiers/${tier.id}/`, { amount: 12_000 });
    const fresh = await checkout(late, 'create', { tierID: tier.id });
    expect(fresh.SubscriptionID).not.toBe(stale.SubscriptionID);
    await late.call('POST', '/subscriptions/save', paid(fresh.SubscriptionID));
    expect(await mine(late)).toMatchObject([{ amount: 12_000, status: 'active' }]);
    await money.pass(32);
    const { invoices } = money.simulator.control.truth();
    const charged = (id: string): number[] =>
      invoices
        .filter(({ subscription_id, status }) => subscription_id === id && status === 'paid')
        .map(({ amount }) => amount);
    expect(charged(first.SubscriptionID)).toEqual([10_000, 10_000]);
    expect(charged(fresh.SubscriptionID)).toEqual([12_000, 12_000]);
  });

  it('opens nothing by a forged, borrowed or misdirected callback', async () => {
    const [tier, other] = [await aTier(money, creator), await aTier(money, creator)];
    const [member, thief] = [await loggedIn(money), await loggedIn(money)];
    const { SubscriptionID } = await checkout(member, 'create', { tierID: tier.id });
    const callback = paid(SubscriptionID);
    const theirs = await checkout(thief, 'create', { tierID: tier.id });
    const forged = {
      ...callback,
      razorpay_signature: callback['razorpay_signature']!.replace(/^./, (c) => (c === '0' ? '1' : '0')),
    };
    const attempts: [LoggedIn, object][] = [
      [member, forged],
      [thief, callback],
      [thief, { ...callback, razorpay_subscription_id: theirs.SubscriptionID }],
      [member, { ...callback, tierID: other.id }],
      [member, { ...callback, razor_payment_id: undefined }],
      [member, { ...callback, razorpay_subscription_id: 'sub_none' }],
    ];
    for (const [who, body] of attempts) {
      expect((await who.call('POST', '/subscriptions/save', body)).statusCode).toBe(400);
    }
    expect(await mine(thief)).toMatchObject([{ status: 'created', has_access: false }]);
    const saved = await member.call('POST', '/subscriptions/save', { tierID: tier.id, ...callback });
    expect(saved.json()).toEqual({ details: 'Subscription created' });
  });

  it('is refused for tiers that nobody can buy', async () => {
    const member = await loggedIn(money);
    const free = await aTier(money, creator, { is_public: true });
    const archived = await aTier(money, creator);
    await creator.call('PATCH', `/content/api/tiers/${archived.id}/`, { archived: true });
    const full = await aTier(money, creator, { member_limit: 1 });
    await checkout(await loggedIn(money), 'create', { tierID: full.id });
    const own = await aTier(money, creator);
    const cases: [LoggedIn, object, object][] = [
      [member, { tierID: 999_999 }, { tierID: ['Invalid pk "999999" - object does not exist.'] }],
      [member, { tierID: free.id }, { tierID: ['This tier is free: there is nothing to pay.'] }],
      [member, { tierID: archived.id }, { tierID: ['This tier is archived.'] }],
      [member, { tierID: full.id }, { tierID: ['This tier is full.'] }],
      [member, { tierID: own.id, currency: 'USD' }, { currency: ['This tier has no price in USD.'] }],
      [creator, { tierID: own.id }, { tierID: ['This tier is your own.'] }],
      [member, {}, { tierID: ['This field is required.'] }],
    ];
    for (const [who, body, expected] of cases) {
      const answer = await who.call('POST', '/subscriptions/create', body);
      expect([answer.statusCode, answer.json()]).toEqual([400, expected]);
    }
  });
});

describe('a tier with one seat', () => {
  it('has one member, also where somebody pays who kept the seat for too long', async () => {
    const tier = await aTier(money, creator, { member_limit: 1 });
    const [late, early] = [await loggedIn(money), await loggedIn(money)];
    const kept = await checkout(late, 'create', { tierID: tier.id });
    expect((await early.call('POST', '/subscriptions/create', { tierID: tier.id })).statusCode).toBe(400);
    money.clock.advance(31 * 60_000);
    const taken = await checkout(early, 'create', { tierID: tier.id });
    await early.call('POST', '/subscriptions/save', { tierID: tier.id, ...paid(taken.SubscriptionID) });
    const callback = paid(kept.SubscriptionID);
    await late.call('POST', '/subscriptions/save', { tierID: tier.id, ...callback });
    await money.settled();
    await money.settled();
    expect(await mine(early)).toMatchObject([{ has_access: true }]);
    expect((await mine(late)).filter(({ has_access }) => has_access)).toEqual([]);
    const { payments } = money.simulator.control.truth();
    expect(payments.find(({ id }) => id === callback['razor_payment_id'])).toMatchObject({
      amount_refunded: 19_900,
    });
  });
});

describe('a month paid once', () => {
  it('opens for a month, in the currency asked for', async () => {
    const prices = [{ currency: 'INR', amount: 19_900 } as const, { currency: 'USD', amount: 300 } as const];
    const tier = await aTier(money, creator, { prices });
    const post = await aPost(money, creator, { tiers: [tier.id] });
    const member = await loggedIn(money);
    const { SubscriptionID } = await checkout(member, 'create_onetime/', { tierID: tier.id, currency: 'USD' });
    expect(SubscriptionID).toMatch(/^order_/);
    const saved = await member.call('POST', '/subscriptions/save', paid(SubscriptionID));
    expect(saved.json()).toEqual({ details: 'Subscription created' });
    expect(await mine(member)).toMatchObject([{ kind: 'one_time', amount: 300, currency: 'USD', status: 'active' }]);
    expect(await opens(member, post)).toBe(true);
    await money.pass(32);
    expect(await opens(member, post)).toBe(false);
    expect((await checkout(member, 'create_onetime/', { tierID: tier.id })).SubscriptionID).not.toBe(SubscriptionID);
  });

  it('opens by the webhook alone, and a refund made in the dashboard closes it', async () => {
    const tier = await aTier(money, creator);
    const post = await aPost(money, creator, { tiers: [tier.id] });
    const member = await loggedIn(money);
    const { SubscriptionID } = await checkout(member, 'create_onetime/', { tierID: tier.id });
    const { razor_payment_id } = paid(SubscriptionID);
    await money.settled();
    expect(await opens(member, post)).toBe(true);
    money.simulator.control.refund(razor_payment_id!);
    await money.settled();
    expect(await opens(member, post)).toBe(false);
    expect(await mine(member)).toMatchObject([{ status: 'cancelled', has_access: false, reason: 'refunded' }]);
  });

  it('paid after it was ended is paid back', async () => {
    const tier = await aTier(money, creator);
    const member = await loggedIn(money);
    const { SubscriptionID } = await checkout(member, 'create_onetime/', { tierID: tier.id });
    await member.call('POST', '/subscriptions/end/', { tier: tier.id, end_type: 0 });
    const { razor_payment_id } = paid(SubscriptionID);
    await money.settled();
    await money.settled();
    const payment = money.simulator.control.truth().payments.find(({ id }) => id === razor_payment_id);
    expect(payment).toMatchObject({ status: 'refunded', amount_refunded: 19_900 });
  });
});

describe('a free tier', () => {
  it('is joined and left', async () => {
    const tier = await aTier(money, creator, { is_public: true });
    const member = await loggedIn(money);
    const join = () => member.call('POST', '/subscriptions/subscribe_to_public_tier', { tierID: tier.id });
    for (const joined of [await join(), await join()]) {
      expect([joined.statusCode, joined.json()]).toEqual([200, { details: 'Subscription created' }]);
    }
    expect(await mine(member)).toMatchObject([{ kind: 'free', amount: 0, status: 'active', has_access: true }]);
    const members = async (): Promise<number> =>
      (await creator.call('GET', `/content/api/tiers/${tier.id}/`)).json<{ subscriber_count: number }>()
        .subscriber_count;
    expect(await members()).toBe(1);
    await member.call('POST', '/subscriptions/end/', { tier: tier.id, end_type: 0 });
    expect(await members()).toBe(0);
    const paidTier = await aTier(money, creator);
    const refused = await member.call('POST', '/subscriptions/subscribe_to_public_tier', { tierID: paidTier.id });
    expect(refused.json()).toEqual({ tierID: ['This tier is not free.'] });
  });
});

describe('while it runs', () => {
  async function subscribed(): Promise<{ member: LoggedIn; tier: { id: number }; gatewayId: string; id: number }> {
    const tier = await aTier(money, creator);
    const member = await loggedIn(money);
    const { SubscriptionID: gatewayId } = await checkout(member, 'create', { tierID: tier.id });
    await member.call('POST', '/subscriptions/save', paid(gatewayId));
    await money.settled();
    const [subscription] = await mine(member);
    return { member, tier, gatewayId, id: Number(subscription?.['id']) };
  }
  const statusAt = (id: string): string | undefined =>
    money.simulator.control.truth().subscriptions.find((subscription) => subscription.id === id)?.status;

  /** Months differ, and after three more tries a day apart the gateway gives up. */
  function daysToCharge(id: string): number {
    const { subscriptions, now } = money.simulator.control.truth();
    const end = subscriptions.find((subscription) => subscription.id === id)?.current_end ?? now;
    return Math.ceil((end - now) / 86_400);
  }

  it('a card that fails leaves days of grace, then access ends; a good card brings it back', async () => {
    const { member, gatewayId } = await subscribed();
    money.simulator.control.setCard(gatewayId, { card: 'failing' });
    await money.pass(daysToCharge(gatewayId) + 1);
    expect(await mine(member)).toMatchObject([{ status: 'pending', has_access: true, reason: 'payment_failed_grace' }]);
    await money.pass(10);
    expect(await mine(member)).toMatchObject([{ status: 'halted', has_access: false, reason: 'halted' }]);
    money.simulator.control.setCard(gatewayId, { card: 'ok' });
    await money.settled();
    // What was missed is never charged.
    expect(await mine(member)).toMatchObject([{ status: 'active', has_access: false, reason: 'not_paid' }]);
    await money.pass(31);
    expect(await mine(member)).toMatchObject([{ status: 'active', has_access: true }]);
  });

  it('a month that the dashboard refunds in full is shut, in part is not, and the next one opens again', async () => {
    const { member, tier, gatewayId } = await subscribed();
    const post = await aPost(money, creator, { tiers: [tier.id] });
    const charges = () =>
      money.simulator.control
        .truth()
        .invoices.filter(({ subscription_id, status }) => subscription_id === gatewayId && status === 'paid')
        .map(({ payment_id }) => String(payment_id));
    const [first] = charges();
    money.simulator.control.refund(first!, { amount: 900 });
    await money.settled();
    expect(await opens(member, post)).toBe(true);
    money.simulator.control.refund(first!, { amount: 19_000 });
    await money.settled();
    expect(await opens(member, post)).toBe(false);
    const [refunded] = await mine(member);
    expect(refunded).toMatchObject({
      status: 'active',
      has_access: false,
      reason: 'refunded',
      reason_text: 'It was paid back.',
    });
    expect(Date.parse(String(refunded?.['access_until']))).toBeLessThanOrEqual(money.clock.now().getTime());

    await money.pass(daysToCharge(gatewayId) + 1);
    expect(charges()).toHaveLength(2);
    expect(await opens(member, post)).toBe(true);
    expect(await mine(member)).toMatchObject([{ status: 'active', has_access: true, reason: 'active' }]);
  });

  it('cancelled while a card fails, the month that is not paid is not open', async () => {
    const { member, tier, gatewayId } = await subscribed();
    money.simulator.control.setCard(gatewayId, { card: 'failing' });
    await money.pass(daysToCharge(gatewayId) + 1);
    const [{ access_until }] = (await mine(member)) as [{ access_until: string }];
    const end = await member.call('POST', '/subscriptions/end/', { tier: tier.id, end_type: 1 });
    expect(end.json()).toEqual({ status: 'Success' });
    await money.settled();
    expect(statusAt(gatewayId)).toBe('cancelled');
    const [ended] = (await mine(member)) as [{ access_until: string }];
    expect(ended).toMatchObject({ status: 'cancelled', has_access: false });
    expect(Date.parse(ended.access_until)).toBeLessThan(Date.parse(access_until));
  });

  it('it is paused and goes on', async () => {
    const { member, id, gatewayId } = await subscribed();
    const paused = await member.call('POST', `/subscriptions/${id}/pause/`, {});
    expect([paused.statusCode, paused.json<{ status: string }>().status]).toEqual([200, 'paused']);
    expect(statusAt(gatewayId)).toBe('paused');
    expect((await member.call('POST', `/subscriptions/${id}/pause/`, {})).statusCode).toBe(409);
    const resumed = await member.call('POST', `/subscriptions/${id}/resume/`, {});
    expect([resumed.statusCode, resumed.json<{ status: string }>().status]).toEqual([200, 'active']);
    expect((await (await loggedIn(money)).call('POST', `/subscriptions/${id}/pause/`, {})).statusCode).toBe(404);
  });

  it('ended at once it is over at once, also at the gateway, even while that is away', async () => {
    const { member, tier, gatewayId } = await subscribed();
    money.simulator.setChaos({ api: { errors: 1 } });
    const ended = await member.call('POST', '/subscriptions/end/', { tier: tier.id, end_type: 0 });
    money.simulator.setChaos({ api: { errors: 0 } });
    expect(ended.json()).toEqual({ status: 'Success' });
    expect(await mine(member)).toMatchObject([{ status: 'cancelled', has_access: false }]);
    await money.pass(1);
    expect(statusAt(gatewayId)).toBe('cancelled');
  });

  it('closing the account ends the mandate', async () => {
    const { member, gatewayId } = await subscribed();
    expect((await member.call('DELETE', '/api/user/delete/')).statusCode).toBe(204);
    await money.settled();
    expect(statusAt(gatewayId)).toBe('cancelled');
  });

  it('others see nothing of it', async () => {
    const { id } = await subscribed();
    const other = await loggedIn(money);
    expect((await other.call('GET', `/subscriptions/${id}/`)).statusCode).toBe(404);
    expect(await mine(other)).toEqual([]);
    expect((await money.inject({ method: 'GET', url: '/subscriptions/list' })).statusCode).toBe(401);
  });
});

it('while Razorpay is away nobody is charged, and told so', async () => {
  const tier = await aTier(money, creator);
  const member = await loggedIn(money);
  money.simulator.setChaos({ api: { errors: 1 } });
  const answer = await member.call('POST', '/subscriptions/create_onetime/', { tierID: tier.id });
  money.simulator.setChaos({ api: { errors: 0 } });
  expect(answer.statusCode).toBe(503);
  expect(answer.json<{ detail: string }>().detail).toContain('you were not charged');
});
