import { PASSWORD, registered } from '../factories/person';
import { startMoneyApp, type MoneyApp } from '../e2e/money.kit';
import { type Answer, HttpClient } from './client';

/** The commission part of memboro's README: DRF viewsets behind `Authorization: Token` (COMPAT 3.2, 3.3, 3.5). */
let app: MoneyApp;
let client: HttpClient;

type Headers = Record<string, string>;
let creator: Headers;
let buyer: Headers;
let stranger: Headers;
let creatorId: number;
let buyerId: number;

const OFFERS = '/commissions/api/commission-creator';
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string;

const statusAndBody = (answer: Answer): [number, unknown] => [answer.status, answer.body];
const idOf = (answer: Answer): number => (answer.body as { id: number }).id;
const send = (method: string, path: string, json: unknown, headers: Headers): Promise<Answer> =>
  client.call(method, path, { json, headers });

async function tokenOf(username: string): Promise<{ id: number; headers: Headers }> {
  const email = `${username}@example.org`;
  const { id } = await registered(app, { username, email, password: PASSWORD, emailVerified: true });
  const answer = await client.post('/authenticate/rest-auth/login/', { email, password: PASSWORD });
  return { id, headers: { authorization: `Token ${(answer.body as { key: string }).key}` } };
}

beforeAll(async () => {
  app = await startMoneyApp();
  client = new HttpClient(await app.url());
  const [asha, ravi, zoe] = [await tokenOf('asha'), await tokenOf('ravi'), await tokenOf('zoe')];
  [creator, buyer, stranger, creatorId, buyerId] = [asha.headers, ravi.headers, zoe.headers, asha.id, ravi.id];
  await send('PATCH', '/authenticate/rest-auth/user/', { is_creator: true }, creator);
});

const PORTRAIT = {
  title: 'Portrait',
  description: 'In ink',
  prices: [
    { currency: 'USD', amount: 900 },
    { currency: 'INR', amount: 34800 },
  ],
  delivery_modes: [{ id: 1, name: 'By mail' }],
  slots: 2,
  terms: 'Two weeks',
};

const shownOf = (id: number) => ({
  id,
  creator: creatorId,
  title: 'Portrait',
  description: 'In ink',
  prices: [
    { currency: 'INR', amount: 34800 },
    { currency: 'USD', amount: 900 },
  ],
  delivery_modes: [{ id: 1, name: 'By mail' }],
  slots: 2,
  terms: 'Two weeks',
  samples: [],
  open_slots: 2,
  archived: false,
  created_at: TIME,
});

const newOffer = async (more: object = {}): Promise<number> =>
  idOf(await client.post(OFFERS, { ...PORTRAIT, ...more }, creator));

const wish = (commissionID: number) => ({
  commissionID,
  description: 'A drawing',
  contactDetails: 'somedetails',
  mode_of_delivery: '1',
  currency: 'INR',
});

