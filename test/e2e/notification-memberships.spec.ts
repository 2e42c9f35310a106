import type { BellItem, BellResponse } from '../../src/notification/bell/dto/bell.response';
import { AccountService } from '../../src/auth/account/account.service';
import { MembershipJob } from '../../src/subscription/membership/membership.job';
import { PurchaseJob } from '../../src/subscription/purchase/purchase.job';
import { type LoggedIn, loggedIn } from '../factories/administrator';
import { aCreator, aTier } from '../factories/tier';
import { type MoneyApp, startMoneyApp } from './money.kit';

interface Tier {
  readonly id: number;
  readonly name: string;
}

const ABROAD = { method: 'card', international: true };

let money: MoneyApp;
let creator: LoggedIn;
let silver: Tier;
let gold: Tier;

beforeAll(async () => {
  money = await startMoneyApp();
});

beforeEach(async () => {
  creator = await aCreator(money);
  silver = await aTier(money, creator, { name: 'Silver', prices: [{ currency: 'INR', amount: 20_000 }] });
  gold = await aTier(money, creator, { name: 'Gold', prices: [{ currency: 'INR', amount: 50_000 }] });
});

async function paid(member: LoggedIn, gatewayId: string, more: object): Promise<void> {
  const result = money.simulator.pay({ subscription_id: gatewayId, ...more });
  if ('error' in result) throw new Error(JSON.stringify(result.error));
  const { razorpay_payment_id, razorpay_signature } = result.callback;
  const callback = { razor_payment_id: razorpay_payment_id, razorpay_signature, razorpay_subscription_id: gatewayId };
  await member.call('POST', '/subscriptions/save', callback);
  await money.settled();
}

/** Pays for silver every month; gives the gateway's name of it. */
async function subscribed(member: LoggedIn, more: object): Promise<string> {
  const created = await member.call('POST', '/subscriptions/create', { tierID: silver.id });
  const { SubscriptionID } = created.json<{ SubscriptionID: string }>();
  await paid(member, SubscriptionID, more);
  return SubscriptionID;
}

/** Asks for gold in place of silver; gives the checkout's name where there is one. */
async function changed(member: LoggedIn, more: object = {}): Promise<string | undefined> {
  const list = await member.call('GET', '/subscriptions/list');
  const [{ id } = { id: 0 }] = list.json<{ subscriptions: { id: number }[] }>().subscriptions;
  const ask = { subscriptionID: id, tierID: gold.id, ...more };
  const shown = await member.call('POST', '/subscriptions/change/', { ...ask, preview: true });
  const { quote } = shown.json<{ preview: { quote: string } }>().preview;
  const answer = await member.call('POST', '/subscriptions/change/', { ...ask, quote });
  expect(answer.statusCode).toBe(200);
  await money.settled();
  return answer.json<{ checkout: { SubscriptionID: string } | null }>().checkout?.SubscriptionID;
}

async function told(person: LoggedIn): Promise<BellItem[]> {
  await money.settled();
  return (await person.call('GET', '/feed/api/notifications/?max=100')).json<BellResponse>().all_list;
}

const kindsIn = async (person: LoggedIn) => (await told(person)).map(({ data }) => data.kind);

/** Nothing has ended, and one thing has changed: in the bell, and by mail. */
async function expectOneChange(member: LoggedIn): Promise<void> {
  const items = await told(member);
  expect(items.filter(({ data }) => ['membership-changed', 'membership-ended'].includes(data.kind as string))).toEqual([
    expect.objectContaining({
      level: 'info',
      actor: 'Guildhall',
      verb: 'moved you to',
      description: 'Your membership of “Silver” is one of “Gold” now.',
      target: 'Gold',
      target_object_id: String(gold.id),
      action_object: 'Silver',
      action_object_object_id: String(silver.id),
      data: { kind: 'membership-changed' },
    }),
  ]);
  const subjects = (await money.mails(member.email)).map(({ subject }) => subject);
  expect(subjects.filter((subject) => subject.includes('membership'))).toEqual([
    'Your membership of “Silver” is one of “Gold” now',
  ]);
}

describe('a change of tier', () => {
  it('by another price of the same mandate is one thing', async () => {
    const member = await loggedIn(money);
    await subscribed(member, ABROAD);
    await changed(member);
    await expectOneChange(member);
  });

  it.each(['now', 'cycle_end'])('by a new authorisation, %s, is one thing', async (when) => {
    const member = await loggedIn(money);
    await subscribed(member, { method: 'upi' });
    const checkout = await changed(member, { when });
    await paid(member, checkout ?? '', { method: 'upi' });
    if (when === 'cycle_end') {
      expect(await kindsIn(member)).toEqual([]);
      await money.pass(33);
    }
    await expectOneChange(member);
  });

  it('whose new tier is never paid is no change: the old one has ended', async () => {
    const member = await loggedIn(money);
    await subscribed(member, { method: 'upi' });
    const checkout = await changed(member, { when: 'cycle_end' });
    await paid(member, checkout ?? '', { method: 'upi' });
    money.simulator.control.setCard(checkout ?? '', { card: 'failing' });
    await money.pass(45);
    // Its days of grace are over, which nobody but the clock tells.
    await money.get(PurchaseJob).run();
    await money.get(MembershipJob).run();
    await money.settled();
    const kinds = await kindsIn(member);
    expect([kinds.includes('membership-changed'), kinds.includes('membership-ended')]).toEqual([false, true]);
  });
});

it('a renewal that fails is its member’s business, and not the creator’s', async () => {
  const member = await loggedIn(money);
  money.simulator.control.setCard(await subscribed(member, ABROAD), { card: 'failing' });
  await money.pass(32);
  expect(await kindsIn(member)).toContain('grace');
  expect(await kindsIn(creator)).toEqual(['member']);
  const name = (await money.get(AccountService).findById(member.id))?.username ?? '';
  expect((await told(creator))[0]?.description).toBe(`${name} joined “Silver”.`);
});
