import { AccountService } from '../../src/auth/account/account.service';
import { OrderJob } from '../../src/commission/order/order.job';
import { OrderStepService } from '../../src/commission/order/order-step.service';
import { Database, statement } from '../../src/infra/database/database';
import { UnitOfWork } from '../../src/infra/database/unit-of-work';
import type { Fact } from '../../src/infra/outbox/fact';
import { OutboxService } from '../../src/infra/outbox/outbox.service';
import { GatewayError } from '../../src/payment/gateway/gateway-error';
import { PaymentGateway } from '../../src/payment/gateway/payment-gateway';
import { LedgerService } from '../../src/payment/ledger/ledger.service';
import { administrator, type LoggedIn, loggedIn } from '../factories/administrator';
import { anOffer, type AnsweredOffer, type AnsweredPlacing, placed, wishFor } from '../factories/commission';
import { callRazorpay, RAZORPAY_VECTORS } from '../factories/razorpay-webhook';
import { newPerson } from '../factories/person';
import { aCreator } from '../factories/tier';
import {
  type Body,
  CommissionKit,
  ordersUrl,
  seen,
  step,
  taken,
  toldOf as toldOfOrder,
  type TruePayment,
} from './commission.kit';
import { picture, uploaded } from './media.kit';
import { type MoneyApp, startMoneyApp } from './money.kit';

const HOUR_MS = 3_600_000;

type Checkout = Pick<AnsweredPlacing, 'SubscriptionID'>;

let money: MoneyApp;
let kit: CommissionKit;
let creator: LoggedIn;
let buyer: LoggedIn;

beforeAll(async () => {
  money = await startMoneyApp({ RATE_LIMITS: 'off' });
  kit = new CommissionKit(money);
  buyer = await loggedIn(money);
});

const told: Fact[] = [];

beforeEach(async () => {
  creator = await aCreator(money);
  told.length = 0;
  const outbox = money.get(OutboxService);
  const publish = outbox.publish.bind(outbox);
  const unitOfWork = money.get(UnitOfWork);
  jest.spyOn(outbox, 'publish').mockImplementation((fact) => {
    unitOfWork.afterCommit(() => told.push(fact));
    return publish(fact);
  });
});

afterEach(() => {
  money.simulator.setChaos({});
  jest.restoreAllMocks();
});

/** How the money stood, as was told with it. */
function standingsOf({ id }: { readonly id: number }): unknown[] {
  const ours = told.filter(({ topic, payload }) => topic.startsWith('commission-') && payload['order_id'] === id);
  return ours.map(({ payload }) => payload['payment']);
}

const toldOf = (order: { readonly id: number }): string[] => toldOfOrder(told, order);
const authorized = (order: Checkout, more?: object): Record<string, string> => kit.authorized(order, more);
const held = async (offer?: AnsweredOffer, who = buyer): Promise<AnsweredPlacing> =>
  kit.held(offer ?? (await anOffer(creator)), who);
const balance = (): Promise<number> => kit.balance(creator);
const truth = (order: Checkout): TruePayment[] => kit.truth(order);
const passHours = (hours: number): Promise<void> => kit.passHours(hours);

async function openSlots(offer: AnsweredOffer): Promise<number | null> {
  const answer = await money.inject({ method: 'GET', url: `/commissions/api/commission-creator/${offer.id}/` });
  return answer.json<AnsweredOffer>().open_slots;
}

