import { type MoneyApp, startMoneyApp } from '../e2e/money.kit';
import { PASSWORD, registered } from '../factories/person';
import { type Answer, HttpClient } from './client';

/** The `/subscriptions/` part of memboro's README, behind `Authorization: Token` (COMPAT 3.3 to 3.6), and our own tour. */
let money: MoneyApp;
let client: HttpClient;
let creator: Person;

interface Person {
  readonly id: number;
  readonly username: string;
  readonly headers: Record<string, string>;
}

const CREATED = [200, { details: 'Subscription created' }];
const NO_ACCOUNT = [401, { detail: 'Authentication credentials were not provided.' }];
const IS_TEXT = expect.any(String) as string;

const statusAndBody = (answer: Answer): [number, unknown] => [answer.status, answer.body];
const post = (who: Person, path: string, json: unknown): Promise<Answer> =>
  client.post(`/subscriptions/${path}`, json, who.headers);
const get = (who: Person, path: string): Promise<Answer> => client.get(`/subscriptions/${path}`, who.headers);

let people = 0;

async function person(more: { isCreator?: boolean; roles?: 'admin'[] } = {}): Promise<Person> {
  people += 1;
  const names = { username: `member${people}`, email: `member${people}@example.org` };
  const { id } = await registered(money, { ...names, emailVerified: true, roles: more.roles });
  const login = await client.post('/authenticate/rest-auth/login/', { email: names.email, password: PASSWORD });
  const headers = { authorization: `Token ${(login.body as { key: string }).key}` };
  const profile = { json: { is_creator: true }, headers };
  if (more.isCreator) await client.call('PATCH', '/authenticate/rest-auth/user/', profile);
  return { id, username: names.username, headers };
}

async function aTier(more: object = { prices: [{ currency: 'INR', amount: 19_900 }] }): Promise<number> {
  const made = await client.post('/content/api/tiers/', { name: 'Gold', ...more }, creator.headers);
  return (made.body as { id: number }).id;
}

/** The id of the checkout, from an answer that has its two fields and no others. */
function opened(answer: Answer, kind: 'sub' | 'order'): string {
  const SubscriptionID = expect.stringMatching(new RegExp(`^${kind}_\\w{14}$`)) as string;
  expect(statusAndBody(answer)).toEqual([200, { SubscriptionID, public_key: money.simulator.keyId }]);
  return (answer.body as { SubscriptionID: string }).SubscriptionID;
}

/** What Razorpay's checkout hands to the page. */
async function paid(purchase: object): Promise<Record<string, string>> {
  const response = await fetch(`${money.simulator.url}/checkout/pay`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(purchase),
  });
  return (await response.json()) as Record<string, string>;
}

/** As the old pages post it: the payment's id has another name in `save`, and an order's stands under a subscription's. */
async function proof(id: string, more: object = {}): Promise<{ save: object; saveOrder: object }> {
  const what = id.startsWith('sub_') ? { subscription_id: id } : { order_id: id };
  const { razorpay_payment_id, razorpay_signature } = await paid({ ...what, ...more });
  const common = { razorpay_signature, razorpay_subscription_id: id };
  return {
    save: { ...common, razor_payment_id: razorpay_payment_id },
    saveOrder: { ...common, razorpay_payment_id },
  };
}

const standing = async (who: Person): Promise<object[]> =>
  ((await get(who, 'list')).body as { subscriptions: object[] }).subscriptions;

beforeAll(async () => {
  money = await startMoneyApp();
  const url = await money.url();
  client = new HttpClient(url);
  // The one path that the README names.
  money.simulator.control.setWebhook({ url: `${url}/razorpay/webhooks/save_onetime_order/` });
  creator = await person({ isCreator: true });
});

