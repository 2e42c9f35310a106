import { type LoggedIn, loggedIn } from '../factories/administrator';
import { aCreator, aTier } from '../factories/tier';
import type { TestApp } from '../setup/test-app';
import { expectTrueBooks } from './money-books.kit';
import { type MoneyApp, startMoneyApp } from './money.kit';

let money: MoneyApp;
/** On the same database. */
let other: TestApp;
let creator: LoggedIn;
let member: LoggedIn;

beforeAll(async () => {
  money = await startMoneyApp();
  other = await money.another();
  creator = await aCreator(money);
});

beforeEach(async () => {
  member = await loggedIn(money);
});

afterEach(async () => {
  money.simulator.setChaos({});
  await money.settled();
  await expectTrueBooks(money, money.simulator.control.truth());
});

async function checkout(path: string, body: object): Promise<string> {
  const answer = await member.call('POST', `/subscriptions/${path}`, body);
  return answer.json<{ SubscriptionID: string }>().SubscriptionID;
}

/** The callback of a payment whose events are not sent. */
function paidInSilence(id: string): Record<string, string> {
  money.simulator.setChaos({ webhooks: { drop: 1 } });
  const paid = money.simulator.pay(id.startsWith('sub_') ? { subscription_id: id } : { order_id: id });
  if ('error' in paid) throw new Error(paid.error.description);
  const { razorpay_payment_id, razorpay_signature } = paid.callback;
  return { razorpay_payment_id, razorpay_signature, razorpay_subscription_id: id };
}

/** The gateway's events about it, so many times each and all at once, by turns on either instance; what came of them. */
async function told(id: string, times: number): Promise<number[]> {
  const urls = [await money.url(), await other.url()] as const;
  const events = money.simulator.control.deliveries().filter(({ body }) => JSON.stringify(body).includes(id));
  const calls = events.flatMap((event) => Array.from({ length: times }, () => event));
  return Promise.all(
    calls.map(async ({ id: eventId, signature, body }, i) => {
      const answer = await fetch(`${urls[i % 2] ?? urls[0]}/razorpay/webhooks/`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-razorpay-signature': signature,
          'x-razorpay-event-id': eventId,
        },
        body: JSON.stringify(body),
      });
      await answer.arrayBuffer();
      return answer.status;
    }),
  );
}

async function mine(): Promise<object[]> {
  return (await member.call('GET', '/subscriptions/list')).json<{ subscriptions: object[] }>().subscriptions;
}

it('fifty deliveries of each event of a tip and its callback, all at once, are one tip', async () => {
  const order = await checkout('create_order', { amount: 40_000, creatorID: creator.id });
  const callback = paidInSilence(order);
  const callbacks = Array.from({ length: 10 }, () => member.call('POST', '/subscriptions/save_order', callback));
  const [statuses, answers] = await Promise.all([told(order, 50), Promise.all(callbacks)]);
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
  await money.settled();
  const { tips } = (await member.call('GET', `/subscriptions/list_tips/${member.id}`)).json<{ tips: object[] }>();
  expect(tips).toMatchObject([{ amount: 40_000, status: 'paid' }]);
});

it('the callback and the events of a subscription, all at once, are one subscription and one charge', async () => {
  const tier = await aTier(money, creator);
  const id = await checkout('create', { tierID: tier.id });
  const callback = paidInSilence(id);
  const callbacks = Array.from({ length: 5 }, () => member.call('POST', '/subscriptions/save', callback));
  const payment = String(callback['razorpay_payment_id']);
  const [, , answers] = await Promise.all([told(id, 10), told(payment, 10), Promise.all(callbacks)]);
  expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
  await money.settled();
  expect(await mine()).toMatchObject([{ status: 'active', has_access: true, reason: 'active' }]);
});

it('a cancellation and the news of a charge, at once: it is over, and what was charged in time is kept', async () => {
  const tier = await aTier(money, creator);
  const id = await checkout('create', { tierID: tier.id });
  paidInSilence(id);
  money.clock.advance(60_000);
  await money.simulator.control.advance(60);
  const cancel = () => member.call('POST', '/subscriptions/end/', { tier: tier.id, end_type: 0 });
  const [ended] = await Promise.all([Promise.all([cancel(), cancel(), cancel()]), told(id, 10)]);
  expect(ended.filter((answer) => answer.json<{ status: string }>().status === 'Success').length).toBeGreaterThan(0);
  await money.settled();
  await told(id, 1);
  await money.settled();
  expect(await mine()).toMatchObject([{ status: 'cancelled', has_access: false, reason: 'cancelled' }]);
  const { subscriptions, refunds, payments } = money.simulator.control.truth();
  expect(subscriptions.find((subscription) => subscription.id === id)?.status).toBe('cancelled');
  const charged = new Set(payments.filter(({ amount }) => amount === 19_900).map((payment) => payment.id));
  expect(refunds.filter(({ payment_id: of }) => charged.has(of))).toEqual([]);
});