describe('a commission', () => {
  it('is ordered, held, accepted, delivered, revised, delivered and closed', async () => {
    const offer = await anOffer(creator);
    const order = await placed(buyer, offer);
    expect(order).toEqual({
      id: expect.any(Number),
      SubscriptionID: expect.stringMatching(/^order_/),
      public_key: money.simulator.keyId,
      status: 'ordered',
      position: null,
    });
    expect(await openSlots(offer)).toBe(2);
    expect(await seen(creator, order.id)).toMatchObject({ status: 'ordered', payment: 'unpaid' });
    expect((await step(creator, order.id, 'accept')).statusCode).toBe(409);

    expect(await taken(buyer, order.id, 'save', authorized(order))).toMatchObject({
      status: 'ordered',
      payment: 'authorized',
      amount: 34_800,
      currency: 'INR',
      mode_of_delivery: 'By mail',
      terms: 'Two weeks.',
    });
    expect(await balance()).toBe(0);

    expect(await taken(creator, order.id, 'accept')).toMatchObject({ status: 'accepted', payment: 'captured' });
    expect(truth(order)).toMatchObject([{ status: 'captured', captured: true }]);
    expect(await balance()).toBe(34_800);

    const file = await uploaded(creator, { content: await picture(2, 2) });
    expect(await taken(creator, order.id, 'deliver', { message: 'Here it is', media: [file.id] })).toMatchObject({
      status: 'delivered',
    });
    expect(await taken(buyer, order.id, 'revise', { message: 'The ears' })).toMatchObject({
      status: 'in_revision',
      revisions: 1,
    });
    await taken(creator, order.id, 'deliver', { message: 'Shorter ears' });
    const closed = await taken(buyer, order.id, 'close');
    expect(closed).toMatchObject({ status: 'closed', payment: 'captured', due_at: null });
    expect(closed['history']).toMatchObject([
      { status: 'ordered', by: 'buyer' },
      { status: 'accepted', by: 'creator' },
      { status: 'delivered', by: 'creator', message: 'Here it is', media: [{ id: file.id }] },
      { status: 'in_revision', by: 'buyer', message: 'The ears', media: [] },
      { status: 'delivered', by: 'creator', message: 'Shorter ears' },
      { status: 'closed', by: 'buyer' },
    ]);
    expect(await openSlots(offer)).toBe(3);
    await money.settled();
    expect(await balance()).toBe(34_800);
    expect(await seen(buyer, order.id)).toEqual(await seen(creator, order.id));
    expect(toldOf(order)).toEqual(['ordered', 'accepted', 'delivered', 'revision-asked', 'delivered', 'closed']);
  });

  it('is told by the webhook where the page says nothing, and once where both do', async () => {
    const offer = await anOffer(creator);
    const silent = await placed(buyer, offer);
    authorized(silent);
    await money.settled();
    expect(await seen(creator, silent.id)).toMatchObject({ status: 'ordered', payment: 'authorized' });
    const loud = await placed(buyer, offer);
    const proof = authorized(loud);
    const answers = await Promise.all([1, 2, 3, 4].map(() => step(buyer, loud.id, 'save', proof)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200]);
    await money.settled();
    expect([toldOf(silent), toldOf(loud)]).toEqual([['ordered'], ['ordered']]);
    const forged = await step(buyer, loud.id, 'save', { ...proof, razorpay_signature: 'a'.repeat(64) });
    expect(forged.statusCode).toBe(400);
  });

  it('works with the payload of memboro’s README', async () => {
    const order = await placed(buyer, await anOffer(creator));
    const vector = RAZORPAY_VECTORS.find(({ description }) => description === 'commission');
    const id = 'order_Test000000003';
    await money.get(Database).execute(RENAME, [order.SubscriptionID, id]);
    const answer = await callRazorpay(money, vector?.body, {
      path: '/razorpay/webhooks/save_onetime_order/',
      secret: money.simulator.webhookSecret,
    });
    expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'ok' }]);
    await money.settled();
    // Whom its notes name, and what they say of the work, counts for nothing.
    expect(await seen(creator, order.id)).toMatchObject({
      status: 'ordered',
      payment: 'authorized',
      description: 'A drawing of my cat',
      contactDetails: 'post box 7',
    });
  });
});

const RENAME = statement('test.rename-order', 'update payment_order set gateway_id = $2 where gateway_id = $1');