describe('/subscriptions/create and /subscriptions/save', () => {
  it('opens a checkout of a subscription, and takes what the page got from it', async () => {
    const [member, tierID] = [await person(), await aTier()];
    const id = opened(await post(member, 'create', { tierID }), 'sub');
    expect(opened(await post(member, 'create/', { tierID: String(tierID) }), 'sub')).toBe(id);
    const { save } = await proof(id);
    for (let times = 0; times < 2; times += 1) {
      expect(statusAndBody(await post(member, 'save', { tierID, ...save }))).toEqual(CREATED);
    }
    expect(await standing(member)).toMatchObject([{ tier: { id: tierID }, status: 'active', has_access: true }]);
  });

  it('takes the payment’s id under the name that it has elsewhere, too', async () => {
    const [member, tierID] = [await person(), await aTier()];
    const { saveOrder } = await proof(opened(await post(member, 'create', { tierID }), 'sub'));
    expect(statusAndBody(await post(member, 'save', { tierID, ...saveOrder }))).toEqual(CREATED);
  });

  it('refuses what is forged, incomplete or of another tier (R4)', async () => {
    const [member, tierID, other] = [await person(), await aTier(), await aTier()];
    const { save } = await proof(opened(await post(member, 'create', { tierID }), 'sub'));
    const forged = { ...save, razorpay_signature: '0'.repeat(64) };
    expect((await post(member, 'save', { tierID, ...forged })).status).toBe(400);
    const cases: [object, object][] = [
      [{ ...save, tierID: other }, { tierID: ['This checkout is for another tier.'] }],
      [{ ...save, razor_payment_id: undefined }, { razor_payment_id: ['This field is required.'] }],
      [{ tierID }, { razorpay_signature: [IS_TEXT], razorpay_subscription_id: [IS_TEXT] }],
    ];
    for (const [body, expected] of cases) {
      expect(statusAndBody(await post(member, 'save', body))).toEqual([400, expected]);
    }
    expect(statusAndBody(await post(member, 'save', { tierID, ...save }))).toEqual(CREATED);
  });

  it('is for the member whose checkout it is', async () => {
    const [member, other, tierID] = [await person(), await person(), await aTier()];
    const { save } = await proof(opened(await post(member, 'create', { tierID }), 'sub'));
    expect(statusAndBody(await client.post('/subscriptions/save', { tierID, ...save }))).toEqual(NO_ACCOUNT);
    expect((await post(other, 'save', { tierID, ...save })).status).toBe(400);
    expect(await standing(other)).toEqual([]);
  });

  it('answers a wrong tier in DRF’s words', async () => {
    const member = await person();
    const cases: [unknown, string][] = [
      [undefined, 'This field is required.'],
      [null, 'This field may not be null.'],
      ['four', 'A valid integer is required.'],
      [999_999, 'Invalid pk "999999" - object does not exist.'],
    ];
    for (const [tierID, message] of cases) {
      expect(statusAndBody(await post(member, 'create', { tierID }))).toEqual([400, { tierID: [message] }]);
    }
  });
});

describe('/subscriptions/create_onetime/', () => {
  it('opens a checkout of an order, which is saved as a subscription is', async () => {
    const prices = ['INR', 'USD'].map((currency) => ({ currency, amount: 19_900 }));
    const [member, tierID] = [await person(), await aTier({ prices })];
    const id = opened(await post(member, 'create_onetime/', { tierID, currency: 'USD' }), 'order');
    const { save } = await proof(id);
    expect(statusAndBody(await post(member, 'save', { tierID, ...save }))).toEqual(CREATED);
    expect(await standing(member)).toMatchObject([{ kind: 'one_time', currency: 'USD', amount: 19_900 }]);
  });

  it('is captured by us where the bank has only agreed, by the webhook alone (R3)', async () => {
    const [member, tierID] = [await person(), await aTier()];
    const id = opened(await post(member, 'create_onetime/', { tierID, currency: 'INR' }), 'order');
    await paid({ order_id: id, outcome: 'authorized' });
    await money.settled();
    expect(await standing(member)).toMatchObject([{ status: 'active', has_access: true }]);
  });

  it('gives the tier to whom it was ordered for, whatever the notes say (R5)', async () => {
    const [member, other, tierID, dear] = [await person(), await person(), await aTier(), await aTier()];
    const id = opened(await post(member, 'create_onetime/', { tierID, currency: 'INR' }), 'order');
    await paid({ order_id: id, notes: { type: 'subscription', username: other.username, tierID: String(dear) } });
    await money.settled();
    expect(await standing(other)).toEqual([]);
    expect(await standing(member)).toMatchObject([{ tier: { id: tierID }, has_access: true }]);
  });
});

