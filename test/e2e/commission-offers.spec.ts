import type { Response } from 'light-my-request';
import { type LoggedIn, loggedIn } from '../factories/administrator';
import { anOffer, type AnsweredOffer, placed, wishFor } from '../factories/commission';
import { aCreator } from '../factories/tier';
import { type Body, CommissionKit, ordersUrl, seen, step, taken } from './commission.kit';
import { picture, uploaded } from './media.kit';
import { type MoneyApp, startMoneyApp } from './money.kit';

const OFFERS = '/commissions/api/commission-creator';
const ORDER = '/commissions/api/commission-user';

let money: MoneyApp;
let kit: CommissionKit;
let creator: LoggedIn;
let buyer: LoggedIn;

beforeAll(async () => {
  money = await startMoneyApp({ RATE_LIMITS: 'off' });
  kit = new CommissionKit(money);
  buyer = await loggedIn(money);
});

beforeEach(async () => {
  creator = await aCreator(money);
});

const urlOf = ({ id }: { readonly id: number }): string => `${OFFERS}/${id}/`;
const codes = (answers: readonly Response[]): number[] => answers.map(({ statusCode }) => statusCode).sort();

async function offerOf(offer: AnsweredOffer): Promise<Body> {
  return (await creator.call('GET', urlOf(offer))).json<Body>();
}