describe('/commissions/api/commission-creator', () => {
  it('lists, makes, shows, changes and deletes, as a viewset does', async () => {
    const made = await client.post(OFFERS, PORTRAIT, creator);
    const id = idOf(made);
    expect(statusAndBody(made)).toEqual([201, shownOf(id)]);
    const list = await client.get(`${OFFERS}/`, creator);
    expect(statusAndBody(list)).toEqual([200, { count: 1, next: null, previous: null, results: [shownOf(id)] }]);
    expect(statusAndBody(await client.get(`${OFFERS}/${id}/`))).toEqual([200, shownOf(id)]);
    const changed = await send('PATCH', `${OFFERS}/${id}/`, { title: 'Sketch', slots: null }, creator);
    const sketch = { ...shownOf(id), title: 'Sketch', slots: null, open_slots: null };
    expect(statusAndBody(changed)).toEqual([200, sketch]);
    const deletable = await client.get(`/commissions/api/deletable/${id}`, creator);
    expect(statusAndBody(deletable)).toEqual([200, { deletable: true, reason: null }]);
    const stale = await client.call('DELETE', `${OFFERS}/${id}/`, { headers: { ...creator, 'if-match': '"1"' } });
    expect(stale.status).toBe(412);
    const gone = await client.call('DELETE', `${OFFERS}/${id}/`, { headers: creator });
    expect(statusAndBody(gone)).toEqual([204, undefined]);
    expect(statusAndBody(await client.get(`${OFFERS}/${id}/`))).toEqual([404, { detail: 'Not found.' }]);
  });

  it('answers what DRF answers to whoever may not', async () => {
    const id = await newOffer();
    const detail = 'You do not have permission to perform this action.';
    expect(statusAndBody(await client.post(OFFERS, PORTRAIT, buyer))).toEqual([403, { detail }]);
    expect(statusAndBody(await send('PATCH', `${OFFERS}/${id}/`, { title: 'Mine' }, buyer))).toEqual([403, { detail }]);
    expect(statusAndBody(await client.call('DELETE', `${OFFERS}/${id}/`, { headers: buyer }))).toEqual([
      403,
      { detail },
    ]);
    expect((await client.get(`/commissions/api/deletable/${id}`, buyer)).status).toBe(403);
    expect(statusAndBody(await client.post(OFFERS, PORTRAIT))).toEqual([
      401,
      { detail: 'Authentication credentials were not provided.' },
    ]);
    expect(statusAndBody(await client.call('PUT', `${OFFERS}/`, { headers: creator }))).toEqual([
      405,
      { detail: 'Method "PUT" not allowed.' },
    ]);
  });

  it.each<[object, object]>([
    [{ title: undefined }, { title: ['This field is required.'] }],
    [{ title: ' ' }, { title: ['This field may not be blank.'] }],
    [{ title: 'x'.repeat(201) }, { title: ['Ensure this field has no more than 200 characters.'] }],
    [{ title: ['a'] }, { title: ['Not a valid string.'] }],
    [{ prices: undefined }, { prices: ['This field is required.'] }],
    [{ prices: [] }, { prices: ['This list may not be empty.'] }],
    [{ prices: 'INR' }, { prices: ['Expected a list of items but got type "str".'] }],
    [
      { prices: [{ currency: 'INR', amount: 99 }] },
      { prices: { '0': { amount: ['Ensure this value is greater than or equal to 100.'] } } },
    ],
    [
      { prices: [{ currency: 'XXX', amount: 500 }] },
      { prices: { '0': { currency: ['"XXX" is not a valid choice.'] } } },
    ],
    [
      {
        prices: [
          { currency: 'INR', amount: 500 },
          { currency: 'INR', amount: 600 },
        ],
      },
      { prices: ['Give each currency only once.'] },
    ],
    [{ slots: 0 }, { slots: ['Ensure this value is greater than or equal to 1.'] }],
    [{ slots: 'many' }, { slots: ['A valid integer is required.'] }],
    [{ delivery_modes: [{ id: 1 }] }, { delivery_modes: { '0': { name: ['This field is required.'] } } }],
    [
      { delivery_modes: Array.from({ length: 11 }, (_, i) => ({ name: `m${i}` })) },
      { delivery_modes: ['Ensure this field has no more than 10 elements.'] },
    ],
    [{ samples: [999_999] }, { samples: ['Invalid pk "999999" - object does not exist.'] }],
    [{ samples: 'x' }, { samples: ['Expected a list of items but got type "str".'] }],
    [{ terms: 'x'.repeat(5001) }, { terms: ['Ensure this field has no more than 5000 characters.'] }],
    [{ description: 'a\u0000b' }, { description: ['Null characters are not allowed.'] }],
  ])('refuses %j', async (part, errors) => {
    expect(statusAndBody(await client.post(OFFERS, { ...PORTRAIT, ...part }, creator))).toEqual([400, errors]);
  });

  it('takes plain names as ways of delivery', async () => {
    const made = await client.post(OFFERS, { ...PORTRAIT, delivery_modes: ['By mail', 'By hand'] }, creator);
    expect(made.body).toMatchObject({
      delivery_modes: [
        { id: 1, name: 'By mail' },
        { id: 2, name: 'By hand' },
      ],
    });
  });
});

it('an offer that was ordered can only be archived, and is its creator’s alone then', async () => {
  const id = await newOffer();
  expect((await client.post('/commissions/api/commission-user', wish(id), buyer)).status).toBe(200);
  const reason = '1 of its orders are open. It can be archived.';
  expect(statusAndBody(await client.get(`/commissions/api/deletable/${id}`, creator))).toEqual([
    200,
    { deletable: false, reason },
  ]);
  expect((await client.call('DELETE', `${OFFERS}/${id}/`, { headers: creator })).status).toBe(204);
  expect(statusAndBody(await client.get(`${OFFERS}/${id}/`, creator))).toEqual([
    200,
    { ...shownOf(id), open_slots: 1, archived: true },
  ]);
  expect((await client.get(`${OFFERS}/?archived=true`, creator)).body).toMatchObject({ results: [{ id }] });
  for (const who of [buyer, {}]) expect((await client.get(`${OFFERS}/${id}/`, who)).status).toBe(404);
  expect(statusAndBody(await client.post('/commissions/api/commission-user', wish(id), stranger))).toEqual([
    400,
    { commissionID: [`Invalid pk "${id}" - object does not exist.`] },
  ]);
  expect((await send('PATCH', `${OFFERS}/${id}/`, { archived: false }, creator)).body).toMatchObject({
    archived: false,
  });
});