describe('/subscriptions/create_order and /subscriptions/save_order', () => {
  const words = { name: 'Member', message: 'check' };
  const wallOf = ({ id }: Person): Promise<Answer> => client.get(`/subscriptions/list_message/${id}`);

  it('opens a checkout of an order, whose tip stands on the wall and in the payer’s list', async () => {
    const [payer, payee] = [await person(), await person({ isCreator: true })];
    const order = { amount: 34_800, currency: 'INR', creatorID: payee.id };
    const { saveOrder } = await proof(opened(await post(payer, 'create_order', order), 'order'));
    const body = { ...words, amount: 34_800, ...saveOrder };
    expect(statusAndBody(await post(payer, 'save_order', body))).toEqual(CREATED);

    const [status, wall] = statusAndBody(await wallOf(payee));
    const message = { ...words, amount: 34_800, profile_pic: '', dateTime: expect.stringMatching(/Z$/) as string };
    expect([status, wall]).toMatchObject([200, { messages: [message] }]);
    const tip = {
      Creator_username: payee.username,
      Creator_profile_pic: '',
      message: 'check',
      amount: 34_800,
      dateCreated: expect.stringMatching(/Z$/) as string,
    };
    expect(statusAndBody(await get(payer, `list_tips/${payer.id}`))).toMatchObject([200, { tips: [tip] }]);
  });

  it('takes the creator from the notes, as the old pages send it, once (R5)', async () => {
    const [payer, payee] = [await person(), await person({ isCreator: true })];
    const id = opened(await post(payer, 'create_order', { amount: 500, currency: 'INR' }), 'order');
    const notes = { type: 'cheer', username: payer.username, creatorID: String(payee.id), name: 'Member' };
    const { saveOrder } = await proof(id, { notes });
    expect(statusAndBody(await post(payer, 'save_order', { ...words, amount: 500, ...saveOrder }))).toEqual(CREATED);
    expect((await wallOf(payee)).body).toMatchObject({ messages: [{ ...words, amount: 500 }] });
  });

  it('refuses another amount than the order’s, forgeries, and less than a hundred (R4, R28)', async () => {
    const payer = await person();
    const order = { amount: 500, currency: 'INR', creatorID: creator.id };
    const { saveOrder } = await proof(opened(await post(payer, 'create_order', order), 'order'));
    const dearer = await post(payer, 'save_order', { ...words, amount: 600, ...saveOrder });
    expect(statusAndBody(dearer)).toEqual([400, { amount: ['The order has another amount.'] }]);
    const forged = { ...words, amount: 500, ...saveOrder, razorpay_signature: '0'.repeat(64) };
    expect((await post(payer, 'save_order', forged)).status).toBe(400);
    const few = await post(payer, 'create_order', { ...order, amount: 99 });
    expect(statusAndBody(few)).toEqual([400, { amount: ['Ensure this value is greater than or equal to 100.'] }]);
  });

  it('has walls for everybody, and lists for their owner and administrators (R17)', async () => {
    const [payer, other, admin] = [await person(), await person(), await person({ roles: ['admin'] })];
    const path = `list_tips/${payer.id}`;
    expect(statusAndBody(await get(payer, path))).toMatchObject([200, { tips: [] }]);
    expect(statusAndBody(await get(admin, path))).toMatchObject([200, { tips: [] }]);
    expect(statusAndBody(await get(other, path))).toEqual([404, { detail: 'Not found.' }]);
    expect(statusAndBody(await client.get(`/subscriptions/${path}`))).toEqual(NO_ACCOUNT);
    expect(statusAndBody(await wallOf(await person({ isCreator: true })))).toMatchObject([200, { messages: [] }]);
  });
});

