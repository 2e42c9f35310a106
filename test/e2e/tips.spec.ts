import { administrator, type LoggedIn, loggedIn } from '../factories/administrator';
import { aCreator } from '../factories/tier';
import { type MoneyApp, startMoneyApp } from './money.kit';

let money: MoneyApp;
let payer: LoggedIn;
let creator: LoggedIn;

beforeAll(async () => {
  money = await startMoneyApp();
  payer = await loggedIn(money);
});

beforeEach(async () => {
  creator = await aCreator(money);
});

async function ordered(body: object, who = payer): Promise<string> {
  const answer = await who.call('POST', '/subscriptions/create_order', body);
  expect([answer.statusCode, answer.json()]).toEqual([
    200,
    { SubscriptionID: expect.stringMatching(/^order_/), public_key: money.simulator.keyId },
  ]);
  return answer.json<{ SubscriptionID: string }>().SubscriptionID;
}

function paid(order: string, more: object = {}): Record<string, unknown> {
  const result = money.simulator.pay({ order_id: order, ...more });
  if ('error' in result) throw new Error(JSON.stringify(result.error));
  const { razorpay_payment_id, razorpay_signature } = result.callback;
  return { razorpay_payment_id, razorpay_signature, razorpay_subscription_id: order };
}

async function wall(of = creator): Promise<unknown> {
  const answer = await money.inject({ method: 'GET', url: `/subscriptions/list_message/${of.id}` });
  expect(answer.statusCode).toBe(200);
  return answer.json<{ messages: unknown }>().messages;
}

it('a tip is paid once, stands on the wall once, and in its payer’s list', async () => {
  const order = await ordered({ amount: 34_800, currency: 'INR', creatorID: creator.id });
  const body = { name: 'Member', message: 'check', amount: 34_800, ...paid(order) };
  const answers = await Promise.all([1, 2, 3, 4].map(() => payer.call('POST', '/subscriptions/save_order', body)));
  for (const saved of answers) {
    expect([saved.statusCode, saved.json()]).toEqual([200, { details: 'Subscription created' }]);
  }
  await money.settled();
  expect(await wall()).toEqual([
    {
      name: 'Member',
      message: 'check',
      amount: 34_800,
      currency: 'INR',
      profile_pic: '',
      dateTime: expect.stringMatching(/Z$/),
    },
  ]);
  const { tips } = (await payer.call('GET', `/subscriptions/list_tips/${payer.id}`)).json<{ tips: object[] }>();
  expect(tips).toMatchObject([{ message: 'check', amount: 34_800, status: 'paid', anonymous: false }]);
});

it('a posted amount that is not the order’s is refused, and so is a forgery', async () => {
  const order = await ordered({ amount: 10_000, creatorID: creator.id });
  const proof = paid(order);
  const cases: [object, object][] = [
    [{ ...proof, amount: 20_000 }, { amount: ['The order has another amount.'] }],
    [
      { ...proof, razorpay_subscription_id: 'order_none' },
      { razorpay_subscription_id: ['This is no order of yours.'] },
    ],
  ];
  for (const [body, expected] of cases) {
    const answer = await payer.call('POST', '/subscriptions/save_order', body);
    expect([answer.statusCode, answer.json()]).toEqual([400, expected]);
  }
  const forged = { ...proof, razorpay_signature: 'a'.repeat(64) };
  expect((await payer.call('POST', '/subscriptions/save_order', forged)).statusCode).toBe(400);
  expect((await (await loggedIn(money)).call('POST', '/subscriptions/save_order', proof)).statusCode).toBe(400);
});

it('its payer decides what is shown, also afterwards', async () => {
  const order = await ordered({ amount: 500, creatorID: creator.id });
  const shy = { message: 'psst', anonymous: true, hide_amount: true };
  await payer.call('POST', '/subscriptions/save_order', { ...paid(order), name: 'Member', ...shy });
  expect(await wall()).toMatchObject([{ name: '', message: 'psst', amount: null, currency: null }]);
  const { tips } = (await payer.call('GET', `/subscriptions/list_tips/${payer.id}`)).json<{ tips: { id: number }[] }>();
  const url = `/subscriptions/tips/${tips[0]?.id}/`;
  expect((await (await loggedIn(money)).call('PATCH', url, { anonymous: false })).statusCode).toBe(404);
  const shown = await payer.call('PATCH', url, { anonymous: false });
  expect([shown.statusCode, shown.json()]).toEqual([200, { id: tips[0]?.id, anonymous: false, hide_amount: true }]);
  expect(await wall()).toMatchObject([{ name: 'Member', amount: null }]);
});

it('an order without a creator goes to whom the payment’s notes name, once', async () => {
  const order = await ordered({ amount: 700 });
  await payer.call('POST', '/subscriptions/save_order', {
    ...paid(order, { notes: { type: 'cheer', creatorID: String(creator.id), username: 'somebody-else' } }),
    message: 'by notes',
  });
  await money.settled();
  expect(await wall()).toMatchObject([{ message: 'by notes', amount: 700 }]);
});