it.each(['/commissions/api/get-commissions', '/commissions/api/get-commissions/', '/commissions/list/'])(
  '%s shows offers with their creator’s name and picture, to everybody',
  async (path) => {
    const id = await newOffer();
    const url = path.endsWith('list/') ? `${path}${creatorId}` : path;
    const { status, body } = await client.get(`${url}?page_size=1`);
    const shown = { ...shownOf(id), username: 'asha', profile_pic: '' };
    expect([status, body]).toEqual([
      200,
      { count: expect.any(Number) as number, next: expect.any(String) as string, previous: null, results: [shown] },
    ]);
  },
);

it('whoever offers nothing has an empty list, and a page behind the end is none', async () => {
  expect((await client.get(`/commissions/list/${buyerId}`)).body).toMatchObject({ count: 0, results: [] });
  expect(statusAndBody(await client.get(`/commissions/list/${buyerId}?page=2`))).toEqual([
    404,
    { detail: 'Invalid page.' },
  ]);
  expect((await client.get('/commissions/list/x')).status).toBe(404);
});

describe('/commissions/api/commission-user', () => {
  it('orders, for both to see in their lists', async () => {
    const id = await newOffer();
    const made = await client.post('/commissions/api/commission-user', wish(id), buyer);
    const SubscriptionID = expect.stringMatching(/^order_/) as string;
    expect(statusAndBody(made)).toEqual([
      200,
      {
        id: expect.any(Number) as number,
        SubscriptionID,
        public_key: app.simulator.keyId,
        status: 'ordered',
        position: null,
      },
    ]);
    const expected = {
      id: idOf(made),
      commissionID: id,
      title: 'Portrait',
      creator: { id: creatorId, username: 'asha', profile_pic: '' },
      buyer: { id: buyerId, username: 'ravi', profile_pic: '' },
      status: 'ordered',
      payment: 'unpaid',
      position: null,
      amount: 34800,
      currency: 'INR',
      mode_of_delivery: 'By mail',
      description: 'A drawing',
      contactDetails: 'somedetails',
      revisions: 0,
      due_at: TIME,
      created_at: TIME,
      updated_at: TIME,
    };
    for (const [who, side] of [
      [creator, 'creator'],
      [buyer, 'buyer'],
    ] as const) {
      for (const query of ['', `?side=${side}`]) {
        const { status, body } = await client.get(`/commissions/api/get-commissions-user${query}`, who);
        expect([status, (body as { results: unknown[] }).results[0]]).toEqual([200, expected]);
      }
      const other = await client.get(`/commissions/api/get-commissions-user?side=${side}`, stranger);
      expect(other.body).toEqual({ count: 0, next: null, previous: null, results: [] });
    }
    const history = [{ status: 'ordered', by: 'buyer', message: '', media: [], at: TIME }];
    expect(statusAndBody(await client.get(`/commissions/api/orders/${idOf(made)}/`, buyer))).toEqual([
      200,
      { ...expected, terms: 'Two weeks', history },
    ]);
    const both = await client.get('/commissions/api/get-commissions-user?page_size=1&page=2', buyer);
    expect(both.status).toBe(200);
  });

  it('takes every price, and no other', async () => {
    const id = await newOffer();
    const dollars = await client.post('/commissions/api/commission-user', { ...wish(id), currency: 'USD' }, buyer);
    expect((await client.get(`/commissions/api/orders/${idOf(dollars)}/`, buyer)).body).toMatchObject({
      amount: 900,
      currency: 'USD',
    });
    expect(
      statusAndBody(await client.post('/commissions/api/commission-user', { ...wish(id), currency: 'EUR' }, buyer)),
    ).toEqual([400, { currency: ['This offer has no price in EUR.'] }]);
  });

  it.each<[object, object]>([
    [{ commissionID: undefined }, { commissionID: ['This field is required.'] }],
    [{ commissionID: 999_999 }, { commissionID: ['Invalid pk "999999" - object does not exist.'] }],
    [{ commissionID: "1' or 1=1" }, { commissionID: ['Invalid pk "1\' or 1=1" - object does not exist.'] }],
    [{ commissionID: [1] }, { commissionID: ['Incorrect type. Expected pk value, received list.'] }],
    [{ description: undefined }, { description: ['This field is required.'] }],
    [{ description: 'x'.repeat(5001) }, { description: ['Ensure this field has no more than 5000 characters.'] }],
    [{ contactDetails: '' }, { contactDetails: ['This field may not be blank.'] }],
    [{ contactDetails: 'x'.repeat(1001) }, { contactDetails: ['Ensure this field has no more than 1000 characters.'] }],
    [{ mode_of_delivery: undefined }, { mode_of_delivery: ['This field is required.'] }],
    [{ mode_of_delivery: '7' }, { mode_of_delivery: ['"7" is not a valid choice.'] }],
    [{ mode_of_delivery: { id: 1 } }, { mode_of_delivery: ['Not a valid string.'] }],
    [{ currency: 'inr' }, { currency: ['"inr" is not a valid choice.'] }],
  ])('refuses %j', async (part, errors) => {
    const id = await newOffer();
    const answer = await client.post('/commissions/api/commission-user', { ...wish(id), ...part }, buyer);
    expect(statusAndBody(answer)).toEqual([400, errors]);
    await client.call('DELETE', `${OFFERS}/${id}/`, { headers: creator });
  });

  it('refuses one’s own offer, and who is not signed in', async () => {
    const id = await newOffer();
    expect(statusAndBody(await client.post('/commissions/api/commission-user', wish(id), creator))).toEqual([
      400,
      { commissionID: ['This is an offer of your own.'] },
    ]);
    expect((await client.post('/commissions/api/commission-user', wish(id))).status).toBe(401);
    expect((await client.get('/commissions/api/get-commissions-user')).status).toBe(401);
  });

  it('with an Idempotency-Key is done once, and a step out of order is 409', async () => {
    const id = await newOffer();
    const headers = { ...buyer, 'idempotency-key': 'commission-1' };
    const answers = [
      await client.post('/commissions/api/commission-user', wish(id), headers),
      await client.post('/commissions/api/commission-user', wish(id), headers),
    ];
    expect(answers[1]?.body).toEqual(answers[0]?.body);
    expect(answers[1]?.headers.get('idempotent-replayed')).toBe('true');
    const url = `/commissions/api/orders/${idOf(answers[0] as Answer)}`;
    expect(statusAndBody(await client.post(`${url}/accept/`, {}, creator))).toEqual([
      409,
      { detail: 'This commission is not paid yet.' },
    ]);
    expect(statusAndBody(await client.post(`${url}/deliver/`, {}, creator))).toEqual([
      409,
      { detail: 'A commission that is ordered does not allow this.' },
    ]);
    expect((await client.post(`${url}/revise/`, {}, buyer)).body).toEqual({ message: ['This field is required.'] });
    expect((await client.post(`${url}/sing/`, {}, buyer)).status).toBe(404);
    expect((await client.post(`${url}/decline/`, { reason: 'x'.repeat(5001) }, creator)).status).toBe(400);
    const declined = await client.post(`${url}/decline/`, { reason: 'Too much to do' }, creator);
    expect(statusAndBody(declined)).toMatchObject([
      200,
      { status: 'declined', history: [{}, { status: 'declined', by: 'creator', message: 'Too much to do' }] },
    ]);
    expect((await client.post(`${url}/cancel/`, undefined, buyer)).status).toBe(409);
  });
});