describe('an offer', () => {
  it.each<[string, object]>([
    ['title', { title: 'a\u0000b' }],
    ['title', { title: '\ud800' }],
    ['title', { title: null }],
    ['description', { description: 'x'.repeat(5001) }],
    ['terms', { terms: { toString: 'x' } }],
    ['prices', { prices: null }],
    ['prices', { prices: [] }],
    ['prices', { prices: [{ currency: 'INR', amount: -500 }] }],
    ['prices', { prices: [{ currency: 'INR', amount: 500.5 }] }],
    ['prices', { prices: [{ currency: 'INR', amount: 2 ** 53 }] }],
    ['prices', { prices: [{ currency: ['INR'], amount: 500 }] }],
    ['prices', { prices: { 0: { currency: 'INR', amount: 500 } } }],
    ['slots', { slots: 1.5 }],
    ['slots', { slots: 1001 }],
    ['slots', { slots: -1 }],
    ['slots', { slots: [3] }],
    ['delivery_modes', { delivery_modes: [null] }],
    ['delivery_modes', { delivery_modes: [{ id: 0, name: 'x' }] }],
    ['delivery_modes', { delivery_modes: [{ id: 1, name: 'a\u0000' }] }],
    ['delivery_modes', { delivery_modes: [['By mail']] }],
    [
      'delivery_modes',
      {
        delivery_modes: [
          { id: 1, name: 'a' },
          { id: 1, name: 'b' },
        ],
      },
    ],
    ['samples', { samples: ['9007199254740993'] }],
    ['samples', { samples: [{}] }],
    ['samples', { samples: Array.from({ length: 11 }, (_, i) => i + 1) }],
    ['archived', { archived: 'perhaps' }],
  ])('with a faulty %s is refused by that name', async (field, part) => {
    const offer = await anOffer(creator);
    const changed = await creator.call('PATCH', urlOf(offer), part);
    expect([changed.statusCode, Object.keys(changed.json<object>())]).toEqual([400, [field]]);
    expect(await offerOf(offer)).toMatchObject({ id: offer.id, slots: 3, archived: false });
  });

  it.each(['0', '-1', '1.5', '1e3', '9007199254740993', '99999999999999999999', '%00', 'a'])(
    'of the id %s is not there',
    async (id) => {
      for (const [method, url, body] of [
        ['GET', `${OFFERS}/${id}/`, undefined],
        ['PATCH', `${OFFERS}/${id}/`, { title: 'x' }],
        ['DELETE', `${OFFERS}/${id}/`, undefined],
        ['GET', `/commissions/api/deletable/${id}`, undefined],
        ['GET', `/commissions/api/orders/${id}/`, undefined],
        ['POST', `/commissions/api/orders/${id}/accept/`, {}],
      ] as const) {
        expect([method, url, (await creator.call(method, url, body)).statusCode]).toEqual([method, url, 404]);
      }
    },
  );

  it('shows files of its creator alone, each once, and they stay as long as it does', async () => {
    const [mine, other] = [
      await uploaded(creator, { content: await picture(2, 2) }),
      await uploaded(await aCreator(money), { content: await picture(2, 2) }),
    ];
    const offer = await anOffer(creator, { samples: [mine.id, mine.id] });
    expect(await offerOf(offer)).toMatchObject({ samples: [{ id: mine.id }] });
    const stolen = await creator.call('PATCH', urlOf(offer), { title: 'Stolen', samples: [mine.id, other.id] });
    expect([stolen.statusCode, stolen.json()]).toEqual([
      400,
      { samples: [`Invalid pk "${other.id}" - object does not exist.`] },
    ]);
    expect((await offerOf(offer))['title']).not.toBe('Stolen');
    const inUse = await creator.call('DELETE', `/content/api/media/${mine.id}/`);
    expect([inUse.statusCode, inUse.json()]).toEqual([
      409,
      { detail: 'A post, an offer or a commission uses this file.' },
    ]);
    const [changed, removed] = await Promise.all([
      creator.call('PATCH', urlOf(offer), { samples: [] }),
      creator.call('DELETE', `/content/api/media/${mine.id}/`),
    ]);
    expect(changed.statusCode).toBe(200);
    expect([204, 409]).toContain(removed.statusCode);
    if (removed.statusCode === 409) await creator.call('DELETE', `/content/api/media/${mine.id}/`);
    const gone = await creator.call('PATCH', urlOf(offer), { samples: [mine.id] });
    expect([gone.statusCode, Object.keys(gone.json<object>())]).toEqual([400, ['samples']]);
  });

  it('is changed by one of those who read the same version', async () => {
    const offer = await anOffer(creator);
    const etag = (await creator.call('GET', urlOf(offer))).headers.etag as string;
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((title) => creator.call('PATCH', urlOf(offer), { title }, { 'if-match': etag })),
    );
    expect(codes(answers)).toEqual([200, 412, 412, 412]);
  });

  it('is one of fifty at most, also made at once, and taken out of the archive', async () => {
    const body = { title: 'x', prices: [{ currency: 'INR', amount: 500 }] };
    const answers = await Promise.all(Array.from({ length: 54 }, () => creator.call('POST', OFFERS, body)));
    expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(50);
    expect(answers.filter(({ statusCode }) => statusCode === 400)).toHaveLength(4);
    const [one, two] = answers.filter(({ statusCode }) => statusCode === 201).map((made) => made.json<AnsweredOffer>());
    for (const offer of [one, two]) await creator.call('PATCH', urlOf(offer!), { archived: true });
    expect((await creator.call('POST', OFFERS, body)).statusCode).toBe(201);
    const back = await Promise.all(
      [one, two].map((offer) => creator.call('PATCH', urlOf(offer!), { archived: false })),
    );
    expect(codes(back)).toEqual([200, 400]);
  });

  it('that is ordered, archived, deleted and shrunk at once stays in order', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => loggedIn(money)));
    const offer = await anOffer(creator, { slots: 4 });
    const answers = await Promise.all([
      ...people.map((person) => person.call('POST', ORDER, wishFor(offer))),
      creator.call('PATCH', urlOf(offer), { slots: 1 }),
      creator.call('PATCH', urlOf(offer), { slots: 2 }),
      creator.call('DELETE', urlOf(offer)),
      creator.call('PATCH', urlOf(offer), { archived: false }),
      creator.call('DELETE', urlOf(offer)),
    ]);
    expect(answers.filter(({ statusCode }) => statusCode >= 500)).toEqual([]);
    const orders = (await creator.call('GET', '/commissions/api/get-commissions-user?page_size=100')).json<{
      results: Body[];
    }>().results;
    const taking = orders.filter(({ status }) => status === 'ordered').length;
    const left = await creator.call('GET', urlOf(offer));
    if (orders.length > 0) {
      const { slots, open_slots } = left.json<{ slots: number; open_slots: number }>();
      expect(open_slots).toBe(slots - taking);
    } else expect([200, 404]).toContain(left.statusCode);
  });

  it('that is archived keeps what was ordered: it is paid, accepted and done', async () => {
    const offer = await anOffer(creator);
    const order = await placed(buyer, offer);
    expect((await creator.call('DELETE', urlOf(offer))).statusCode).toBe(204);
    expect((await buyer.call('POST', ORDER, wishFor(offer))).statusCode).toBe(400);
    const again = await taken(buyer, order.id, 'pay');
    expect(again).toMatchObject({ SubscriptionID: order.SubscriptionID });
    await taken(buyer, order.id, 'save', kit.authorized(order));
    for (const name of ['accept', 'deliver']) await taken(creator, order.id, name);
    expect(await taken(buyer, order.id, 'close')).toMatchObject({ status: 'closed', payment: 'captured' });
  });
});

