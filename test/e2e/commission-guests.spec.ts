import { AccountService } from '../../src/auth/account/account.service';
import { type LoggedIn, loggedIn } from '../factories/administrator';
import { anOffer, type AnsweredOffer, type AnsweredPlacing } from '../factories/commission';
import { newPerson } from '../factories/person';
import { aCreator } from '../factories/tier';
import { type Body, CommissionKit, ordersUrl, seen, step, taken } from './commission.kit';
import { expectTrueBooks } from './money-books.kit';
import { type MoneyApp, startMoneyApp } from './money.kit';

let money: MoneyApp;
let kit: CommissionKit;
let creator: LoggedIn;
let offer: AnsweredOffer;
let email: string;

const BACK = 'What you paid goes back to you';

beforeAll(async () => {
  money = await startMoneyApp({ RATE_LIMITS: 'off' });
  kit = new CommissionKit(money);
});

beforeEach(async () => {
  creator = await aCreator(money);
  offer = await anOffer(creator);
  email = newPerson().email;
});

afterEach(async () => {
  await money.settled();
  await expectTrueBooks(money, money.simulator.control.truth());
});

type Checkout = Pick<AnsweredPlacing, 'SubscriptionID'>;

/** A guest's order whose money is held. */
async function held(mailbox = email): Promise<Checkout & Body & { id: number }> {
  const checkout = await kit.opened(offer, mailbox);
  kit.authorized(checkout);
  await money.settled();
  return { ...checkout, ...(await kit.lastOf(creator)) };
}

async function mailsOf(mailbox = email): Promise<{ subject: string; text: string }[]> {
  await money.settled();
  return money.mails(mailbox);
}

describe('a guest is told once, by mail,', () => {
  it('that the creator declines, and none of the words of others', async () => {
    const { id } = await held();
    await taken(creator, id, 'decline', { reason: 'Visit https://evil.example' });
    expect((await step(creator, id, 'decline')).statusCode).toBe(409);
    await kit.passHours(73);
    const mails = await mailsOf();
    expect(mails).toMatchObject([{ subject: BACK, text: expect.stringContaining('does not take the order') }]);
    expect(mails[0]?.text).toContain('Nothing was taken');
    expect(mails[0]?.text).not.toContain('evil');
  });

  it('that nobody has answered', async () => {
    await held();
    await kit.passHours(49);
    await kit.passHours(22);
    await kit.passHours(4);
    expect(await mailsOf()).toMatchObject([{ subject: BACK, text: expect.stringContaining('not answered') }]);
  });

  it('that what was paid too late goes back', async () => {
    const checkout = await kit.opened(offer, email);
    await kit.passHours(0.6);
    expect(await mailsOf()).toEqual([]);
    kit.authorized(checkout);
    expect(await mailsOf()).toMatchObject([{ subject: BACK, text: expect.stringContaining('not paid, in time') }]);
    await kit.passHours(73);
    expect(await mailsOf()).toHaveLength(1);
  });

  it('that the creator pays back, or has left', async () => {
    const other = newPerson().email;
    const [first, second] = [await held(), await held(other)];
    for (const { id } of [first, second]) await taken(creator, id, 'accept');
    await taken(creator, first.id, 'refund');
    await kit.closed(creator);
    for (const mailbox of [email, other]) {
      const back = (await mailsOf(mailbox)).filter(({ subject }) => subject === BACK);
      expect(back).toMatchObject([{ text: expect.stringContaining('goes back the way it came') }]);
    }
  });

  it('and not where an account has come for it, nor where nothing was paid', async () => {
    const { id } = await held();
    await taken(creator, id, 'accept');
    await money.settled();
    const member = await loggedIn(money, { ...newPerson(), email, emailVerified: false });
    await money.get(AccountService).markEmailVerified(member.id);
    await money.settled();
    await taken(creator, id, 'refund');
    await kit.opened(offer, 'nobody-pays@example.org');
    await kit.passHours(1);
    expect((await mailsOf()).map(({ subject }) => subject)).not.toContain(BACK);
    expect(await mailsOf('nobody-pays@example.org')).toEqual([]);
  });
});

describe('a guest’s order', () => {
  it('is nobody’s who only signs up with the mailbox, and the creator’s own never comes to its creator', async () => {
    const { id } = await held();
    const squatter = await loggedIn(money, { ...newPerson(), email, emailVerified: false });
    for (const name of ['', 'cancel', 'close', 'pay']) {
      const url = ordersUrl(id, name);
      expect((await squatter.call(name === '' ? 'GET' : 'POST', url)).statusCode).toBe(404);
    }
    const own = await held(creator.email);
    await taken(creator, own.id, 'accept');
    await money.settled();
    expect((await creator.call('POST', '/subscriptions/guest/claim/')).statusCode).toBeLessThan(500);
    expect(await seen(creator, own.id)).toMatchObject({ buyer: null, status: 'accepted' });
    expect((await step(creator, own.id, 'close')).statusCode).toBe(403);
  });

  it('opened many times at once takes one slot', async () => {
    const one = await anOffer(creator, { slots: 2 });
    const checkouts = await Promise.all(Array.from({ length: 6 }, () => kit.opened(one, email)));
    expect(new Set(checkouts.map(({ SubscriptionID }) => SubscriptionID)).size).toBe(1);
    const answer = await money.inject({ method: 'GET', url: `/commissions/api/commission-creator/${one.id}/` });
    expect(answer.json()).toMatchObject({ open_slots: 1 });
  });

  it('keeps the slot limit among guests and buyers at once', async () => {
    const one = await anOffer(creator, { slots: 3 });
    const url = '/subscriptions/get_ghost_user/';
    const answers = await Promise.all(
      Array.from({ length: 12 }, () =>
        money.inject({
          method: 'POST',
          url,
          payload: { email: newPerson().email, phone: '12345', payment_type: 'commission', commissionID: one.id },
        }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([
      ...Array.from({ length: 3 }, () => 200),
      ...Array.from({ length: 9 }, () => 400),
    ]);
  });

  it.each<[unknown, object]>([
    [999_999_999, { commissionID: ['Invalid pk "999999999" - object does not exist.'] }],
    [9_007_199_254_740_993n.toString(), {}],
    ['1; drop', {}],
    [[1], {}],
    [null, {}],
    [-1, {}],
  ])('of %j is 400', async (commissionID, fields) => {
    const answer = await money.inject({
      method: 'POST',
      url: '/subscriptions/get_ghost_user/',
      payload: { email, phone: '12345', payment_type: 'commission', commissionID },
    });
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { commissionID: expect.any(Array), ...fields }]);
  });
});
