import { GatewayError } from '../../src/payment/gateway/gateway-error';
import { PaymentGateway } from '../../src/payment/gateway/payment-gateway';
import { MandateJob } from '../../src/payment/mandate/mandate.job';
import { CheckoutSweeper } from '../../src/subscription/purchase/checkout.sweeper';
import { GuestSweeper } from '../../src/subscription/guest/guest.sweeper';
import { type LoggedIn, loggedIn } from '../factories/administrator';
import { newPerson } from '../factories/person';
import { aCreator, aTier } from '../factories/tier';
import { expectTrueBooks } from './money-books.kit';
import { type MoneyApp, startMoneyApp } from './money.kit';

const KINDS = [
  ['a subscription', 'create'],
  ['a month paid once', 'create_onetime/'],
] as const;
const WEEK = 7;
const AWAY = new GatewayError('unavailable', 'No answer');
const LOST = new GatewayError('refused', 'The id does not exist');
const UNPAID = { status: 'created', has_access: false, reason: 'not_paid' };

let money: MoneyApp;
let creator: LoggedIn;
let member: LoggedIn;
let tier: { readonly id: number };

beforeAll(async () => {
  money = await startMoneyApp({ RATE_LIMITS: 'off' });
  creator = await aCreator(money);
});

beforeEach(async () => {
  member = await loggedIn(money);
  tier = await aTier(money, creator);
});

afterEach(async () => {
  money.simulator.setChaos({});
  await money.settled();
  await expectTrueBooks(money, money.simulator.control.truth());
});

async function checkout(path: string): Promise<string> {
  const answer = await member.call('POST', `/subscriptions/${path}`, { tierID: tier.id });
  expect(answer.statusCode).toBe(200);
  return answer.json<{ SubscriptionID: string }>().SubscriptionID;
}

async function guest(body: object): Promise<string> {
  const payload = { email: newPerson().email, phone: '+919876543210', currency: 'INR', ...body };
  const answer = await money.inject({ method: 'POST', url: '/subscriptions/get_ghost_user/', payload });
  expect(answer.statusCode).toBe(200);
  return answer.json<{ SubscriptionID: string }>().SubscriptionID;
}

function paid(id: string, outcome: 'paid' | 'authorized' = 'paid'): Record<string, string> {
  const result = money.simulator.pay({
    ...(id.startsWith('sub_') ? { subscription_id: id } : { order_id: id }),
    outcome,
  });
  if ('error' in result) throw new Error(JSON.stringify(result.error));
  const { razorpay_payment_id, razorpay_signature } = result.callback;
  return { razorpay_payment_id, razorpay_signature, razorpay_subscription_id: id };
}

/** No event of it is sent. */
function paidInSilence(id: string, outcome: 'paid' | 'authorized' = 'paid'): Record<string, string> {
  money.simulator.setChaos({ webhooks: { drop: 1 } });
  return paid(id, outcome);
}

async function mine(): Promise<Record<string, unknown>[]> {
  return (await member.call('GET', '/subscriptions/list')).json<{ subscriptions: Record<string, unknown>[] }>()
    .subscriptions;
}

const end = (endType: 0 | 1) => member.call('POST', '/subscriptions/end/', { tier: tier.id, end_type: endType });
const truth = () => money.simulator.control.truth();
const statusAt = (id: string) => truth().subscriptions.find((one) => one.id === id)?.status;
const paymentOf = ({ razorpay_payment_id: payment }: Record<string, string>) =>
  truth().payments.find(({ id }) => id === payment);

/** Does something while the gateway answers no question about what was paid, and takes no order. */
async function whileItSays<T>(error: GatewayError, work: () => Promise<T>): Promise<T> {
  const gateway = money.get(PaymentGateway);
  for (const call of ['orderPayments', 'invoicesOf', 'subscription', 'cancelSubscription'] as const) {
    jest.spyOn(gateway, call).mockRejectedValue(error);
  }
  const done = await work();
  jest.restoreAllMocks();
  return done;
}

/** What follows a payment, and what follows that. */
async function settled(): Promise<void> {
  await money.settled();
  await money.settled();
}

describe.each(KINDS)('%s that nobody pays', (_, path) => {
  it('may be paid for a week; what is paid after that goes back', async () => {
    const id = await checkout(path);
    await money.pass(WEEK - 1);
    await money.get(CheckoutSweeper).run();
    expect(await mine()).toMatchObject([UNPAID]);
    expect(await checkout(path)).toBe(id);
    money.clock.advance(2 * 86_400_000);
    expect(await money.get(CheckoutSweeper).run()).toBeGreaterThan(0);
    expect(await money.get(CheckoutSweeper).run()).toBe(0);
    expect(await mine()).toEqual([]);
    const callback = paid(id);
    await member.call('POST', '/subscriptions/save', callback);
    await settled();
    expect(paymentOf(callback)).toMatchObject({ status: 'refunded' });
    expect(await mine()).toEqual([]);
    expect(await checkout(path)).not.toBe(id);
  });

  it('lapses not where it was paid and nobody has told', async () => {
    const id = await checkout(path);
    await money.pass(WEEK - 1);
    const callback = paidInSilence(id);
    money.clock.advance(2 * 86_400_000);
    await whileItSays(AWAY, () => money.get(CheckoutSweeper).run());
    expect(await mine()).toMatchObject([UNPAID]);
    money.simulator.setChaos({});
    await money.get(CheckoutSweeper).run();
    await settled();
    expect(await mine()).toMatchObject([{ status: 'active', has_access: true }]);
    expect(paymentOf(callback)).toMatchObject({ status: 'captured', amount_refunded: 0 });
  });

  it('lapses though the gateway has lost it', async () => {
    await checkout(path);
    money.clock.advance((WEEK + 1) * 86_400_000);
    await whileItSays(LOST, () => money.get(CheckoutSweeper).run());
    expect(await mine()).toEqual([]);
  });

  it('cancelled with the month, it is over, and what is paid on it after all goes back', async () => {
    const id = await checkout(path);
    expect((await end(1)).json()).toEqual({ status: 'Success' });
    expect(await mine()).toEqual([]);
    expect(await checkout(path)).not.toBe(id);
    if (path === 'create') {
      expect(statusAt(id)).toBe('cancelled');
      return;
    }
    const callback = paid(id);
    await settled();
    expect(paymentOf(callback)).toMatchObject({ status: 'refunded' });
  });
});