describe('an order', () => {
  it.each<[string, object]>([
    ['description', { description: 'a\u0000b' }],
    ['description', { description: ['x'] }],
    ['contactDetails', { contactDetails: '\udfff' }],
    ['contactDetails', { contactDetails: { mail: 'x' } }],
    ['mode_of_delivery', { mode_of_delivery: '999' }],
    ['mode_of_delivery', { mode_of_delivery: '__proto__' }],
    ['currency', { currency: '__proto__' }],
    ['currency', { currency: null }],
    ['commissionID', { commissionID: '9007199254740993' }],
    ['commissionID', { commissionID: true }],
  ])('with a faulty %s is refused by that name', async (field, part) => {
    const answer = await buyer.call('POST', ORDER, wishFor(await anOffer(creator), part));
    expect([answer.statusCode, Object.keys(answer.json<object>())]).toEqual([400, [field]]);
  });

  it('is paid by what was paid for it, and by nothing else', async () => {
    const offer = await anOffer(creator);
    const [mine, others] = [await placed(buyer, offer), await placed(await loggedIn(money), offer)];
    const proof = kit.authorized(others);
    const stolen = await step(buyer, mine.id, 'save', proof);
    expect(stolen.statusCode).toBe(400);
    await money.settled();
    expect(await seen(buyer, mine.id)).toMatchObject({ payment: 'unpaid' });
    expect(await seen(creator, others.id)).toMatchObject({ payment: 'authorized' });
    for (const body of [{}, { ...proof, razorpay_payment_id: '../orders' }, { ...proof, razorpay_signature: null }]) {
      expect((await step(buyer, mine.id, 'save', body)).statusCode).toBe(400);
    }
  });

  it('shows what is handed in to its buyer, and not the files of others', async () => {
    const order = await kit.held(await anOffer(creator), buyer);
    await taken(creator, order.id, 'accept');
    const [mine, others] = [
      await uploaded(creator, { content: await picture(2, 2) }),
      await uploaded(await aCreator(money), { content: await picture(2, 2) }),
    ];
    const refused = await step(creator, order.id, 'deliver', { message: 'Here', media: [mine.id, others.id] });
    expect([refused.statusCode, refused.json()]).toEqual([
      400,
      { media: [`Invalid pk "${others.id}" - object does not exist.`] },
    ]);
    expect(await seen(buyer, order.id)).toMatchObject({ status: 'accepted', history: [{}, {}] });
    await taken(creator, order.id, 'deliver', { media: [mine.id, mine.id] });
    const { history } = (await seen(buyer, order.id)) as unknown as { history: { media: { url: string }[] }[] };
    const { pathname, search } = new URL(history.at(-1)?.media[0]?.url ?? '');
    const file = await money.inject({ method: 'GET', url: pathname + search });
    expect(file.statusCode).toBe(200);
    expect((await creator.call('DELETE', `/content/api/media/${mine.id}/`)).statusCode).toBe(409);
    expect((await buyer.call('GET', `/content/api/media/${mine.id}/`)).statusCode).toBe(404);
  });

  it('takes no step with faulty words, and each without a body that needs none', async () => {
    const order = await kit.held(await anOffer(creator), buyer);
    for (const reason of ['a\u0000b', ['x'], { a: 1 }, 'x'.repeat(5001)]) {
      const answer = await step(creator, order.id, 'decline', { reason });
      expect([answer.statusCode, Object.keys(answer.json<object>())]).toEqual([400, ['reason']]);
    }
    const bare = (who: LoggedIn, name: string): Promise<Response> => who.call('POST', ordersUrl(order.id, name));
    expect((await bare(creator, 'accept')).statusCode).toBe(200);
    expect((await bare(creator, 'deliver')).statusCode).toBe(200);
    expect((await bare(buyer, 'revise')).statusCode).toBe(400);
    expect((await bare(creator, 'refund')).statusCode).toBe(200);
    for (const name of ['accept', 'decline', 'deliver', 'refund']) {
      expect([name, (await bare(creator, name)).statusCode]).toEqual([name, 409]);
    }
    for (const name of ['cancel', 'close', 'pay']) {
      expect([name, (await bare(buyer, name)).statusCode]).toEqual([name, 409]);
    }
  });
});

