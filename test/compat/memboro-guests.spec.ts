import { aCreator, aTier } from '../factories/tier';
import { type MoneyApp, startMoneyApp } from '../e2e/money.kit';
import { HttpClient } from './client';

/** memboro's README: `/subscriptions/get_ghost_user/` (COMPAT 3.3, R2), as its guest page calls it: without cookies. */
let money: MoneyApp;
let client: HttpClient;
let tierID: number;

beforeAll(async () => {
  money = await startMoneyApp();
  client = new HttpClient(await money.url());
  const prices = [{ currency: 'INR', amount: 19_900 } as const, { currency: 'USD', amount: 300 } as const];
  tierID = (await aTier(money, await aCreator(money), { prices })).id;
});

const BODY = { email: 'ravi@example.org', phone: '+919876543210', password: 'whatever-1' };

it.each([
  ['recurring', '/subscriptions/get_ghost_user/', 'INR', /^sub_/],
  ['oneTime', '/subscriptions/get_ghost_user', 'USD', /^order_/],
])('%s: %s in %s', async (payment_type, path, currency, id) => {
  const { status, body } = await client.post(path, { ...BODY, payment_type, tierID, currency, commissionID: null });
  const { email, phone } = BODY;
  const username = expect.stringMatching(/^guest-[0-9a-f]{16}$/) as string;
  const SubscriptionID = expect.stringMatching(id) as string;
  expect([status, body]).toEqual([200, { email, phone, username, SubscriptionID, public_key: money.simulator.keyId }]);
});

it('takes numbers as texts, and what of the body is for other kinds', async () => {
  const wish = { ...BODY, phone: 9_876_543_210, payment_type: 'recurring', tierID: String(tierID), commissionID: 1 };
  const { status, body } = await client.post('/subscriptions/get_ghost_user/', wish);
  expect([status, body]).toMatchObject([200, { phone: '9876543210' }]);
});

it('a commission that nobody sells is named', async () => {
  const wish = { ...BODY, payment_type: 'commission', commissionID: 1, currency: 'INR' };
  const { status, body } = await client.post('/subscriptions/get_ghost_user/', wish);
  expect([status, body]).toEqual([400, { commissionID: ['Invalid pk "1" - object does not exist.'] }]);
});

it('saves what the checkout gave, under the old names and without a sign-in', async () => {
  const wish = { ...BODY, payment_type: 'recurring', tierID, currency: 'INR' };
  const { body } = await client.post('/subscriptions/get_ghost_user/', wish);
  const { SubscriptionID } = body as { SubscriptionID: string };
  const result = money.simulator.pay({ subscription_id: SubscriptionID });
  if ('error' in result) throw new Error(JSON.stringify(result.error));
  const { razorpay_payment_id: razor_payment_id, razorpay_signature } = result.callback;
  const callback = { tierID, razor_payment_id, razorpay_signature, razorpay_subscription_id: SubscriptionID };
  const saved = await client.post('/subscriptions/save', callback);
  expect([saved.status, saved.body]).toEqual([200, { details: 'Subscription created' }]);
  await money.settled();
});
