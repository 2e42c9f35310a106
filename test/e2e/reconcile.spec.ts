import { setTimeout as sleep } from 'node:timers/promises';
import { Database, statement } from '../../src/infra/database/database';
import { PaymentGateway } from '../../src/payment/gateway/payment-gateway';
import { LedgerService } from '../../src/payment/ledger/ledger.service';
import { administrator, type LoggedIn, loggedIn } from '../factories/administrator';
import { aPost } from '../factories/post';
import { aCreator, aTier } from '../factories/tier';
import { type MoneyApp, startMoneyApp } from './money.kit';

const URL = '/admin/payments/reconcile/';
const PATIENCE_MS = 60_000;
const LONG_MS = 240_000;

let money: MoneyApp;
let admin: LoggedIn;

beforeAll(async () => {
  money = await startMoneyApp();
  admin = await administrator(money);
});

interface Run {
  readonly id: number;
  readonly status: string;
  readonly drift: { readonly class: string; readonly count: number; readonly cured: number }[];
}

async function reconciled(body: object = {}): Promise<Run> {
  const answer = await admin.call('POST', URL, body);
  expect([answer.statusCode, answer.json()]).toEqual([202, { id: expect.any(Number) }]);
  const { id } = answer.json<{ id: number }>();
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const run = (await admin.call('GET', `${URL}${id}/`)).json<Run>();
    if (run.status === 'done') {
      await money.settled();
      return run;
    }
    if (run.status === 'failed' || performance.now() > deadline) throw new Error(JSON.stringify(run));
    await sleep(20);
  }
}

const cured = (run: Run): Record<string, string> =>
  Object.fromEntries(run.drift.map(({ class: name, count, cured }) => [name, `${count}/${cured}`]));

async function bought(member: LoggedIn, path: string, body: object): Promise<{ id: string; payment: string }> {
  const { SubscriptionID: id } = (await member.call('POST', `/subscriptions/${path}`, body)).json<{
    SubscriptionID: string;
  }>();
  const result = money.simulator.pay(id.startsWith('sub_') ? { subscription_id: id } : { order_id: id });
  if ('error' in result) throw new Error(JSON.stringify(result.error));
  return { id, payment: result.callback.razorpay_payment_id };
}

async function houseSums(): Promise<Record<string, number>> {
  const sums = await money.get(LedgerService).house();
  return Object.fromEntries(sums.map(({ account, amount }) => [account, amount]));
}

const PAYMENTS = statement(
  'test.payments-of-creator',
  `select purpose, status, amount, refunded_amount as refunded, fee, tax, parked, count(*) as count from payment
    where payee_id = $1 group by purpose, status, amount, refunded_amount, fee, tax, parked
    order by purpose, status, amount`,
);

/** Months of a creator's life; what is left of it when webhooks told of it, or nobody did. */
async function life(
  isDeaf: boolean,
): Promise<{ started: Date; project: () => Promise<object>; end: () => Promise<void> }> {
  const before = await houseSums();
  const started = money.clock.now();
  const creator = await aCreator(money);
  const tier = await aTier(money, creator);
  const post = await aPost(money, creator, { tiers: [tier.id] });
  const members: LoggedIn[] = [];
  for (let i = 0; i < 5; i += 1) members.push(await loggedIn(money));
  const [monthly, failing, leaving, once, regretful] = members as [LoggedIn, LoggedIn, LoggedIn, LoggedIn, LoggedIn];
  money.simulator.setChaos({ webhooks: { drop: isDeaf ? 1 : 0 } });
  await bought(monthly, 'create', { tierID: tier.id });
  const failed = await bought(failing, 'create', { tierID: tier.id });
  const left = await bought(leaving, 'create', { tierID: tier.id });
  money.simulator.control.setCard(failed.id, { card: 'failing' });
  await money.pass(40);
  // In the dashboard.
  await money.get(PaymentGateway).cancelSubscription(left.id, { atCycleEnd: false });
  await money.pass(5);
  await bought(once, 'create_onetime/', { tierID: tier.id });
  const regretted = await bought(regretful, 'create_onetime/', { tierID: tier.id });
  money.simulator.control.refund(regretted.payment);
  const tip = await bought(once, 'create_order', { amount: 34_800, currency: 'INR', creatorID: creator.id });
  money.simulator.control.refund(tip.payment, { amount: 4_800 });
  const disputed = await bought(once, 'create_order', { amount: 10_000, currency: 'INR', creatorID: creator.id });
  money.simulator.control.dispute(disputed.payment);
  await money.pass(4);
  const project = async (): Promise<object> => {
    const access: unknown[] = [];
    for (const member of members) {
      const list = (await member.call('GET', '/subscriptions/list')).json<{
        subscriptions: Record<string, unknown>[];
      }>();
      const { locked } = (await member.call('GET', `/content/api/content/${post.id}/`)).json<{ locked: boolean }>();
      const shown = list.subscriptions.map(({ kind, status, reason, has_access }) => ({
        kind,
        status,
        reason,
        has_access,
      }));
      access.push({ shown, locked });
    }
    const tips = (await once.call('GET', `/subscriptions/list_tips/${once.id}`)).json<{
      tips: Record<string, unknown>[];
    }>();
    const after = await houseSums();
    return {
      access,
      tips: tips.tips.map(({ amount, status }) => ({ amount, status })),
      owed: await money.get(LedgerService).balances(creator.id),
      payments: await money.get(Database).rows(PAYMENTS, [creator.id]),
      house: Object.fromEntries(Object.keys(after).map((name) => [name, (after[name] ?? 0) - (before[name] ?? 0)])),
    };
  };
  const end = async (): Promise<void> => {
    for (const member of [monthly, failing]) {
      await member.call('POST', '/subscriptions/end/', { tier: tier.id, end_type: 0 });
    }
    await money.pass(4);
  };
  return { started, project, end };
}