describe('who waits', () => {
  it('keeps the place while asking again, and moves up when others go', async () => {
    const offer = await anOffer(creator, { slots: 1 });
    await placed(buyer, offer);
    const people = await Promise.all(Array.from({ length: 4 }, () => loggedIn(money)));
    const orders = [];
    for (const person of people) orders.push(await placed(person, offer));
    const [, second, third, last] = people as [LoggedIn, LoggedIn, LoggedIn, LoggedIn];
    const again = await placed(second, offer, { currency: 'USD', description: 'A dog' });
    expect(again).toMatchObject({ id: orders[1]?.id, position: 2, SubscriptionID: null });
    expect(await seen(second, again.id)).toMatchObject({ amount: 900, currency: 'USD', description: 'A dog' });
    for (const [who, name] of [
      [creator, 'accept'],
      [creator, 'deliver'],
      [creator, 'refund'],
      [second, 'pay'],
      [second, 'close'],
    ] as const) {
      expect([name, (await step(who, again.id, name)).statusCode]).toEqual([name, 409]);
    }
    await Promise.all([
      taken(second, again.id, 'cancel'),
      taken(creator, orders[2]?.id ?? 0, 'decline', { reason: 'No dogs' }),
    ]);
    expect((await seen(last, orders[3]?.id ?? 0))['position']).toBe(2);
    expect(await seen(third, orders[2]?.id ?? 0)).toMatchObject({ status: 'declined', position: null });
    expect((await creator.call('PATCH', urlOf(offer), { slots: null })).statusCode).toBe(200);
    expect(await seen(last, orders[3]?.id ?? 0)).toMatchObject({ status: 'ordered', position: null });
  });
});

it.each<[string, number]>([
  ['get-commissions-user?page=9007199254740991&page_size=100', 404],
  ['get-commissions-user?page=99999999999999999999', 404],
  ['get-commissions-user?page=-1', 404],
  ['get-commissions-user?side=__proto__', 400],
  ['get-commissions-user?side=buyer&side=creator', 400],
  ['get-commissions?page=101&page_size=100', 404],
  ['get-commissions?page=last%00', 404],
  ['commission-creator?archived=perhaps', 400],
  ['commission-creator?page=1000000000000', 404],
])('a list that is asked for as %s is answered %d', async (path, status) => {
  expect((await creator.call('GET', `/commissions/api/${path}`)).statusCode).toBe(status);
});
