import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { benchDatabase } from '../bench-database';
import type { Effort, Figures } from '../figures';
import type { Scenario, Suite } from '../scenario';
import type { ServerProcess } from '../server-process';
import { Deliveries } from './deliveries';
import { seedOrders } from './seed';
import { measureSettlement, type Settlement } from './settlement';

const secret = (): string => randomBytes(32).toString('base64url');
const environment = {
  JWT_SECRET: secret(),
  FIELD_ENCRYPTION_KEY: secret(),
  ADMIN_USERNAME: 'bench-admin',
  ADMIN_EMAIL: 'admin@bench.example',
  ADMIN_PASSWORD: secret(),
  RAZORPAY_KEY_ID: 'rzp_test_Bench000000001',
  RAZORPAY_KEY_SECRET: secret(),
  RAZORPAY_WEBHOOK_SECRET: secret(),
  // Nobody is there, and nobody is asked: a captured payment of an order is told in full.
  RAZORPAY_BASE_URL: 'http://127.0.0.1:9',
};
const FRESH = 'webhook, fresh';
/** Of what is acknowledged a second at most. */
const SHARE_TO_SETTLE = 0.5;

/** The connection of a run; `conclude` closes it. */
let database: Client;
let deliveries: Deliveries;

/** Razorpay's deliveries: how many are acknowledged, and how long until what they tell is applied. */
export const webhooksSuite: Suite = {
  bareServer: 'webhooks/bare/server.js',
  environment,
  databases: async () => [await benchDatabase()],
  async prepare(_appUrl, databaseUrl) {
    await seedOrders(databaseUrl);
    database = new Client({ connectionString: databaseUrl });
    await database.connect();
    deliveries = new Deliveries(environment.RAZORPAY_WEBHOOK_SECRET, database);
    return [scenario(FRESH, 'fresh'), scenario('webhook, repeated', 'repeated')];
  },
  async conclude(app, answered, effort) {
    const fresh = answered.get(FRESH);
    if (fresh !== undefined) await settle(app, fresh, effort);
    await database.end();
  },
};

function scenario(name: string, kind: 'fresh' | 'repeated'): Scenario {
  return {
    name,
    status: 200,
    plan: async (url) => {
      await deliveries.clear();
      return deliveries[kind](url);
    },
  };
}

async function settle({ url }: ServerProcess, { requestsPerSecond }: Figures, effort: Effort): Promise<void> {
  await deliveries.clear();
  const perSecond = Math.round(requestsPerSecond * SHARE_TO_SETTLE);
  report(await measureSettlement(url, deliveries, database, { ...effort, seconds: effort.seconds * 2, perSecond }));
}

function report({ sentPerSecond, appliedPerSecond, acknowledged, applied, backlog, secondsToRest }: Settlement): void {
  const times = ({ p50, p99 }: Settlement['applied']): string => `p50 ${p50.toFixed(2)} ms   p99 ${p99.toFixed(2)} ms`;
  console.log(`settlement, at ${SHARE_TO_SETTLE} of what is acknowledged fresh`);
  console.log(`  sent    ${sentPerSecond.toFixed(0).padStart(6)} /s      acknowledged after   ${times(acknowledged)}`);
  console.log(`  applied ${appliedPerSecond.toFixed(0).padStart(6)} /s      and applied after     ${times(applied)}`);
  console.log(`  ${backlog} were open at the end; all at rest ${secondsToRest.toFixed(1)} s later`);
}