it('money for nobody is parked, and an administrator gives it to the creator', async () => {
  const order = await ordered({ amount: 900 });
  const saved = await payer.call('POST', '/subscriptions/save_order', { ...paid(order), message: 'lost' });
  expect(saved.statusCode).toBe(200);
  await money.settled();
  const admin = await administrator(money);
  const { results } = (await admin.call('GET', '/admin/payments/parked/')).json<{
    results: { id: number; amount: number; reason: string }[];
  }>();
  expect(results[0]).toMatchObject({ amount: 900, reason: 'no_payee' });
  expect(await wall()).toEqual([]);
  const body = { account: creator.id, reason: 'The payer wrote to us.' };
  expect((await admin.call('POST', `/admin/payments/parked/${results[0]?.id}/assign/`, body)).statusCode).toBe(200);
  await money.settled();
  expect(await wall()).toMatchObject([{ message: 'lost', amount: 900 }]);
});

it('a tip that is paid back leaves the wall', async () => {
  const order = await ordered({ amount: 1_100, creatorID: creator.id });
  const proof = paid(order);
  await payer.call('POST', '/subscriptions/save_order', proof);
  expect(await wall()).toHaveLength(1);
  money.simulator.control.refund(String(proof['razorpay_payment_id']));
  await money.settled();
  expect(await wall()).toEqual([]);
  const { tips } = (await payer.call('GET', `/subscriptions/list_tips/${payer.id}`)).json<{ tips: object[] }>();
  expect(tips[0]).toMatchObject({ amount: 1_100, status: 'refunded' });
});

it('paid when its creator has left it goes back, a guest’s too', async () => {
  const gone = await aCreator(money);
  const order = await ordered({ amount: 2_100, creatorID: gone.id });
  const guest = { email: 'leaver@example.org', phone: '+919876543210', payment_type: 'tip', amount: 600 };
  const opened = await money.inject({
    method: 'POST',
    url: '/subscriptions/get_ghost_user/',
    payload: { ...guest, creatorID: gone.id },
  });
  const kept = await ordered({ amount: 2_300, creatorID: creator.id });
  expect((await gone.call('DELETE', '/api/user/delete/')).statusCode).toBe(204);
  await money.settled();
  const orders = [order, opened.json<{ SubscriptionID: string }>().SubscriptionID, kept];
  for (const each of orders) paid(each);
  await money.settled();
  const { payments } = money.simulator.control.truth();
  const amounts = orders.map((id) => payments.find(({ order_id }) => order_id === id)?.amount_refunded);
  expect(amounts).toEqual([2_100, 600, 0]);
  const { tips } = (await payer.call('GET', `/subscriptions/list_tips/${payer.id}`)).json<{ tips: object[] }>();
  expect(tips.slice(0, 2)).toMatchObject([
    { amount: 2_300, status: 'paid' },
    { amount: 2_100, status: 'refunded' },
  ]);
});

it('lists are their owner’s, and an administrator’s', async () => {
  const url = `/subscriptions/list_tips/${payer.id}`;
  expect((await (await loggedIn(money)).call('GET', url)).statusCode).toBe(404);
  expect((await (await administrator(money)).call('GET', url)).statusCode).toBe(200);
  expect((await money.inject({ method: 'GET', url })).statusCode).toBe(401);
  expect((await money.inject({ method: 'GET', url: '/subscriptions/list_message/999999' })).statusCode).toBe(404);
});

it('what nobody may give is refused', async () => {
  const cases: [LoggedIn, object, object][] = [
    [payer, { amount: 99 }, { amount: ['Ensure this value is greater than or equal to 100.'] }],
    [payer, { amount: 500, currency: 'XXX' }, { currency: ['"XXX" is not a valid choice.'] }],
    [payer, { amount: 500, creatorID: payer.id }, { creatorID: ['This is yourself.'] }],
    [
      creator,
      { amount: 500, creatorID: payer.id },
      { creatorID: [`Invalid pk "${payer.id}" - object does not exist.`] },
    ],
    [payer, {}, { amount: ['This field is required.'] }],
  ];
  for (const [who, body, expected] of cases) {
    const answer = await who.call('POST', '/subscriptions/create_order', body);
    expect([answer.statusCode, answer.json()]).toEqual([400, expected]);
  }
});

it('of a closed account the words stay, without a name', async () => {
  const gone = await loggedIn(money);
  const order = await ordered({ amount: 1_300, creatorID: creator.id }, gone);
  await gone.call('POST', '/subscriptions/save_order', { ...paid(order), name: 'Gone', message: 'bye' });
  await gone.call('DELETE', '/api/user/delete/');
  await money.settled();
  expect(await wall()).toMatchObject([{ name: '', message: 'bye', amount: 1_300 }]);
});