describe('nothing is taken of', () => {
  it.each([
    ['decline', 'declined', { reason: 'I am ill' }],
    ['cancel', 'cancelled', {}],
  ])('what is to %s', async (name, status, body) => {
    const offer = await anOffer(creator, { slots: 1 });
    const order = await held(offer);
    expect(await openSlots(offer)).toBe(0);
    const who = name === 'decline' ? creator : buyer;
    expect(await taken(who, order.id, name, body)).toMatchObject({ status, payment: 'released', due_at: null });
    expect(await openSlots(offer)).toBe(1);
    expect(truth(order)).toMatchObject([{ status: 'authorized', captured: false }]);
    await passHours(73);
    // Razorpay has given it back by itself.
    expect(truth(order)).toMatchObject([{ status: 'refunded', captured: false }]);
    expect(await seen(buyer, order.id)).toMatchObject({ status, payment: 'released' });
    expect([await balance(), toldOf(order)]).toEqual([0, ['ordered', status]]);
    expect(standingsOf(order)).toEqual(['authorized', 'released']);
  });

  it('what its creator does not answer, who is warned before', async () => {
    const offer = await anOffer(creator);
    const order = await held(offer);
    await passHours(47);
    expect(toldOf(order)).toEqual(['ordered']);
    await passHours(2);
    await passHours(1);
    expect(toldOf(order)).toEqual(['ordered', 'expiring']);
    expect(await seen(creator, order.id)).toMatchObject({ status: 'ordered', payment: 'authorized' });
    await passHours(20.5);
    expect(await seen(creator, order.id)).toMatchObject({ status: 'expired', payment: 'released' });
    expect(truth(order)).toMatchObject([{ status: 'authorized', captured: false }]);
    await passHours(4);
    expect(truth(order)).toMatchObject([{ status: 'refunded', captured: false }]);
    expect([await balance(), await openSlots(offer)]).toEqual([0, 3]);
    expect(toldOf(order)).toEqual(['ordered', 'expiring', 'expired']);
    expect((await step(creator, order.id, 'accept')).statusCode).toBe(409);
  });

  it('what the bank gives back before we look', async () => {
    const order = await held();
    money.clock.advance(73 * HOUR_MS);
    await money.simulator.control.moveTo(Math.floor(money.clock.now().getTime() / 1000));
    await money.settled();
    expect(await seen(creator, order.id)).toMatchObject({ status: 'expired', payment: 'released' });
    expect((await step(creator, order.id, 'accept')).statusCode).toBe(409);
  });

  it('what nobody pays: the slot is free after half an hour, and a payment that comes late goes back', async () => {
    const offer = await anOffer(creator, { slots: 1 });
    const order = await placed(buyer, offer);
    await passHours(0.4);
    expect(await openSlots(offer)).toBe(0);
    await passHours(0.2);
    expect(await seen(buyer, order.id)).toMatchObject({ status: 'expired', payment: 'unpaid' });
    expect(await openSlots(offer)).toBe(1);
    authorized(order);
    await money.settled();
    expect(await seen(buyer, order.id)).toMatchObject({ status: 'expired', payment: 'released' });
    expect((await step(buyer, order.id, 'pay')).statusCode).toBe(409);
  });
});

it('a payment that nobody told us of is found before its order ends', async () => {
  money.simulator.setChaos({ webhooks: { drop: 1 } });
  const order = await placed(buyer, await anOffer(creator));
  authorized(order);
  await money.settled();
  expect(await seen(buyer, order.id)).toMatchObject({ payment: 'unpaid' });
  await passHours(0.6);
  expect(await seen(buyer, order.id)).toMatchObject({ status: 'ordered', payment: 'authorized' });
});

it('nobody who has paid is led to pay again, though we were not told', async () => {
  money.simulator.setChaos({ webhooks: { drop: 1 } });
  const order = await placed(buyer, await anOffer(creator));
  expect(await taken(buyer, order.id, 'pay')).toEqual(order);
  authorized(order);
  const again = await step(buyer, order.id, 'pay');
  expect([again.statusCode, again.json()]).toEqual([409, { detail: 'There is nothing to be paid now.' }]);
  expect(await seen(buyer, order.id)).toMatchObject({ payment: 'authorized' });
});

describe('money that was taken', () => {
  it('goes back when its creator says so, once', async () => {
    const offer = await anOffer(creator);
    const order = await held(offer);
    await taken(creator, order.id, 'accept');
    await taken(creator, order.id, 'deliver', { message: 'Here' });
    const answers = await Promise.all([1, 2, 3].map(() => step(creator, order.id, 'refund', { reason: 'Lost' })));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409]);
    await money.settled();
    expect(await seen(buyer, order.id)).toMatchObject({ status: 'refunded', payment: 'refunded' });
    expect(truth(order)).toMatchObject([{ status: 'refunded', captured: true, amount_refunded: 34_800 }]);
    expect([await balance(), await openSlots(offer)]).toEqual([0, 3]);
    expect(toldOf(order)).toEqual(['ordered', 'accepted', 'delivered', 'refunded']);
  });

  it('in the gateway’s dashboard before anybody answered goes back with a no', async () => {
    const order = await held();
    await kit.captureInDashboard(order);
    await money.settled();
    expect(await seen(creator, order.id)).toMatchObject({ status: 'ordered', payment: 'captured' });
    await taken(creator, order.id, 'decline');
    await money.settled();
    expect(await seen(buyer, order.id)).toMatchObject({ status: 'declined', payment: 'refunded' });
    expect(await balance()).toBe(0);
  });

  it('that is paid back in the dashboard ends the order', async () => {
    const order = await held();
    await taken(creator, order.id, 'accept');
    money.simulator.control.refund(truth(order)[0]?.id ?? '');
    await money.settled();
    expect(await seen(creator, order.id)).toMatchObject({ status: 'refunded', payment: 'refunded' });
    expect(await balance()).toBe(0);
  });
});

