import { setTimeout } from 'node:timers/promises';
import { OrderJob } from '../../src/commission/order/order.job';
import { GatewayError } from '../../src/payment/gateway/gateway-error';
import { PaymentGateway } from '../../src/payment/gateway/payment-gateway';
import { PaymentRepository } from '../../src/payment/payment/payment.repository';
import { RefundService } from '../../src/payment/refund/refund.service';
import { type LoggedIn, loggedIn } from '../factories/administrator';
import { anOffer, type AnsweredPlacing, placed, wishFor } from '../factories/commission';
import { aCreator } from '../factories/tier';
import { CommissionKit, seen, step, taken } from './commission.kit';
import { expectTrueBooks } from './money-books.kit';
import { type MoneyApp, startMoneyApp } from './money.kit';

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
  money.simulator.setChaos({});
  money.simulator.control.setRefunds('instant');
  jest.restoreAllMocks();
  await money.settled();
  await expectTrueBooks(money, money.simulator.control.truth());
});

describe('of a checkout that an order has left behind', () => {
  it('nothing is kept, though somebody took it in the gateway’s dashboard', async () => {
    const offer = await anOffer(creator);
    const former = await placed(buyer, offer);
    const order = await placed(buyer, offer, { currency: 'USD' });
    expect(order.id).toBe(former.id);
    kit.authorized(former);
    await money.settled();
    await kit.captureInDashboard(former);
    await money.settled();
    expect(await seen(buyer, order.id)).toMatchObject({ status: 'ordered', payment: 'unpaid' });
    expect(kit.truth(former)).toMatchObject([{ captured: true, status: 'refunded' }]);
    expect(await kit.balance(creator)).toBe(0);
    await taken(buyer, order.id, 'save', kit.authorized(order));
    await taken(creator, order.id, 'accept');
    expect(kit.truth(order)).toMatchObject([{ status: 'captured' }]);
  });
});

describe('what an administrator began to pay back, while the gateway was away,', () => {
  it('does not keep its creator from paying back, nor from leaving', async () => {
    const offer = await anOffer(creator);
    const orders = [await kit.held(offer, buyer), await kit.held(offer, buyer)] as const;
    for (const order of orders) {
      await taken(creator, order.id, 'accept');
      const payment = await money.get(PaymentRepository).byGatewayId(kit.truth(order)[0]?.id ?? '');
      await money.get(RefundService).request(payment?.id ?? 0, { reason: 'Asked for', key: `admin-${order.id}` });
    }
    expect(await taken(creator, orders[0].id, 'refund', { reason: 'Lost' })).toMatchObject({ status: 'refunded' });
    await kit.closed(creator);
    expect(await seen(buyer, orders[1].id)).toMatchObject({ status: 'refunded', contactDetails: '' });
    money.clock.advance(3_600_000);
    await money.get(RefundService).carryOutAll(money.clock.now(), 10);
    await money.settled();
    for (const order of orders) {
      expect(await seen(buyer, order.id)).toMatchObject({ payment: 'refunded' });
      expect(kit.truth(order)).toMatchObject([{ amount_refunded: 34_800 }]);
    }
  });
});

it('what was paid back in part is paid back whole', async () => {
  const order = await kit.held(await anOffer(creator), buyer);
  await taken(creator, order.id, 'accept');
  money.simulator.control.refund(kit.truth(order)[0]?.id ?? '', { amount: 10_000 });
  await money.settled();
  expect(await seen(buyer, order.id)).toMatchObject({ status: 'accepted', payment: 'captured' });
  await taken(creator, order.id, 'refund');
  await money.settled();
  expect(await seen(buyer, order.id)).toMatchObject({ status: 'refunded', payment: 'refunded' });
  expect(kit.truth(order)).toMatchObject([{ amount_refunded: 34_800 }]);
});

it('a refund that fails at the bank is made again', async () => {
  const order = await kit.held(await anOffer(creator), buyer);
  await taken(creator, order.id, 'accept');
  money.simulator.control.setRefunds('failing');
  await taken(creator, order.id, 'refund');
  await kit.passHours(2);
  money.simulator.control.setRefunds('instant');
  await kit.passHours(24);
  expect(await seen(buyer, order.id)).toMatchObject({ status: 'refunded', payment: 'refunded' });
  expect(kit.truth(order)).toMatchObject([{ amount_refunded: 34_800 }]);
});

