import { createServer } from 'node:http';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Database, statement } from '../../src/infra/database/database';
import type { PeriodicJob } from '../../src/infra/periodic/periodic-job';
import { MandateJob } from '../../src/payment/mandate/mandate.job';
import { RefundJob } from '../../src/payment/refund/refund.job';
import { type Simulator, startSimulator } from '../../src/payment/simulator/simulator';
import { PurchaseJob } from '../../src/subscription/purchase/purchase.job';
import { administrator, type LoggedIn } from '../factories/administrator';
import { StandingClock } from '../fakes/standing-clock';
import { postRazorpay } from '../factories/razorpay-webhook';
import { closeAfterSpec } from '../setup/spec-database';
import { startTestApp, type TestApp } from '../setup/test-app';
import { GATEWAY_KEYS, gatewaySettings } from './money.kit';

/** An event as the gateway sent it. */
export interface News {
  readonly name: string;
  /** Of everything it tells of. */
  readonly ids: readonly string[];
  /** What it tells of a payment that has been captured. */
  readonly captured: string | undefined;
  readonly send: () => Promise<void>;
}

/**
 * The application and Razorpay's simulator over HTTP, both at a time that stands still; between them somebody who takes
 * every event, and hands it on when told to.
 */
export interface World {
  readonly app: TestApp;
  readonly simulator: Simulator;
  /** Unix seconds. */
  now(): number;
  /** Moves the time of both, and runs what is due at the gateway. */
  moveTo(moment: number): Promise<void>;
  /** Events that came about since it was asked last, in their order. */
  news(): Promise<News[]>;
  /** Resolves when all that was handed on is processed, and every fact delivered. */
  settled(): Promise<void>;
  /** What comes around by itself has come around. */
  tidied(): Promise<void>;
  /** Everything has been compared with the gateway, and what differed is cured. */
  reconcile(): Promise<void>;
}

const PATIENCE_MS = 240_000;
const YEARS = '3650d';

/** What others than those who sell hear of is no matter of money. */
const OF_MONEY = `topic in ('payment-captured', 'payment-failed', 'refund-processed', 'dispute-changed', 'mandate-changed')`;
const OPEN = statement(
  'test.open-until',
  `select count(*) as count, min(due) as due, max(error) as error from (
     select due_at as due, last_error as error from webhook_delivery where state in ('pending', 'again')
     union all
     select run_at as due, last_error as error from outbox_delivery where status = 'pending' and ${OF_MONEY}) work`,
);
const GIVEN_UP = statement(
  'test.given-up',
  `select last_error as error from webhook_delivery where state = 'dead'
   union all select last_error as error from outbox_delivery where status = 'dead' and ${OF_MONEY}`,
);

export async function startMoneyWorld(): Promise<World> {
  const start = Math.floor(Date.now() / 1000);
  const clock = new StandingClock(new Date(start * 1000));
  // One at a time, so that they come in their order.
  const simulator = await startSimulator({ ...GATEWAY_KEYS, startAt: start, frozen: true, seed: 12, concurrency: 1 });
  closeAfterSpec(() => simulator.close());
  const environment = { ...gatewaySettings(simulator), ACCESS_TOKEN_TTL: YEARS, REFRESH_TOKEN_TTL: YEARS };
  const app = await startTestApp(environment, { clock });
  const target = `${await app.url()}/razorpay/webhooks/`;
  const taken = await takeEvents(simulator, target);
  const database = app.get(Database);
  const admin = await administrator(app);
  const world: World = {
    app,
    simulator,
    now: () => simulator.control.now(),
    moveTo: async (moment) => {
      clock.moveTo(new Date(moment * 1000));
      await simulator.control.moveTo(moment);
    },
    news: async () => {
      await simulator.control.flush();
      return taken.splice(0);
    },
    settled: () => workDone(database, clock),
    tidied: async () => {
      for (const job of [PurchaseJob, MandateJob, RefundJob]) await app.get<PeriodicJob>(job).run();
      await world.settled();
    },
    reconcile: async () => {
      const asked = await admin.call('POST', '/admin/payments/reconcile/', { from: start - 1 });
      await reconciled(admin, asked.json<{ id: number }>().id);
      await world.settled();
    },
  };
  return world;
}

async function reconciled(admin: LoggedIn, id: number): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await admin.call('GET', `/admin/payments/reconcile/${id}/`);
    const { status } = answer.json<{ status: string }>();
    if (status === 'done') return;
    if (status === 'failed' || performance.now() > deadline) throw new Error(`It was not compared: ${answer.body}`);
    await sleep(20);
  }
}

async function takeEvents(simulator: Simulator, target: string): Promise<News[]> {
  const taken: News[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      taken.push(newsOf(Buffer.concat(chunks), request.headers as Record<string, string>, target));
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closeAfterSpec(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const { port } = server.address() as { port: number };
  simulator.control.setWebhook({ url: `http://127.0.0.1:${port}/` });
  return taken;
}

interface Envelope {
  readonly event: string;
  readonly payload: Readonly<Record<string, { readonly entity: Readonly<Record<string, unknown>> }>>;
}

function newsOf(body: Buffer, headers: Record<string, string>, target: string): News {
  const { event, payload } = JSON.parse(body.toString()) as Envelope;
  const { 'x-razorpay-signature': signature = '', 'x-razorpay-event-id': id = '' } = headers;
  const entities = Object.values(payload).map(({ entity }) => entity);
  const ids = entities.flatMap((entity) => [entity['id'], entity['order_id'], entity['payment_id']]);
  return {
    name: event,
    ids: ids.filter((one): one is string => typeof one === 'string'),
    captured: event === 'payment.captured' ? String(payload['payment']?.entity['id']) : undefined,
    send: async () => {
      const answer = await postRazorpay(target, { body, signature, eventId: id });
      if (answer.status !== 200) throw new Error(`An event was answered ${answer.status}: ${await answer.text()}`);
      await answer.arrayBuffer();
    },
  };
}

/** What failed is tried again later, and time stands still: it is moved to that moment. */
async function workDone(database: Database, clock: StandingClock): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const open = await database.first<{ count: number; due: Date | null; error: string | null }>(OPEN);
    if (open === undefined || Number(open.count) === 0) break;
    if (performance.now() > deadline) throw new Error(`There is work that nobody does: ${open.error}`);
    if (open.due !== null && open.error !== null) clock.moveTo(new Date(open.due));
    await sleep(5);
  }
  const dead = await database.rows<{ error: string }>(GIVEN_UP);
  if (dead.length > 0) throw new Error(`Given up: ${JSON.stringify(dead)}`);
}