describe('while the gateway is away', () => {
  it('a yes is 503, and is carried out when it is back', async () => {
    const order = await held();
    money.simulator.setChaos({ api: { errors: 1 } });
    const answer = await step(creator, order.id, 'accept');
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, expect.any(String)]);
    expect(await seen(creator, order.id)).toMatchObject({ status: 'ordered', payment: 'authorized' });
    await money.get(OrderJob).run();
    expect(await seen(creator, order.id)).toMatchObject({ status: 'ordered' });
    money.simulator.setChaos({});
    // The breaker lets calls through again after a while.
    await waitFor(async () => {
      await money.get(OrderJob).run();
      return (await seen(creator, order.id))['status'] === 'accepted';
    });
    await money.settled();
    expect([await balance(), toldOf(order)]).toEqual([34_800, ['ordered', 'accepted']]);
    expect(truth(order)).toMatchObject([{ status: 'captured' }]);
  }, 90_000);
});

describe('a yes that', () => {
  it('ends with the process is carried out by whoever comes after', async () => {
    const order = await held();
    const crash = jest.spyOn(money.get(OrderStepService), 'capture').mockRejectedValueOnce(new Error('Crash'));
    expect((await step(creator, order.id, 'accept')).statusCode).toBe(500);
    crash.mockRestore();
    expect(await seen(creator, order.id)).toMatchObject({ status: 'ordered', payment: 'authorized' });
    // It may still be under way elsewhere.
    for (const [who, name] of [
      [creator, 'accept'],
      [creator, 'decline'],
      [buyer, 'cancel'],
    ] as const) {
      expect([name, (await step(who, order.id, name)).json()]).toEqual([name, { detail: BEING_ACCEPTED }]);
    }
    await passHours(0.1);
    expect(await seen(creator, order.id)).toMatchObject({ status: 'accepted', payment: 'captured' });
    expect(await balance()).toBe(34_800);
  });

  it('takes the money, and loses the answer, is found', async () => {
    const order = await held();
    const gateway = money.get(PaymentGateway);
    const capture = gateway.capture.bind(gateway);
    const calls = jest.spyOn(gateway, 'capture').mockImplementationOnce(async (...args) => {
      await capture(...args);
      throw new GatewayError('unknown', 'No answer');
    });
    expect((await step(creator, order.id, 'accept')).statusCode).toBe(503);
    await money.settled();
    await money.get(OrderJob).run();
    expect(await seen(creator, order.id)).toMatchObject({ status: 'accepted', payment: 'captured' });
    expect([calls.mock.calls.length, await balance()]).toEqual([1, 34_800]);
  });

  it('the gateway refuses is one no more, and the creator may say no', async () => {
    const order = await held();
    const refused = new GatewayError('refused', 'Not today');
    jest.spyOn(money.get(PaymentGateway), 'capture').mockRejectedValueOnce(refused);
    expect((await step(creator, order.id, 'accept')).statusCode).toBe(422);
    expect(await taken(creator, order.id, 'decline')).toMatchObject({ status: 'declined', payment: 'released' });
  });
});

const BEING_ACCEPTED = 'This commission is being accepted.';