it(
  'a system that heard of nothing stands, after one run, as one that heard of everything',
  async () => {
    const heard = await life(false);
    const expected = await heard.project();
    await heard.end();
    const deaf = await life(true);
    const blind = await deaf.project();
    expect(blind).not.toEqual(expected);

    const rehearsal = await reconciled({ from: deaf.started.toISOString(), dry_run: true });
    expect(await deaf.project()).toEqual(blind);
    const run = await reconciled({ from: deaf.started.toISOString() });
    expect(await deaf.project()).toEqual(expected);
    expect(rehearsal.drift).toEqual(run.drift.map((drift) => ({ ...drift, cured: 0 })));
    expect(run.drift.every((drift) => drift.count === drift.cured)).toBe(true);
    expect(cured(run)).toMatchObject({
      order_behind: '4/4',
      mandate_behind: '3/3',
      refund_missing: '2/2',
      dispute_missing: '1/1',
    });
    expect((await reconciled({ from: deaf.started.toISOString() })).drift).toEqual([]);

    const { sums } = money.simulator.control.truth();
    const house = await houseSums();
    expect(house['gateway']).toBe(sums['INR']?.balance);
    expect(house['bank']).toBe(sums['INR']?.settled);
    expect((house['gateway_fee'] ?? 0) + (house['gateway_tax'] ?? 0)).toBe(sums['INR']?.fee);
    expect(await money.get(LedgerService).check()).toEqual({ unbalanced: [], drifted: [] });
    await deaf.end();
  },
  LONG_MS,
);

it(
  '“paid, but not open” cures itself by the schedule’s window, also after an outage in the middle',
  async () => {
    const creator = await aCreator(money);
    const tier = await aTier(money, creator);
    const post = await aPost(money, creator, { tiers: [tier.id] });
    const member = await loggedIn(money);
    money.simulator.setChaos({ webhooks: { drop: 1 } });
    await bought(member, 'create', { tierID: tier.id });
    money.simulator.setChaos({ webhooks: { drop: 1 }, api: { errors: 1 } });
    const from = Math.floor(money.clock.now().getTime() / 1000) - 3600;
    const { id } = (await admin.call('POST', URL, { from })).json<{ id: number }>();
    const get = async (): Promise<Run & { error: string | null; due_at: string | null }> =>
      (await admin.call('GET', `${URL}${id}/`)).json();
    while ((await get()).status !== 'waiting') await sleep(50);
    expect(await get()).toMatchObject({
      drift: [],
      error: expect.any(String),
      due_at: expect.any(String),
      ended_at: null,
    });
    money.simulator.setChaos({});
    while ((await get()).status !== 'done') {
      money.clock.advance(60_000);
      await sleep(200);
    }
    await money.settled();
    expect((await member.call('GET', `/content/api/content/${post.id}/`)).json()).toMatchObject({ locked: false });
    expect(cured(await get())).toEqual({ payment_missing: '1/1', mandate_behind: '1/1' });
  },
  PATIENCE_MS,
);

it('is for administrators, of windows that can be, and shows what was asked', async () => {
  const support = await loggedIn(money, { roles: ['support'] });
  const nobody = await loggedIn(money);
  for (const [who, status] of [
    [nobody, 403],
    [support, 403],
  ] as const) {
    expect((await who.call('POST', URL, {})).statusCode).toBe(status);
  }
  expect((await money.inject({ method: 'POST', url: URL, payload: {} })).statusCode).toBe(401);
  expect((await nobody.call('GET', URL)).statusCode).toBe(403);
  expect((await admin.call('GET', `${URL}999999/`)).statusCode).toBe(404);
  const faulty: [object, string][] = [
    [{ from: 'yesterday' }, 'from'],
    [{ from: -1 }, 'from'],
    [{ to: 1.5 }, 'to'],
    [{ from: '2999-01-01' }, 'from'],
    [{ from: '2020-01-02', to: '2020-01-01' }, 'to'],
    [{ from: '2020-01-01', to: '2022-01-01' }, 'from'],
    [{ dry_run: 'perhaps' }, 'dry_run'],
    [{ since: '2020-01-01' }, 'since'],
  ];
  for (const [body, field] of faulty) {
    const answer = await admin.call('POST', URL, body);
    expect([answer.statusCode, answer.body.includes(`/${field}`)]).toEqual([400, true]);
  }
  const same = { from: '2020-01-01', to: 1_577_923_200, dry_run: true };
  const answers = await Promise.all(Array.from({ length: 8 }, () => admin.call('POST', URL, same)));
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 202));
  await reconciled(same);
  const list = (await support.call('GET', URL)).json<{ count: number; results: Run[] }>();
  expect(list.count).toBeGreaterThan(3);
  expect(list.results[0]).toEqual({
    ...{ id: expect.any(Number), status: 'done', drift: [], error: null, requested_by: admin.id, due_at: null },
    ...{ from: '2020-01-01T00:00:00.000Z', to: '2020-01-02T00:00:00.000Z', dry_run: true },
    progress: { stage: 'ended', examined: expect.any(Number) },
    ...{ created_at: expect.any(String), started_at: expect.any(String), ended_at: expect.any(String) },
  });
});
