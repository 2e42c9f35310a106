import { OrderClosingService } from '../../src/commission/order/order-closing.service';
import { OrderJob } from '../../src/commission/order/order.job';
import { OrderTransitions } from '../../src/commission/order/order.transitions';
import { ACCEPTING_MS } from '../../src/commission/order/commission-order.rules';
import { GatewayError } from '../../src/payment/gateway/gateway-error';
import { PaymentGateway } from '../../src/payment/gateway/payment-gateway';
import { RefundService } from '../../src/payment/refund/refund.service';
import { type LoggedIn, loggedIn } from '../factories/administrator';
import { anOffer, placed } from '../factories/commission';
import { aCreator } from '../factories/tier';
import { CommissionKit, ordersUrl, seen, step, taken } from './commission.kit';
import { expectTrueBooks } from './money-books.kit';
import { type MoneyApp, startMoneyApp } from './money.kit';

const BEING_ACCEPTED = { detail: 'This commission is being accepted.' };

let money: MoneyApp;
let kit: CommissionKit;
let creator: LoggedIn;
let buyer: LoggedIn;

beforeAll(async () => {
  money = await startMoneyApp({ RATE_LIMITS: 'off' });
  kit = new CommissionKit(money);
});

beforeEach(async () => {
  [creator, buyer] = [await aCreator(money), await loggedIn(money)];
});

afterEach(async () => {
  jest.restoreAllMocks();
  await money.settled();
  await expectTrueBooks(money, money.simulator.control.truth());
});

/** While the gateway is asked to capture, this happens. */
function meanwhile(happens: () => Promise<unknown>, when: 'before' | 'after' = 'before'): void {
  const gateway = money.get(PaymentGateway);
  const capture = gateway.capture.bind(gateway);
  jest.spyOn(gateway, 'capture').mockImplementationOnce(async (...args) => {
    if (when === 'before') await happens();
    const captured = await capture(...args);
    if (when === 'after') await happens();
    return captured;
  });
}

describe('while the money is being taken', () => {
  it('nobody takes the order elsewhere, and webhooks that are faster say the same', async () => {
    const order = await kit.held(await anOffer(creator), buyer);
    const answers: unknown[] = [];
    meanwhile(async () => {
      await money.settled();
      for (const [who, name] of [
        [creator, 'decline'],
        [buyer, 'cancel'],
        [creator, 'accept'],
      ] as const) {
        const answer = await step(who, order.id, name);
        answers.push([answer.statusCode, answer.json()]);
      }
    });
    expect((await step(creator, order.id, 'accept')).statusCode).toBe(200);
    expect(answers).toEqual([1, 2, 3].map(() => [409, BEING_ACCEPTED]));
    const second = await kit.held(await anOffer(creator), buyer);
    meanwhile(() => money.settled(), 'after');
    expect(await taken(creator, second.id, 'accept')).toMatchObject({ status: 'accepted' });
    expect(await kit.balance(creator)).toBe(2 * 34_800);
  });

  it.each<[string, (order: { id: number }) => Promise<unknown>]>([
    ['declines', ({ id }) => taken(creator, id, 'decline')],
    ['cancels', ({ id }) => taken(buyer, id, 'cancel')],
  ])('and the gateway takes ages, whoever %s has it back', async (_, end) => {
    const order = await kit.held(await anOffer(creator), buyer);
    meanwhile(async () => {
      money.clock.advance(ACCEPTING_MS);
      await end(order);
    });
    expect((await step(creator, order.id, 'accept')).statusCode).toBeLessThan(500);
    await money.settled();
    expect(await seen(buyer, order.id)).toMatchObject({
      status: expect.stringMatching(/declined|cancelled/),
      payment: 'refunded',
    });
    expect(kit.truth(order)).toMatchObject([{ captured: true, amount_refunded: 34_800 }]);
    expect(await kit.balance(creator)).toBe(0);
  });

  it('and the time for it ends, it is taken or goes back', async () => {
    const order = await kit.held(await anOffer(creator), buyer);
    await kit.passHours(69.9);
    meanwhile(() => kit.passHours(0.2));
    await step(creator, order.id, 'accept');
    await money.settled();
    const { status, payment } = await seen(buyer, order.id);
    expect([
      ['accepted', 'captured'],
      ['expired', 'refunded'],
    ]).toContainEqual([status, payment]);
    expect(await kit.balance(creator)).toBe(status === 'accepted' ? 34_800 : 0);
  });
});

describe('a refund that the gateway', () => {
  it.each<[string, boolean]>([
    ['does not hear of', false],
    ['makes, and does not answer', true],
  ])('%s is made once', async (_, isMade) => {
    const order = await kit.held(await anOffer(creator), buyer);
    await taken(creator, order.id, 'accept');
    const gateway = money.get(PaymentGateway);
    const refund = gateway.refund.bind(gateway);
    jest.spyOn(gateway, 'refund').mockImplementationOnce(async (...args) => {
      if (isMade) await refund(...args);
      throw new GatewayError('unknown', 'No answer');
    });
    expect(await taken(creator, order.id, 'refund')).toMatchObject({ status: 'refunded' });
    expect((await step(creator, order.id, 'refund')).statusCode).toBe(409);
    money.clock.advance(3_600_000);
    await money.get(RefundService).carryOutAll(money.clock.now(), 100);
    await kit.passHours(25);
    expect(await seen(buyer, order.id)).toMatchObject({ status: 'refunded', payment: 'refunded' });
    expect(
      money.simulator.control.truth().refunds.filter(({ payment_id: id }) => id === kit.truth(order)[0]?.id),
    ).toHaveLength(1);
  });
});