describe('/subscriptions/subscribe_to_public_tier, /subscriptions/list and /subscriptions/end/', () => {
  it('joins a free tier, lists it, and leaves it', async () => {
    const [member, tier] = [await person(), await aTier({ is_public: true })];
    expect(statusAndBody(await post(member, 'subscribe_to_public_tier', { tierID: tier }))).toEqual(CREATED);
    const listed = { tier: { id: tier, name: 'Gold' }, creator: { id: creator.id }, status: 'active', amount: 0 };
    expect(statusAndBody(await get(member, 'list'))).toMatchObject([200, { subscriptions: [listed] }]);
    const ended = await post(member, 'end/', { tier, end_type: '0' });
    expect(statusAndBody(ended)).toEqual([200, { status: 'Success' }]);
  });

  it.each([
    [1, { status: 'active', has_access: true, reason: 'cancelled_at_cycle_end' }],
    [0, { status: 'cancelled', has_access: false, reason: 'cancelled' }],
  ])('ends with the cycle or at once: end_type %i', async (end_type, expected) => {
    const [member, tier] = [await person(), await aTier()];
    const { save } = await proof(opened(await post(member, 'create', { tierID: tier }), 'sub'));
    await post(member, 'save', { tierID: tier, ...save });
    expect(statusAndBody(await post(member, 'end/', { tier, end_type }))).toEqual([200, { status: 'Success' }]);
    expect(await standing(member)).toMatchObject([expected]);
  });

  it('says in the answer, and not by its status, that there is none', async () => {
    const failed = [200, { status: 'Failed', message: 'Subscription does not exist' }];
    const member = await person();
    for (const tier of [await aTier(), 999_999]) {
      expect(statusAndBody(await post(member, 'end/', { tier, end_type: 0 }))).toEqual(failed);
    }
  });
});

it.each([
  ['POST', 'create'],
  ['POST', 'create_onetime/'],
  ['POST', 'create_order'],
  ['POST', 'save_order'],
  ['POST', 'subscribe_to_public_tier'],
  ['POST', 'end/'],
  ['GET', 'list'],
])('%s /subscriptions/%s needs an account, takes either slash, and knows no other method', async (method, path) => {
  const bare = path.replace(/\/$/, '');
  for (const url of [`/subscriptions/${bare}`, `/subscriptions/${bare}/`]) {
    expect(statusAndBody(await client.call(method, url))).toEqual(NO_ACCOUNT);
  }
  const refused = await client.call('PUT', `/subscriptions/${path}`, { json: {}, headers: creator.headers });
  expect(statusAndBody(refused)).toEqual([405, { detail: 'Method "PUT" not allowed.' }]);
});

// What stands in README.md under "The tour goes on: money", but for the names.
it('our own tour: buys, reads, is booked, cancels with the month and at once', async () => {
  const [meera, tierID] = [await person(), await aTier()];
  const booked = await balance();
  const body = { title: 'The stems', teaser: 'Every track.', body: 'Here they are.', tiers: [tierID] };
  const made = await client.post('/content/api/content/', body, creator.headers);
  const url = `/content/api/content/${(made.body as { id: number }).id}/`;
  const locked = { body: null, locked: true, unlock: { tier: tierID, prices: [{ currency: 'INR', amount: 19_900 }] } };
  expect((await client.get(url, meera.headers)).body).toMatchObject(locked);
  const subscription_id = opened(await post(meera, 'create', { tierID }), 'sub');
  const callback = await paid({ subscription_id });
  expect(Object.keys(callback).sort()).toEqual([
    'razorpay_payment_id',
    'razorpay_signature',
    'razorpay_subscription_id',
  ]);
  expect(statusAndBody(await post(meera, 'save', callback))).toEqual(CREATED);
  expect((await client.get(url, meera.headers)).body).toMatchObject({ body: 'Here they are.', locked: false });
  await money.settled();
  expect(await balance()).toBe(booked + 19_900);
  const ended = await post(meera, 'end/', { tier: tierID, end_type: 1 });
  expect(statusAndBody(ended)).toEqual([200, { status: 'Success' }]);
  const expected = {
    kind: 'recurring',
    status: 'active',
    access_until: expect.stringMatching(/Z$/) as string,
    has_access: true,
    reason: 'cancelled_at_cycle_end',
    ends_at_cycle: true,
  };
  expect((await get(meera, 'list')).body).toMatchObject({ subscriptions: [expected], count: 1 });
  const atOnce = await post(meera, 'end/', { tier: tierID, end_type: 0 });
  expect(statusAndBody(atOnce)).toEqual([200, { status: 'Success' }]);
  expect((await client.get(url, meera.headers)).body).toMatchObject({ ...locked, teaser: 'Every track.' });
});

/** The creator's, of a day, in paise. */
async function balance(): Promise<number> {
  const { body } = await client.get('/feed/api/stats?days=1', creator.headers);
  const { money: balances } = body as { money: { currency: string; balance: number }[] };
  return balances.find(({ currency }) => currency === 'INR')?.balance ?? 0;
}