describe.each(KINDS)('%s that is cancelled with the month before its payment is heard of', (_, path) => {
  it('lasts for what is paid, and no longer', async () => {
    const id = await checkout(path);
    const callback = paidInSilence(id);
    expect(await mine()).toMatchObject([UNPAID]);
    expect((await end(1)).json()).toEqual({ status: 'Success' });
    money.simulator.setChaos({});
    expect(await mine()).toMatchObject([{ status: 'active', has_access: true, ends_at_cycle: true }]);
    expect((await member.call('POST', '/subscriptions/save', callback)).statusCode).toBe(200);
    await settled();
    expect(await mine()).toMatchObject([{ status: 'active', has_access: true, ends_at_cycle: true }]);
    await money.pass(33);
    expect(await mine()).toMatchObject([{ has_access: false }]);
    expect(truth().payments.filter(({ status, order_id }) => status === 'captured' && order_id === id).length).toBe(
      path === 'create' ? 0 : 1,
    );
    expect(paymentOf(callback)).toMatchObject({ status: 'captured', amount_refunded: 0 });
  });

  it('does so also where the gateway is away just then', async () => {
    const id = await checkout(path);
    const callback = paidInSilence(id);
    expect((await whileItSays(AWAY, () => end(1))).json()).toEqual({ status: 'Success' });
    money.simulator.setChaos({});
    expect((await member.call('POST', '/subscriptions/save', callback)).statusCode).toBe(200);
    money.clock.advance(3_600_000);
    await money.get(MandateJob).run();
    await money.pass(1);
    expect(await mine()).toMatchObject([{ has_access: true, ends_at_cycle: true }]);
    await money.pass(32);
    expect(await mine()).toMatchObject([{ has_access: false }]);
    if (path === 'create') expect(statusAt(id)).toBe('cancelled');
  });

  it('makes room for another while the gateway is away, and what is paid on it goes back', async () => {
    const id = await checkout(path);
    await whileItSays(AWAY, () => end(1));
    const next = await checkout(path);
    expect(next).not.toBe(id);
    if (path === 'create') return;
    const callback = paid(id);
    await settled();
    expect(paymentOf(callback)).toMatchObject({ status: 'refunded' });
    await member.call('POST', '/subscriptions/save', paid(next));
    expect((await mine())[0]).toMatchObject({ status: 'active', has_access: true, ends_at_cycle: false });
  });
});

it.each(['payer', 'creator'])('what nobody had heard of when its %s closed the account goes back', async (who) => {
  const seller = await aCreator(money);
  const callbacks: Record<string, string>[] = [];
  for (const [, path] of KINDS) {
    tier = await aTier(money, seller);
    callbacks.push(paidInSilence(await checkout(path)));
  }
  money.clock.advance(5000);
  const leaving = who === 'payer' ? member : seller;
  expect((await leaving.call('DELETE', '/api/user/delete/')).statusCode).toBe(204);
  await money.settled();
  money.simulator.setChaos({});
  for (const { id, body } of money.simulator.control.deliveries()) {
    const isOfThese = callbacks.some(({ razorpay_payment_id: payment }) => JSON.stringify(body).includes(payment!));
    if (isOfThese) money.simulator.control.resend(id);
  }
  await settled();
  expect(callbacks.map((callback) => paymentOf(callback)?.status)).toEqual(['refunded', 'refunded']);
});

it('a payment that its bank has agreed to keeps a checkout from lapsing', async () => {
  const id = await checkout('create_onetime/');
  await money.pass(WEEK - 1);
  const callback = paidInSilence(id, 'authorized');
  money.clock.advance(2 * 86_400_000);
  await money.get(CheckoutSweeper).run();
  money.simulator.setChaos({});
  await member.call('POST', '/subscriptions/save', callback);
  expect(await mine()).toMatchObject([{ status: 'active', has_access: true }]);
});

describe('a guest’s tip', () => {
  const tip = () => guest({ payment_type: 'tip', creatorID: creator.id, amount: 5000, message: 'late' });
  const wall = async () =>
    (await member.call('GET', `/subscriptions/list_message/${creator.id}`)).json<{ count: number }>().count;

  it('may be given for a week; what is paid after that goes back', async () => {
    const before = await wall();
    const id = await tip();
    money.clock.advance((WEEK + 1) * 86_400_000);
    await money.get(GuestSweeper).run();
    const callback = paid(id);
    await settled();
    expect(paymentOf(callback)).toMatchObject({ status: 'refunded', amount_refunded: 5000 });
    expect(await wall()).toBe(before);
  });

  it('lapses not where it was paid and nobody has told', async () => {
    const before = await wall();
    const id = await tip();
    await money.pass(WEEK - 1);
    const callback = paidInSilence(id);
    money.clock.advance(2 * 86_400_000);
    await money.get(GuestSweeper).run();
    money.simulator.setChaos({});
    await settled();
    expect(paymentOf(callback)).toMatchObject({ status: 'captured', amount_refunded: 0 });
    expect(await wall()).toBe(before + 1);
  });
});