async function waitFor(done: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await done())) {
    if (performance.now() > deadline) throw new Error('It never came to be');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

describe('slots', () => {
  it('hold against fifty orders at once, and who is too late waits in a row', async () => {
    const offer = await anOffer(creator, { slots: 5 });
    const people = await Promise.all(Array.from({ length: 50 }, () => loggedIn(money)));
    const orders = await Promise.all(people.map((person) => placed(person, offer)));
    const [ordered, waiting] = [orders.filter(isOrdered), orders.filter((order) => !isOrdered(order))];
    expect(ordered).toHaveLength(5);
    expect(new Set(ordered.map(({ SubscriptionID }) => SubscriptionID)).size).toBe(5);
    expect(waiting.every(({ SubscriptionID, status }) => SubscriptionID === null && status === 'waitlisted')).toBe(
      true,
    );
    expect(new Set(orders.map(({ id }) => id)).size).toBe(50);
    expect(await openSlots(offer)).toBe(0);
    const inRow = [...waiting].sort((a, b) => a.id - b.id);
    const owner = (order: AnsweredPlacing): LoggedIn => people[orders.indexOf(order)] as LoggedIn;
    const positions = await Promise.all(inRow.map(async (order) => (await seen(owner(order), order.id))['position']));
    expect(positions).toEqual(inRow.map((_, index) => index + 1));

    // Five go at once: the first five of the row come in, each once.
    await Promise.all(ordered.map((order) => taken(owner(order), order.id, 'cancel')));
    expect(await openSlots(offer)).toBe(0);
    const after = await Promise.all(inRow.map((order) => seen(owner(order), order.id)));
    expect(after.map(({ status }) => status).filter((status) => status === 'ordered')).toHaveLength(5);
    expect(after.map(({ position }) => position)).toEqual(inRow.map((_, index) => (index < 5 ? null : index - 4)));
  }, 120_000);

  it('that are freed are paid by who waited, within a day', async () => {
    const offer = await anOffer(creator, { slots: 1 });
    const first = await held(offer);
    const [second, third] = [await loggedIn(money), await loggedIn(money)];
    const [waiting, last] = [await placed(second, offer), await placed(third, offer)];
    expect([waiting, last]).toMatchObject([
      { status: 'waitlisted', position: 1, SubscriptionID: null, public_key: null },
      { status: 'waitlisted', position: 2 },
    ]);
    expect((await step(second, waiting.id, 'pay')).statusCode).toBe(409);
    await taken(creator, first.id, 'decline');
    expect(toldOf(waiting)).toEqual(['admitted']);
    const checkout = (await taken(second, waiting.id, 'pay')) as unknown as AnsweredPlacing;
    expect(checkout).toMatchObject({
      status: 'ordered',
      position: null,
      SubscriptionID: expect.stringMatching(/^order_/),
    });
    expect((await seen(third, last.id))['position']).toBe(1);
    await taken(second, waiting.id, 'save', authorized(checkout));
    await taken(creator, waiting.id, 'accept');
    await taken(creator, waiting.id, 'deliver');
    await taken(second, waiting.id, 'close');
    // The last one does not pay in a day.
    expect(await seen(third, last.id)).toMatchObject({ status: 'ordered', payment: 'unpaid' });
    await passHours(25);
    expect(await seen(third, last.id)).toMatchObject({ status: 'expired' });
    expect(await openSlots(offer)).toBe(1);
  });

  it('that are added let people in, and an offer that is archived lets them go', async () => {
    const offer = await anOffer(creator, { slots: 1 });
    await held(offer);
    const people = [await loggedIn(money), await loggedIn(money), await loggedIn(money)];
    const orders: AnsweredPlacing[] = [];
    for (const person of people) orders.push(await placed(person, offer));
    const url = `/commissions/api/commission-creator/${offer.id}/`;
    expect((await creator.call('PATCH', url, { slots: 2 })).json()).toMatchObject({ slots: 2, open_slots: 0 });
    const statuses = () =>
      Promise.all(orders.map(async ({ id }, i) => (await seen(people[i] as LoggedIn, id))['status']));
    expect(await statuses()).toEqual(['ordered', 'waitlisted', 'waitlisted']);
    const fewer = await creator.call('PATCH', url, { slots: 1 });
    expect([fewer.statusCode, fewer.json()]).toEqual([400, { slots: ['2 orders hold a slot now.'] }]);
    expect((await creator.call('PATCH', url, { archived: true })).json()).toMatchObject({ archived: true });
    expect(await statuses()).toEqual(['ordered', 'declined', 'declined']);
  });
});

const isOrdered = ({ status }: AnsweredPlacing): boolean => status === 'ordered';

describe('of steps at once', () => {
  it('one is taken, and the money follows it', async () => {
    const order = await held();
    const answers = await Promise.all([
      step(creator, order.id, 'accept'),
      step(creator, order.id, 'decline'),
      step(buyer, order.id, 'cancel'),
      step(creator, order.id, 'accept'),
      step(buyer, order.id, 'cancel'),
    ]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409, 409, 409]);
    await money.settled();
    const { status } = await seen(buyer, order.id);
    expect(['accepted', 'declined', 'cancelled']).toContain(status);
    const isTaken = status === 'accepted';
    expect(truth(order)).toMatchObject([{ status: isTaken ? 'captured' : 'authorized', captured: isTaken }]);
    expect(await balance()).toBe(isTaken ? 34_800 : 0);
  });

  it('a yes by many is one yes', async () => {
    const order = await held();
    const answers = await Promise.all(Array.from({ length: 8 }, () => step(creator, order.id, 'accept')));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 409)]);
    await money.settled();
    expect([await balance(), toldOf(order)]).toEqual([34_800, ['ordered', 'accepted']]);
  });

  it('work and its closing are one after the other', async () => {
    const order = await held();
    await taken(creator, order.id, 'accept');
    await taken(creator, order.id, 'deliver');
    const answers = await Promise.all([
      step(buyer, order.id, 'close'),
      step(buyer, order.id, 'revise', { message: 'No' }),
      step(creator, order.id, 'refund'),
      step(buyer, order.id, 'close'),
    ]);
    expect(answers.map(({ statusCode }) => statusCode).filter((status) => status === 200).length).toBeLessThanOrEqual(
      2,
    );
    const { history } = await seen(buyer, order.id);
    expect(new Set((history as Body[]).map((entry) => JSON.stringify([entry['status']]))).size).toBe(
      (history as Body[]).length,
    );
  });

  it('asked twice before it is paid it is one order, with the words of the last', async () => {
    const offer = await anOffer(creator);
    const orders = await Promise.all([1, 2, 3, 4, 5].map(() => placed(buyer, offer)));
    expect(new Set(orders.map(({ id, SubscriptionID }) => `${id} ${SubscriptionID}`)).size).toBe(1);
    expect(await openSlots(offer)).toBe(2);
    const other = await placed(buyer, offer, { description: 'A dog', contactDetails: 'by phone', currency: 'USD' });
    expect(other.id).toBe(orders[0]?.id);
    expect(other.SubscriptionID).not.toBe(orders[0]?.SubscriptionID);
    expect(await seen(creator, other.id)).toMatchObject({
      description: 'A dog',
      contactDetails: 'by phone',
      amount: 900,
      currency: 'USD',
    });
    // What is paid at the former checkout is let go of.
    authorized(orders[0] as AnsweredPlacing);
    await money.settled();
    expect(await seen(buyer, other.id)).toMatchObject({ payment: 'unpaid' });
    await taken(buyer, other.id, 'save', authorized(other));
    const next = await placed(buyer, offer);
    expect(next.id).not.toBe(other.id);
  });
});