describe('a creator who has left', () => {
  it('before it is paid: what is paid after all is never taken', async () => {
    const order = await placed(buyer, await anOffer(creator));
    await kit.closed(creator);
    kit.authorized(order);
    await money.settled();
    expect(await seen(buyer, order.id)).toMatchObject({ status: 'declined', payment: 'released' });
    await kit.passHours(73);
    expect(kit.truth(order)).toMatchObject([{ status: 'refunded', captured: false }]);
    expect(await seen(buyer, order.id)).toMatchObject({ status: 'declined', payment: 'released' });
  });

  it('before it is paid: what is taken in the dashboard goes back', async () => {
    const order = await placed(buyer, await anOffer(creator));
    await kit.closed(creator);
    kit.authorized(order);
    await money.settled();
    await kit.captureInDashboard(order);
    await money.settled();
    expect(await seen(buyer, order.id)).toMatchObject({ status: 'declined', payment: 'refunded' });
    expect(kit.truth(order)).toMatchObject([{ status: 'refunded', captured: true, amount_refunded: 34_800 }]);
  });

  it('before a guest has paid: it goes back', async () => {
    const offer = await anOffer(creator);
    const [held, captured] = [await kit.opened(offer, 'g1@example.org'), await kit.opened(offer, 'g2@example.org')];
    await kit.closed(creator);
    for (const checkout of [held, captured]) kit.authorized(checkout);
    await money.settled();
    await kit.captureInDashboard(captured);
    await money.settled();
    await kit.passHours(73);
    expect([...kit.truth(held), ...kit.truth(captured)]).toMatchObject([
      { status: 'refunded', captured: false },
      { status: 'refunded', captured: true },
    ]);
  });

  it('in the moment of the yes', async () => {
    const order = await kit.held(await anOffer(creator), buyer);
    const gateway = money.get(PaymentGateway);
    const capture = gateway.capture.bind(gateway);
    jest.spyOn(gateway, 'capture').mockImplementationOnce(async (...args) => {
      await kit.closed(creator);
      return capture(...args);
    });
    await step(creator, order.id, 'accept');
    await money.settled();
    expect(await seen(buyer, order.id)).toMatchObject({ status: 'declined', payment: 'refunded' });
    expect(kit.truth(order)).toMatchObject([{ amount_refunded: 34_800 }]);
  });
});

describe('one order that can’t be attended to', () => {
  it('does not keep the others waiting', async () => {
    const offer = await anOffer(creator);
    const [first, second] = [await kit.held(offer, buyer), await kit.held(offer, buyer)];
    const job = money.get(OrderJob) as unknown as { attend(order: { id: number }): Promise<void> };
    const attend = job.attend.bind(job);
    jest.spyOn(job, 'attend').mockImplementation((order) => {
      if (order.id === first.id) throw new TypeError('It is broken');
      return attend(order);
    });
    await kit.passHours(71);
    expect(await seen(buyer, second.id)).toMatchObject({ status: 'expired' });
  });
});

describe('a capture whose answer is lost, and of which no webhook tells,', () => {
  it('goes back where the buyer has cancelled meanwhile', async () => {
    const order = await kit.held(await anOffer(creator), buyer);
    money.simulator.setChaos({ webhooks: { drop: 1 } });
    const gateway = money.get(PaymentGateway);
    const capture = gateway.capture.bind(gateway);
    jest.spyOn(gateway, 'capture').mockImplementationOnce(async (...args) => {
      await capture(...args);
      throw new GatewayError('unknown', 'No answer');
    });
    expect((await step(creator, order.id, 'accept')).statusCode).toBe(503);
    await taken(buyer, order.id, 'cancel');
    await kit.passHours(1);
    await kit.reconciled();
    expect(await seen(buyer, order.id)).toMatchObject({ status: 'cancelled', payment: 'refunded' });
    expect(kit.truth(order)).toMatchObject([{ amount_refunded: 34_800 }]);
  });
});

