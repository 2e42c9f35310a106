import { Account } from '../../src/auth/account/account.entity';
import { Database } from '../../src/infra/database/database';
import { Gateway } from '../../src/infra/database/gateway';
import type { Statement } from '../../src/infra/database/statement';
import { LedgerService } from '../../src/payment/ledger/ledger.service';
import { ApplyService } from '../../src/payment/apply/apply.service';
import { PaymentGateway } from '../../src/payment/gateway/payment-gateway';
import { type LoggedIn, loggedIn } from '../factories/administrator';
import { aCreator, aTier } from '../factories/tier';
import { type MoneyApp, startMoneyApp } from './money.kit';

interface Sums {
  readonly captured: number;
  readonly refunded: number;
  readonly disputed: number;
  readonly net: number;
  readonly fees: number;
  readonly taxes: number;
  readonly settled: number;
}

interface Money extends Sums {
  readonly currency: string;
  readonly balance: number;
  readonly parked: number;
  readonly kinds: readonly (Sums & { kind: string })[];
  readonly differences: readonly { reason: string; amount: number }[];
}

interface Stats {
  readonly money: readonly Money[];
  readonly series: readonly { date: string; money: readonly (Sums & { currency: string })[] }[];
}

let money: MoneyApp;
let member: LoggedIn;

beforeAll(async () => {
  money = await startMoneyApp();
  member = await loggedIn(money);
});

afterEach(async () => {
  expect(await money.get(LedgerService).check()).toEqual({ unbalanced: [], drifted: [] });
});

async function statsOf(creator: LoggedIn, days = 30): Promise<Stats> {
  const answer = await creator.call('GET', `/feed/api/stats?days=${days}`);
  expect(answer.statusCode).toBe(200);
  return answer.json<Stats>();
}

const paidBy = async (person: LoggedIn): Promise<unknown> =>
  (await person.call('GET', '/feed/api/userstats')).json<{ paid: unknown }>().paid;

/** Gives the payment's id. */
async function pays(id: string, more: object = {}): Promise<string> {
  const what = id.startsWith('sub_') ? { subscription_id: id } : { order_id: id };
  const result = money.simulator.pay({ ...what, ...more });
  if ('error' in result) throw new Error(JSON.stringify(result.error));
  await money.settled();
  return result.callback.razorpay_payment_id;
}

async function opened(person: LoggedIn, path: string, body: object): Promise<string> {
  const answer = await person.call('POST', `/subscriptions/${path}`, body);
  expect(answer.statusCode).toBe(200);
  return answer.json<{ SubscriptionID: string }>().SubscriptionID;
}

const tips = (creator: { id: number }, amount: number, currency = 'INR', person = member): Promise<string> =>
  opened(person, 'create_order', { amount, currency, creatorID: creator.id });

/** Of these payments and their refunds, as the simulator has it. */
function truthOf(ids: readonly string[]): Sums {
  const { payments, refunds, recon, disputes } = money.simulator.control.truth();
  const total = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);
  const mine = payments.filter(({ id }) => ids.includes(id));
  const back = refunds.filter(({ payment_id }) => ids.includes(payment_id));
  const [captured, refunded] = [total(mine.map(({ amount }) => amount)), total(back.map(({ amount }) => amount))];
  const disputed = total(disputes.filter(({ payment_id }) => ids.includes(payment_id)).map(({ amount }) => amount));
  const taxes = total(mine.map(({ tax }) => tax ?? 0));
  const names = [...ids, ...back.map(({ id }) => id)];
  return {
    captured,
    refunded,
    disputed,
    net: captured - refunded - disputed,
    fees: total(mine.map(({ fee }) => fee ?? 0)) - taxes,
    taxes,
    settled: total(recon.filter(({ entity_id }) => names.includes(entity_id)).map((line) => line.credit - line.debit)),
  };
}