const SEALED = statement('test.sealed', 'select sealed from commission_order where id = $1');

describe('to others', () => {
  it('an order is not there, and its contact details are nowhere', async () => {
    const secret = 'quokkaharbour 5';
    const offer = await anOffer(creator);
    const order = await placed(buyer, offer, { contactDetails: secret });
    await taken(buyer, order.id, 'save', authorized(order));
    const others = [await loggedIn(money), await aCreator(money), await administrator(money)];
    for (const other of others) {
      for (const [method, url, body] of [
        ['GET', ordersUrl(order.id), undefined],
        ...['accept', 'decline', 'deliver', 'revise', 'close', 'cancel', 'refund', 'pay', 'save'].map(
          (name) => ['POST', ordersUrl(order.id, name), BODIES[name] ?? {}] as const,
        ),
      ] as const) {
        const answer = await other.call(method, url, body);
        expect([url, answer.statusCode, answer.json()]).toEqual([url, 404, { detail: 'Not found.' }]);
      }
      const list = await other.call('GET', '/commissions/api/get-commissions-user');
      expect([list.statusCode, list.json<{ count: number }>().count]).toEqual([200, 0]);
    }
    for (const url of ['get-commissions', `commission-creator/${offer.id}`, `deletable/${offer.id}`]) {
      expect((await creator.call('GET', `/commissions/api/${url}`)).body).not.toContain(secret);
    }
    for (const who of [buyer, creator]) {
      expect(await seen(who, order.id)).toMatchObject({ contactDetails: secret });
      expect((await who.call('GET', '/commissions/api/get-commissions-user')).body).toContain(secret);
    }
    const row = await money.get(Database).first<{ sealed: string }>(SEALED, [order.id]);
    expect(row?.sealed).toMatch(/^v1\./);
    expect(JSON.stringify([row, told])).not.toContain(secret);
    expect((await money.inject({ method: 'GET', url: ordersUrl(order.id) })).statusCode).toBe(401);
  });

  it('each of the two has steps of their own', async () => {
    const order = await held();
    for (const name of ['accept', 'decline', 'deliver', 'refund']) {
      expect([name, (await step(buyer, order.id, name)).statusCode]).toEqual([name, 403]);
    }
    for (const name of ['revise', 'close', 'cancel']) {
      expect([name, (await step(creator, order.id, name, BODIES[name])).statusCode]).toEqual([name, 403]);
    }
    for (const name of ['deliver', 'refund']) {
      const answer = await step(creator, order.id, name);
      expect([name, answer.statusCode, answer.json()]).toEqual([
        name,
        409,
        { detail: 'A commission that is ordered does not allow this.' },
      ]);
    }
    expect((await step(buyer, order.id, 'close')).statusCode).toBe(409);
  });
});