// What stands in README.md under "The tour goes on: a commission, and the bell".
it('our own tour: ordered, paid, accepted, delivered, and told', async () => {
  const id = await newOffer();
  const order = (await client.post('/commissions/api/commission-user', wish(id), buyer)).body as {
    id: number;
    SubscriptionID: string;
  };
  expect(order).toMatchObject({ status: 'ordered', position: null, SubscriptionID: expect.stringMatching(/^order_/) });
  const response = await fetch(`${app.simulator.url}/checkout/pay`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ order_id: order.SubscriptionID }),
  });
  const { razorpay_order_id, ...proof } = (await response.json()) as Record<string, string>;
  const url = `/commissions/api/orders/${order.id}`;
  const saved = await client.post(`${url}/save/`, { ...proof, razorpay_subscription_id: razorpay_order_id }, buyer);
  expect(statusAndBody(saved)).toMatchObject([200, { status: 'ordered', payment: 'authorized' }]);
  expect((await client.call('POST', `${url}/accept/`, { headers: creator })).status).toBe(200);
  const delivered = await client.post(`${url}/deliver/`, { message: 'Here it is.' }, creator);
  expect(statusAndBody(delivered)).toMatchObject([
    200,
    {
      id: order.id,
      status: 'delivered',
      payment: 'captured',
      history: [
        { status: 'ordered', by: 'buyer' },
        { status: 'accepted', by: 'creator' },
        { status: 'delivered', by: 'creator', message: 'Here it is.' },
      ],
    },
  ]);
  await app.settled();
  expect((await client.get('/feed/api/notifications/?max=1', buyer)).body).toMatchObject({
    unread_list: [{ actor: 'asha', verb: 'delivered', description: 'asha delivered “Portrait”.' }],
  });
});
