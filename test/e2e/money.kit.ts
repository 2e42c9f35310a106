import { setTimeout as sleep } from 'node:timers/promises';
import { Database, statement } from '../../src/infra/database/database';
import { type Simulator, startSimulator } from '../../src/payment/simulator/simulator';
import { MovableClock } from '../fakes/movable-clock';
import { closeAfterSpec } from '../setup/spec-database';
import { startTestApp, type TestApp } from '../setup/test-app';

export const GATEWAY_KEYS = {
  keyId: 'rzp_test_GuildhallSpecs',
  keySecret: 'spec-key-secret-40aX91',
  webhookSecret: 'spec-webhook-secret-7Qd2',
};
const DAY_MS = 86_400_000;
const PATIENCE_MS = 20_000;

export interface MoneyApp extends TestApp {
  readonly simulator: Simulator;
  readonly clock: MovableClock;
  /** Another instance on the same database and gateway. */
  another(): Promise<TestApp>;
  /** Moves the gateway's time and ours, day by day, until everything that happened has been told and done. */
  pass(days: number): Promise<void>;
  /** Resolves when every webhook is taken and processed, and every fact delivered. */
  settled(): Promise<void>;
}

const OPEN = statement(
  'test.open-work',
  `select (select count(*) from webhook_delivery where state = 'pending')
     + (select count(*) from outbox_delivery where status = 'pending') as count`,
);

/** What an application needs to sell by this simulator. */
export function gatewaySettings(simulator: Simulator): Record<string, string> {
  return {
    RAZORPAY_KEY_ID: simulator.keyId,
    RAZORPAY_KEY_SECRET: simulator.keySecret,
    RAZORPAY_WEBHOOK_SECRET: simulator.webhookSecret,
    RAZORPAY_BASE_URL: simulator.url,
  };
}

/** The application with Razorpay's simulator, whose webhooks reach it over HTTP. */
export async function startMoneyApp(overrides: Record<string, string> = {}): Promise<MoneyApp> {
  const clock = new MovableClock();
  const simulator = await startSimulator({ ...GATEWAY_KEYS, seed: 11 });
  closeAfterSpec(() => simulator.close());
  const environment = {
    ...gatewaySettings(simulator),
    ACCESS_TOKEN_TTL: '365d',
    REFRESH_TOKEN_TTL: '366d',
    ...overrides,
  };
  const another = (): Promise<TestApp> => startTestApp(environment, { clock });
  const app = await another();
  simulator.control.setWebhook({ url: `${await app.url()}/razorpay/webhooks/` });
  const settled = async (): Promise<void> => {
    await simulator.control.flush();
    await worked(app.get(Database));
  };
  const pass = async (days: number): Promise<void> => {
    for (let day = 0; day < days; day += 1) {
      clock.advance(DAY_MS);
      // To the moment and not by a day: what happens on the way takes time, by which theirs would fall behind.
      await simulator.control.moveTo(Math.max(simulator.control.now(), Math.floor(clock.now().getTime() / 1000)));
      await settled();
    }
  };
  return { ...app, simulator, clock, another, pass, settled };
}

async function worked(database: Database): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    if ((await database.first<{ count: number }>(OPEN))?.count === 0) return;
    if (performance.now() > deadline) throw new Error('There is work that nobody does');
    await sleep(20);
  }
}