const BODIES: Record<string, object> = {
  revise: { message: 'The ears' },
  save: { razorpay_payment_id: 'pay_1', razorpay_signature: 'a' },
};

describe('an account that is closed', () => {
  it('lets go of what it had ordered, and is paid back what nothing was handed in for', async () => {
    const offer = await anOffer(creator, { slots: 4 });
    const leaver = await loggedIn(money);
    const [asked, accepted, delivered] = [
      await held(offer, leaver),
      await held(offer, leaver),
      await held(offer, leaver),
    ];
    for (const { id } of [accepted, delivered]) await taken(creator, id, 'accept');
    await taken(creator, delivered.id, 'deliver');
    const unpaid = await placed(leaver, offer);
    const other = await placed(buyer, offer);
    expect(other.status).toBe('waitlisted');
    await kit.closed(leaver);
    const ends = await Promise.all([unpaid, asked, accepted, delivered].map(({ id }) => seen(creator, id)));
    expect(ends).toMatchObject([
      { status: 'cancelled', payment: 'unpaid', buyer: null, contactDetails: '' },
      { status: 'cancelled', payment: 'released', buyer: null },
      { status: 'refunded', payment: 'refunded' },
      { status: 'closed', payment: 'captured' },
    ]);
    expect(await balance()).toBe(34_800);
    expect(await seen(buyer, other.id)).toMatchObject({ status: 'ordered' });
  });

  it('of a creator pays back what is not done, and its offers and files are gone', async () => {
    const file = await uploaded(creator, { content: await picture(2, 2) });
    const offer = await anOffer(creator, { slots: 4, samples: [file.id] });
    const orders = [await held(offer), await held(offer), await held(offer), await held(offer)];
    const [asked, accepted, delivered, revised] = orders as [AnsweredPlacing, ...AnsweredPlacing[]];
    const waiting = await placed(await loggedIn(money), offer);
    expect(waiting.status).toBe('waitlisted');
    for (const order of [accepted, delivered, revised]) await taken(creator, order?.id ?? 0, 'accept');
    for (const order of [delivered, revised]) await taken(creator, order?.id ?? 0, 'deliver', { media: [file.id] });
    await taken(buyer, revised?.id ?? 0, 'revise', { message: 'No' });
    await kit.closed(creator);
    const ends = await Promise.all([asked, accepted, delivered, revised].map((order) => seen(buyer, order?.id ?? 0)));
    expect(ends).toMatchObject([
      { status: 'declined', payment: 'released' },
      { status: 'refunded', payment: 'refunded' },
      { status: 'closed', payment: 'captured' },
      { status: 'refunded', payment: 'refunded' },
    ]);
    expect((await buyer.call('POST', '/commissions/api/commission-user', wishFor(offer))).statusCode).toBe(400);
    expect((await money.inject({ method: 'GET', url: `/commissions/list/${creator.id}` })).json()).toMatchObject({
      count: 0,
    });
    expect((await money.get(Database).first<{ count: number }>(FILES, [creator.id]))?.count).toBe(0);
  });
});

