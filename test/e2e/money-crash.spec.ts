import { setTimeout as sleep } from 'node:timers/promises';
import { Database, statement } from '../../src/infra/database/database';
import { ApiError } from '../../src/payment/simulator/api-error';
import { pick, type Random, seededRandom } from '../../src/payment/simulator/random';
import { type Simulator, startSimulator } from '../../src/payment/simulator/simulator';
import { administrator, type LoggedIn, loggedIn } from '../factories/administrator';
import { aCreator, aTier } from '../factories/tier';
import { MovableClock } from '../fakes/movable-clock';
import { closeAfterSpec, specDatabase } from '../setup/spec-database';
import { startTestApp, type TestApp } from '../setup/test-app';
import { temporaryFolder } from '../setup/test-settings';
import { expectTrueBooks } from './money-books.kit';
import { MortalApp, stopEmbedded } from './money-crash.kit';
import { GATEWAY_KEYS, gatewaySettings } from './money.kit';

const EVENTS = 1_000;
const KILLS = 5;
const MEMBERS = 6;
const TIERS = 5;
const TIPS = 70;
const DAY = 86_400;
const PATIENCE_MS = 240_000;

const CHAOS = {
  webhooks: { duplicate: 0.1, reorder: 0.2, drop: 0.03, timeout: 0.1, delayMs: 20 },
  api: { errors: 0.05, timeout: 0.03, delayMs: 5, hangMs: 0 },
};

const OPEN = statement(
  'test.open-work-of-money',
  `select (select count(*) from webhook_delivery where state in ('pending', 'again'))
     + (select count(*) from outbox_delivery where status = 'pending' and topic in
         ('payment-captured', 'payment-failed', 'refund-processed', 'dispute-changed', 'mandate-changed')) as count`,
);
const PROCESSED = statement(
  'test.processed',
  `select event_key as id, state from webhook_delivery where source = 'razorpay' and verdict = 'accepted'`,
);
const MANDATES = statement('test.mandates', 'select gateway_id as id, status, paid_count as paid from mandate');
const TIPS_PAID = statement('test.tips-paid', `select count(*) as count from tip where status <> 'pending'`);

/** Ids of what can be paid. */
async function checkouts(app: TestApp): Promise<string[]> {
  const creator = await aCreator(app);
  const tiers = [];
  for (let i = 0; i < TIERS; i += 1) tiers.push(await aTier(app, creator));
  const ids: string[] = [];
  const ask = async (member: LoggedIn, path: string, body: object): Promise<void> => {
    const answer = await member.call('POST', `/subscriptions/${path}`, body);
    expect(answer.statusCode).toBe(200);
    ids.push(answer.json<{ SubscriptionID: string }>().SubscriptionID);
  };
  for (let i = 0; i < MEMBERS; i += 1) {
    const member = await loggedIn(app);
    for (const tier of tiers) await ask(member, 'create', { tierID: tier.id });
    for (let tip = 0; tip < TIPS / MEMBERS; tip += 1)
      await ask(member, 'create_order', { amount: 50_000, creatorID: creator.id });
  }
  return ids;
}

/** Payers, cards, banks and the gateway's dashboard do something, for some days. */
async function happen(simulator: Simulator, unpaid: string[], random: Random): Promise<void> {
  const { control } = simulator;
  for (const id of unpaid.splice(0, 12)) {
    const what = id.startsWith('sub_') ? { subscription_id: id } : { order_id: id };
    simulator.pay({ ...what, outcome: pick(random, ['paid', 'paid', 'paid', 'late', 'authorized']) });
  }
  const { payments, subscriptions } = control.truth();
  const captured = payments.filter((payment) => payment.captured);
  for (let i = 0; i < 3 && captured.length > 0; i += 1) {
    const { id, amount } = captured[Math.floor(random() * captured.length)]!;
    const status = pick(random, ['open', 'won', 'lost']);
    const deeds = [
      () => control.refund(id, { amount: amount / 2 }),
      () => control.refund(id),
      () => control.dispute(id, { status, deduct: true, amount: amount / 2 }),
    ] as const;
    refusable(pick(random, [...deeds]));
  }
  const active = subscriptions.filter(({ status }) => status === 'active');
  if (active.length > 0) {
    const card = pick(random, ['failing', 'ok']);
    control.setCard(active[Math.floor(random() * active.length)]!.id, { card });
  }
  await control.advance(8 * DAY, { deliver: false });
}