/** What the gateway has paid out by now, read from its reports. */
async function settlementsRead(): Promise<void> {
  const now = money.clock.now();
  for (const at of [new Date(now.getTime() - 8 * 86_400_000), now]) {
    const month = { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, count: 1000, skip: 0 };
    await money.get(ApplyService).settlement((await money.get(PaymentGateway).reconLines(month)).items);
  }
}

function expectExplained({ net, settled, differences }: Money): void {
  expect(differences.reduce((sum, { amount }) => sum + amount, 0)).toBe(net - settled);
}

it('a creator without money has none', async () => {
  const creator = await aCreator(money);
  const { money: none, series } = await statsOf(creator, 3);
  expect([none, series.map((day) => day.money)]).toEqual([[], [[], [], []]]);
  expect(await paidBy(creator)).toEqual([]);
});

it('what is sold, tipped, paid back and disputed is what the gateway says, each by its kind', async () => {
  const creator = await aCreator(money);
  const person = await loggedIn(money);
  const tier = await aTier(money, creator);
  const once = await aTier(money, creator, { prices: [{ currency: 'INR', amount: 50_000 }] });
  const monthly = await pays(await opened(person, 'create', { tierID: tier.id }));
  const single = await pays(await opened(person, 'create_onetime/', { tierID: once.id, currency: 'INR' }));
  const tip = await pays(await tips(creator, 10_000, 'INR', person));
  const disputed = await pays(await tips(creator, 7_000, 'INR', person));
  money.simulator.control.refund(tip, { amount: 2_500 });
  money.simulator.control.dispute(disputed);
  await money.settled();

  const ids = [monthly, single, tip, disputed];
  const stats = await statsOf(creator);
  expect(stats.money).toEqual([
    {
      currency: 'INR',
      balance: 19_900 + 50_000 + 10_000 - 2_500,
      parked: 0,
      ...truthOf(ids),
      kinds: [
        { kind: 'subscription', ...truthOf([monthly]) },
        { kind: 'one_time', ...truthOf([single]) },
        { kind: 'tip', ...truthOf([tip, disputed]) },
      ],
      differences: [
        { reason: 'awaiting_settlement', amount: expect.any(Number) },
        { reason: 'fees', amount: truthOf(ids).fees },
        { reason: 'taxes', amount: truthOf(ids).taxes },
        { reason: 'disputed', amount: -7_000 },
      ],
    },
  ]);
  expect(truthOf(ids)).toMatchObject({ captured: 86_900, refunded: 2_500, disputed: 7_000, net: 77_400, settled: 0 });
  expectExplained(stats.money[0]!);
  expect(await money.get(LedgerService).balances(creator.id)).toEqual([{ amount: 77_400, currency: 'INR' }]);
  expect(await paidBy(person)).toEqual([
    {
      currency: 'INR',
      paid: 86_900,
      refunded: 2_500,
      kinds: [
        { kind: 'subscription', paid: 19_900, refunded: 0 },
        { kind: 'one_time', paid: 50_000, refunded: 0 },
        { kind: 'tip', paid: 17_000, refunded: 2_500 },
      ],
    },
  ]);
});

it('what the gateway has paid out is told, and why it is less', async () => {
  const creator = await aCreator(money);
  const person = await loggedIn(money);
  const early = await pays(await tips(creator, 20_000, 'INR', person));
  money.simulator.control.refund(early, { amount: 5_000 });
  await money.settled();
  await money.pass(6);
  await settlementsRead();
  const [settled] = (await statsOf(creator)).money as [Money];
  expect(settled).toMatchObject({ ...truthOf([early]), balance: 15_000 });
  const { fees, taxes } = truthOf([early]);
  expect(settled.settled).toBe(15_000 - fees - taxes);
  expect(settled.differences).toEqual([
    { reason: 'fees', amount: fees },
    { reason: 'taxes', amount: taxes },
  ]);

  const late = await pays(await tips(creator, 1_000, 'INR', person));
  const stats = await statsOf(creator);
  const [both] = stats.money as [Money];
  expect(both).toMatchObject({ ...truthOf([early, late]), balance: 16_000 });
  expect(both.settled).toBe(settled.settled);
  const waiting = truthOf([late]);
  expect(both.differences[0]).toEqual({
    reason: 'awaiting_settlement',
    amount: 1_000 - waiting.fees - waiting.taxes,
  });
  expectExplained(both);
  const moved = stats.series.flatMap((day) => day.money);
  expect(moved).toEqual([
    { currency: 'INR', ...truthOf([early]) },
    { currency: 'INR', ...truthOf([late]) },
  ]);
  // The first of them was a week ago.
  expect((await statsOf(creator, 2)).money).toEqual([
    { ...both, ...waiting, kinds: [{ kind: 'tip', ...waiting }], differences: expect.any(Array) },
  ]);
});