it('two instances do what is due once', async () => {
  const other = await money.another();
  const offer = await anOffer(creator, { slots: 4 });
  const orders = [await kit.held(offer, buyer), await kit.held(offer, buyer), await placed(buyer, offer)];
  const [first, second, unpaid] = orders as [(typeof orders)[0], (typeof orders)[0], (typeof orders)[0]];
  jest.spyOn(money.get(PaymentGateway), 'capture').mockRejectedValueOnce(new GatewayError('unavailable', 'Away'));
  expect((await step(creator, first.id, 'accept')).statusCode).toBe(503);
  money.clock.advance(3_600_000);
  await Promise.all([money, other].flatMap((app) => [app.get(OrderJob).run(), app.get(OrderJob).run()]));
  await money.settled();
  const ends = await Promise.all([first, second, unpaid].map(({ id }) => seen(buyer, id)));
  expect(ends).toMatchObject([
    { status: 'accepted', payment: 'captured', history: [{}, { status: 'accepted', by: 'creator' }] },
    { status: 'ordered', payment: 'authorized' },
    { status: 'expired', payment: 'unpaid', history: [{}, { status: 'expired', by: 'house' }] },
  ]);
  expect(await kit.balance(creator)).toBe(34_800);
});

it('page and webhook say the same in every order, and again', async () => {
  const offer = await anOffer(creator, { slots: null });
  const waysToTell = [
    ['save', 'settle'],
    ['settle', 'save'],
    ['save', 'save', 'settle', 'save', 'accept', 'save', 'settle'],
    ['settle', 'accept', 'save', 'settle', 'save'],
    ['decline', 'save', 'settle'],
  ];
  for (const ways of waysToTell) {
    const order = await placed(buyer, offer);
    const proof = kit.authorized(order);
    for (const way of ways) {
      if (way === 'save') await taken(buyer, order.id, 'save', proof);
      if (way === 'settle') await money.settled();
      if (way === 'accept') await taken(creator, order.id, 'accept');
      if (way === 'decline') await taken(creator, order.id, 'decline');
    }
    const isDeclined = ways.includes('decline');
    const isAccepted = ways.includes('accept');
    expect([ways, await seen(buyer, order.id)]).toMatchObject([
      ways,
      {
        status: isDeclined ? 'declined' : isAccepted ? 'accepted' : 'ordered',
        payment: isDeclined ? 'released' : isAccepted ? 'captured' : 'authorized',
      },
    ]);
  }
});

it('contact details end with the account of either, and are in no list of the other', async () => {
  const secret = 'wallabyquay 9';
  const offer = await anOffer(creator, { slots: null });
  const leaver = await loggedIn(money);
  const order = await placed(leaver, offer, { contactDetails: secret });
  await taken(leaver, order.id, 'save', kit.authorized(order));
  await taken(creator, order.id, 'accept');
  await taken(creator, order.id, 'deliver');
  const kept = await placed(buyer, offer, { contactDetails: secret });
  await kit.closed(leaver);
  expect(await seen(creator, order.id)).toMatchObject({ status: 'closed', buyer: null, contactDetails: '' });
  expect(await seen(creator, kept.id)).toMatchObject({ contactDetails: secret });
  await kit.closed(creator);
  expect(await seen(buyer, kept.id)).toMatchObject({ status: 'declined', contactDetails: '' });
  expect((await buyer.call('GET', ordersUrl(order.id))).statusCode).toBe(404);
});

it('an account’s order that can’t be ended keeps no other one open, and is tried again', async () => {
  const offer = await anOffer(creator);
  const [first, second] = [await kit.held(offer, buyer), await kit.held(offer, buyer)];
  for (const { id } of [first, second]) await taken(creator, id, 'accept');
  const transitions = money.get(OrderTransitions);
  const change = transitions.change.bind(transitions);
  let faults = 0;
  jest.spyOn(transitions, 'change').mockImplementation((id, decide) => {
    if (id !== first.id || faults === 2) return change(id, decide);
    faults += 1;
    return Promise.reject(new TypeError('It is broken'));
  });
  const closing = money.get(OrderClosingService);
  await expect(closing.endAllOf(creator.id)).rejects.toThrow('not ended: 1');
  expect(await seen(buyer, first.id)).toMatchObject({ status: 'accepted' });
  expect(await seen(buyer, second.id)).toMatchObject({ status: 'refunded', contactDetails: 'post box 7' });
  await expect(closing.endAllOf(creator.id)).rejects.toThrow('not ended: 1');
  await closing.endAllOf(creator.id);
  expect(await seen(buyer, first.id)).toMatchObject({ status: 'refunded', contactDetails: '' });
});