function refusable(deed: () => unknown): void {
  try {
    deed();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

/** Numbers of events, spread over all of them. */
function deathsOf(random: Random): Set<number> {
  const part = Math.floor((EVENTS * 0.9) / KILLS);
  return new Set(Array.from({ length: KILLS }, (_, i) => i * part + 1 + Math.floor(random() * part)));
}

async function settled(app: TestApp): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while ((await app.get(Database).first<{ count: number }>(OPEN))?.count !== 0) {
    if (performance.now() > deadline) throw new Error('There is work that nobody does');
    await sleep(50);
  }
}

async function reconciled(app: TestApp, from: number): Promise<void> {
  const admin = await administrator(app);
  const { id } = (await admin.call('POST', '/admin/payments/reconcile/', { from })).json<{ id: number }>();
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await admin.call('GET', `/admin/payments/reconcile/${id}/`);
    const { status } = answer.json<{ status: string }>();
    if (status === 'done') return settled(app);
    if (status === 'failed' || performance.now() > deadline) throw new Error(`It was not compared: ${answer.body}`);
    await sleep(50);
  }
}

it('a server that is killed again and again while the gateway is in turmoil loses nothing, and does nothing twice', async () => {
  const seed = Date.now() % 2 ** 31;
  const random = seededRandom(seed);
  const began = performance.now();
  const simulator = await startSimulator({ ...GATEWAY_KEYS, seed });
  closeAfterSpec(() => simulator.close());
  const { control } = simulator;
  const start = control.now();
  const DATA_DIR = temporaryFolder();
  closeAfterSpec(() => stopEmbedded(DATA_DIR));
  // Without a database it brings one along, which outlives it.
  const DATABASE_URL = process.env.TEST_DATABASE_URL ? await specDatabase() : '';
  const environment = { ...gatewaySettings(simulator), DATABASE_URL, DATA_DIR };
  const shop = await startTestApp(environment);
  const unpaid = await checkouts(shop);
  const orders = unpaid.filter((id) => id.startsWith('order_'));
  unpaid.sort(() => random() - 0.5);
  await shop.close();

  const { app: mortal, url } = await MortalApp.start(environment, deathsOf(random));
  control.setWebhook({ url });
  simulator.setChaos(CHAOS);
  while (control.deliveries().length < EVENTS) {
    await mortal.up();
    await happen(simulator, unpaid, random);
    await control.flush({ retries: false });
  }
  simulator.setChaos({});
  const isOver = (): boolean => control.deliveries().every(({ state }) => state === 'delivered' || state === 'dropped');
  for (let round = 0; round < 10 && !isOver(); round += 1) {
    await mortal.up();
    await control.flush();
  }
  const sent = control.deliveries();
  expect(sent.filter(({ state }) => state !== 'delivered' && state !== 'dropped')).toEqual([]);
  await mortal.up();
  await mortal.die();

  // The last one that is started lives at the gateway's time.
  const clock = new MovableClock();
  clock.advance((control.now() - Math.floor(Date.now() / 1000)) * 1000);
  const app = await startTestApp(environment, { clock });
  await settled(app);
  const states = await app.get(Database).rows<{ id: string; state: string }>(PROCESSED);
  const done = new Set(states.filter(({ state }) => state === 'done').map(({ id }) => id));
  expect(states.filter(({ state }) => state !== 'done')).toEqual([]);
  expect([...mortal.acknowledged].filter((id) => !done.has(id))).toEqual([]);
  // Of what was never sent.
  await reconciled(app, start - 1);
  await control.flush();
  await settled(app);

  const truth = control.truth();
  await expectTrueBooks(app, truth);
  const mandates = await app.get(Database).rows<{ id: string; status: string; paid: number }>(MANDATES);
  const subscriptions = truth.subscriptions.map(({ id, status, paid_count: paid }) => ({ id, status, paid }));
  expect(mandates.sort(byId)).toEqual(subscriptions.sort(byId));
  const paid = truth.orders.filter(({ id, status }) => orders.includes(id) && status === 'paid');
  expect(await app.get(Database).first(TIPS_PAID)).toEqual({ count: paid.length });
  const seconds = Math.round((performance.now() - began) / 1000);
  const tries = sent.reduce((sum, delivery) => sum + delivery.tries.length, 0);
  process.stdout.write(
    `${sent.length} events in ${tries} tries, ${mortal.acknowledged.size} acknowledged, ` +
      `${sent.filter(({ state }) => state === 'dropped').length} never sent, ${mortal.kills + 1} kills, ${seconds} s\n`,
  );
}, 600_000);

function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  return one.id < other.id ? -1 : 1;
}