describe('a guest', () => {
  it('orders by a mailbox, and is the buyer when it is proven', async () => {
    const offer = await anOffer(creator, { slots: 1 });
    const person = newPerson();
    const checkout = await kit.opened(offer, person.email);
    expect(await kit.opened(offer, person.email)).toEqual(checkout);
    expect(await openSlots(offer)).toBe(0);
    const saved = await money.inject({
      method: 'POST',
      url: '/subscriptions/save',
      payload: { ...authorized(checkout), razorpay_subscription_id: checkout.SubscriptionID },
    });
    expect([saved.statusCode, saved.json()]).toEqual([200, { details: 'Payment pending' }]);
    await money.settled();
    const order = await kit.lastOf(creator);
    expect(order).toMatchObject({ payment: 'authorized', amount: 34_800, buyer: null, contactDetails: person.email });
    await taken(creator, order.id, 'accept');
    await money.settled();
    const member = await loggedIn(money, { ...person, emailVerified: false });
    expect((await member.call('GET', ordersUrl(order.id))).statusCode).toBe(404);
    await money.get(AccountService).markEmailVerified(member.id);
    await money.settled();
    expect(await seen(member, order.id)).toMatchObject({ status: 'accepted', buyer: { id: member.id } });
    await taken(creator, order.id, 'deliver');
    await taken(member, order.id, 'close');
    expect(await balance()).toBe(34_800);
  });

  it('does not wait, gets another checkout where the first has run out, and may be declined', async () => {
    const offer = await anOffer(creator, { slots: 1 });
    const { email } = newPerson();
    const first = await kit.opened(offer, email);
    const full = await money.inject({
      method: 'POST',
      url: '/subscriptions/get_ghost_user/',
      payload: { email: newPerson().email, phone: '12345', payment_type: 'commission', commissionID: offer.id },
    });
    expect([full.statusCode, full.json()]).toEqual([400, { commissionID: ['All slots are taken.'] }]);
    await passHours(0.6);
    const second = await kit.opened(offer, email);
    expect(second.SubscriptionID).not.toBe(first.SubscriptionID);
    authorized(second);
    await money.settled();
    const order = await kit.lastOf(creator);
    expect(await taken(creator, order.id, 'decline')).toMatchObject({ status: 'declined', payment: 'released' });
  });
});

it('old pages hand in a commission where they hand in tips', async () => {
  const order = await placed(buyer, await anOffer(creator));
  const proof = { ...authorized(order), razorpay_subscription_id: order.SubscriptionID };
  const stranger = await loggedIn(money);
  expect((await stranger.call('POST', '/subscriptions/save_order', proof)).statusCode).toBe(400);
  const wrong = await buyer.call('POST', '/subscriptions/save_order', { ...proof, amount: 100 });
  expect([wrong.statusCode, wrong.json()]).toEqual([400, { amount: ['The order has another amount.'] }]);
  const saved = await buyer.call('POST', '/subscriptions/save_order', { ...proof, amount: 34_800 });
  expect([saved.statusCode, saved.json()]).toEqual([200, { details: 'Payment pending' }]);
  await money.settled();
  expect(await seen(creator, order.id)).toMatchObject({ status: 'ordered', payment: 'authorized' });
});

const FILES = statement('test.files-of', 'select count(*) as count from media where owner_id = $1');

it('work that its buyer says nothing to is taken after two weeks, and the ledger is the gateway’s', async () => {
  const order = await held();
  await taken(creator, order.id, 'accept');
  await taken(creator, order.id, 'deliver');
  for (let days = 0; days < 15; days += 1) await passHours(24);
  expect(await seen(buyer, order.id)).toMatchObject({ status: 'closed', payment: 'captured' });
  expect(toldOf(order).at(-1)).toBe('closed');
  const ledger = money.get(LedgerService);
  expect(await ledger.check()).toEqual({ unbalanced: [], drifted: [] });
}, 60_000);