describe('asked again', () => {
  it('it is what the offer says now: its price with its terms', async () => {
    const offer = await anOffer(creator);
    const order = await placed(buyer, offer);
    const url = `/commissions/api/commission-creator/${offer.id}/`;
    const prices = [{ currency: 'INR', amount: 50_000 }];
    expect((await creator.call('PATCH', url, { prices, terms: 'Four weeks.', title: 'Oil' })).statusCode).toBe(200);
    await placed(buyer, offer);
    expect(await seen(buyer, order.id)).toMatchObject({ amount: 50_000, terms: 'Four weeks.', title: 'Oil' });
  });

  it('the amount is never the client’s', async () => {
    const offer = await anOffer(creator);
    const posted = { amount: 100, price: 100, prices: [{ currency: 'INR', amount: 100 }], status: 'accepted' };
    const order = await placed(buyer, offer, posted);
    expect(await seen(buyer, order.id)).toMatchObject({ amount: 34_800, status: 'ordered' });
    const cheap = money.simulator.pay({ order_id: order.SubscriptionID, amount: 100 });
    if ('error' in cheap) return;
    await step(buyer, order.id, 'save', cheap.callback);
    await money.settled();
    expect(await seen(buyer, order.id)).toMatchObject({ payment: 'unpaid' });
    expect((await step(creator, order.id, 'accept')).statusCode).toBe(409);
  });
});

it('two payments of one order: one is taken, and the other goes back', async () => {
  const order = await placed(buyer, await anOffer(creator));
  const [first, second] = [kit.authorized(order), kit.authorized(order)];
  await money.settled();
  await Promise.all([step(buyer, order.id, 'save', second), step(buyer, order.id, 'save', first)]);
  await taken(creator, order.id, 'accept');
  await kit.passHours(73);
  expect(
    kit
      .truth(order)
      .map(({ captured, status }) => `${status} ${captured}`)
      .sort(),
  ).toEqual(['captured true', 'refunded false']);
  expect(await kit.balance(creator)).toBe(34_800);
});

describe('accept against cancel against the end of the hold', () => {
  it.each([69.95, 70, 71.99])('after %d hours', async (hours) => {
    const order = await kit.held(await anOffer(creator), buyer);
    money.clock.advance(hours * 3_600_000);
    await money.simulator.control.moveTo(Math.floor(money.clock.now().getTime() / 1000), { deliver: false });
    const answers = await Promise.all([
      step(creator, order.id, 'accept'),
      step(buyer, order.id, 'cancel'),
      money.get(OrderJob).run(),
      step(creator, order.id, 'accept'),
      step(creator, order.id, 'decline'),
      money.get(OrderJob).run(),
    ]);
    const statuses = answers.flatMap((answer) => (answer ? [answer.statusCode] : []));
    expect(statuses.filter((status) => status >= 500)).toEqual([]);
    await kit.passHours(4);
    const { status, payment } = await seen(buyer, order.id);
    const isTaken = status === 'accepted';
    expect([status, payment]).toEqual(
      isTaken ? ['accepted', 'captured'] : [status, expect.stringMatching(/released|refunded/)],
    );
    expect(await kit.balance(creator)).toBe(isTaken ? 34_800 : 0);
    expect(kit.truth(order)).toMatchObject([{ status: isTaken ? 'captured' : 'refunded' }]);
  });
});

it('chaos ends with true books', async () => {
  const offer = await anOffer(creator, { slots: 3 });
  const people = await Promise.all(Array.from({ length: 6 }, () => loggedIn(money)));
  money.simulator.setChaos({ seed: 5, webhooks: { duplicate: 0.3, reorder: 0.3, drop: 0.2 }, api: { errors: 0.15 } });
  const orders: [LoggedIn, number][] = [];
  for (const person of people) {
    const answer = await person.call('POST', '/commissions/api/commission-user', wishFor(offer));
    expect([200, 503, 400]).toContain(answer.statusCode);
    if (answer.statusCode !== 200) continue;
    const order = answer.json<AnsweredPlacing>();
    orders.push([person, order.id]);
    if (order.SubscriptionID === null) continue;
    const proof = kit.authorized(order);
    expect([200, 503]).toContain((await step(person, order.id, 'save', proof)).statusCode);
  }
  for (const name of ['accept', 'decline', 'accept', 'cancel', 'refund', 'pay', 'deliver', 'cancel']) {
    // Who is declined is every third one alone: the others get somewhere.
    const chosen = orders.filter((_, i) => name !== 'decline' || i % 3 === 0);
    const isBuyers = name === 'cancel' || name === 'pay';
    await Promise.all(chosen.map(([person, id]) => step(isBuyers ? person : creator, id, name)));
    await kit.passHours(9);
  }
  money.simulator.setChaos({});
  await kit.passHours(80);
  // The breaker lets calls through again after a while.
  for (const [person, id] of orders) {
    while ((await seen(person, id))['payment'] === 'authorized') {
      await setTimeout(200);
      await kit.passHours(0.1);
    }
  }
  // What no webhook told of is found.
  await kit.reconciled();
}, 120_000);