it('currencies are never added up, and what is others’ is never shown', async () => {
  const [creator, other] = [await aCreator(money), await aCreator(money)];
  const [person, stranger] = [await loggedIn(money), await loggedIn(money)];
  const rupees = await pays(await tips(creator, 30_000, 'INR', person));
  const dollars = await pays(await tips(creator, 2_000, 'USD', person));
  const theirs = await pays(await tips(other, 9_900, 'INR', stranger));
  const stats = await statsOf(creator);
  expect(stats.money).toMatchObject([
    { currency: 'INR', balance: 30_000, ...truthOf([rupees]) },
    { currency: 'USD', balance: 2_000, ...truthOf([dollars]) },
  ]);
  expect(stats.series.at(-1)?.money).toEqual([
    { currency: 'INR', ...truthOf([rupees]) },
    { currency: 'USD', ...truthOf([dollars]) },
  ]);
  expect((await statsOf(other)).money).toMatchObject([{ currency: 'INR', balance: 9_900, ...truthOf([theirs]) }]);
  expect(await paidBy(person)).toMatchObject([
    { currency: 'INR', paid: 30_000 },
    { currency: 'USD', paid: 2_000 },
  ]);
  expect(await paidBy(stranger)).toMatchObject([{ currency: 'INR', paid: 9_900 }]);
  expect(await paidBy(creator)).toEqual([]);
  expect((await stranger.call('GET', '/feed/api/stats')).statusCode).toBe(403);
});

it('money counts on its day in the creator’s time zone, whatever the day is elsewhere', async () => {
  const creator = await aCreator(money);
  await pays(await tips(creator, 4_200));
  const dates = async (timeZone: string): Promise<string[]> => {
    await money.get(Database).manager.update(Account, { id: creator.id }, { timeZone });
    return (await statsOf(creator)).series.filter((day) => day.money.length > 0).map(({ date }) => date);
  };
  const paidAt = money.simulator.control.truth().payments.at(-1)!.created_at * 1000;
  for (const timeZone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kolkata']) {
    const date = new Intl.DateTimeFormat('en-CA', { timeZone, calendar: 'iso8601' }).format(paidAt);
    expect(await dates(timeZone)).toEqual([date]);
  }
});

it('all of a creator’s money is one query, and all that somebody paid', async () => {
  const creator = await aCreator(money);
  const run = jest.spyOn(money.get(Gateway), 'run');
  const named = async (url: string): Promise<string[]> => {
    run.mockClear();
    expect((await creator.call('GET', url)).statusCode).toBe(200);
    const names = run.mock.calls.map(([{ name }]: [Statement, ...unknown[]]) => name);
    return names.filter((name) => /^(?:stats|ledger|payment)\./.test(name)).sort();
  };
  expect(await named('/feed/api/stats?days=366')).toEqual([
    'ledger.report-of-payee',
    'stats.by-tier',
    'stats.creator',
    'stats.series',
    'stats.tier-members',
    'stats.top-posts',
    'stats.totals',
  ]);
  expect(await named('/feed/api/userstats')).toEqual(['ledger.report-of-payer', 'stats.memberships', 'stats.reader']);
  run.mockRestore();
});
