import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { accountsSuite } from './accounts/suite';
import type { BenchDatabase } from './bench-database';
import { feedSuite } from './feed/suite';
import { type Effort, type Figures, median } from './figures';
import { measure } from './measure';
import type { Scenario, Suite } from './scenario';
import { notificationsSuite } from './notifications/suite';
import { ServerProcess } from './server-process';
import { webhooksSuite } from './webhooks/suite';

const SUITES: Readonly<Record<string, Suite>> = {
  accounts: accountsSuite,
  feed: feedSuite,
  webhooks: webhooksSuite,
  notifications: notificationsSuite,
};
const SERVER_CORE = 0;

interface Compared {
  readonly app: Figures;
  readonly bare: Figures;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '16' },
    posts: { type: 'string', default: '1000000' },
    only: { type: 'string', default: '' },
  },
});

async function run(): Promise<void> {
  const suite = SUITES[positionals[0] ?? ''];
  if (suite === undefined) throw new Error(`npm run bench -- ${Object.keys(SUITES).join(' | ')}`);
  const all: Map<string, Compared>[] = [];
  for (const database of await suite.databases(Number(values.posts))) {
    try {
      all.push(await runOn(suite, database));
    } finally {
      await database.release();
    }
  }
  const [small, large] = all;
  if (small !== undefined && large !== undefined) reportGrowth(small, large);
}

async function runOn(suite: Suite, database: BenchDatabase): Promise<Map<string, Compared>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'guildhall-bench-data-'));
  const environment = {
    ...suite.environment,
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    RATE_LIMITS: 'off',
    LOG_LEVEL: 'info',
  };
  const servers: ServerProcess[] = [];
  const compared = new Map<string, Compared>();
  try {
    const app = await ServerProcess.start(join(__dirname, '../src/main.js'), environment, '/health/live', SERVER_CORE);
    servers.push(app);
    const scenarios = await suite.prepare(app.url, database.url);
    const bare = await ServerProcess.start(join(__dirname, suite.bareServer), environment, '/', SERVER_CORE);
    servers.push(bare);
    console.log(`${database.server}, Node ${process.version}, each server on core ${SERVER_CORE}`);
    for (const scenario of scenarios.filter(({ name }) => name.includes(values.only))) {
      const figures = await compare(scenario, app, bare);
      report(scenario.name, figures);
      compared.set(scenario.name, figures);
    }
    await suite.conclude?.(app, new Map([...compared].map(([name, figures]) => [name, figures.app])), effort());
  } finally {
    for (const server of servers) await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return compared;
}

function effort(): Effort {
  return { seconds: Number(values.seconds), connections: Number(values.connections) };
}

/** Rounds in turn, so that what else the machine does meets both alike. The first one only warms up. */
async function compare(scenario: Scenario, app: ServerProcess, bare: ServerProcess): Promise<Compared> {
  const figures: { app: Figures[]; bare: Figures[] } = { app: [], bare: [] };
  for (const server of [bare, app]) await measure(scenario, server, { ...effort(), seconds: 2 });
  for (let round = 0; round < Number(values.rounds); round += 1) {
    figures.bare.push(await measure(scenario, bare, effort()));
    figures.app.push(await measure(scenario, app, effort()));
  }
  return { app: median(figures.app), bare: median(figures.bare) };
}

function report(name: string, { app, bare }: Compared): void {
  const line = (who: string, { requestsPerSecond, p50, p99, cpuMicroseconds }: Figures): string =>
    `  ${who.padEnd(6)}${requestsPerSecond.toFixed(0).padStart(8)} req/s   p50 ${p50.toFixed(2)} ms   p99 ${p99.toFixed(2)} ms   ${cpuMicroseconds.toFixed(0)} µs CPU a request`;
  const throughput = app.requestsPerSecond / bare.requestsPerSecond;
  const cpu = app.cpuMicroseconds / bare.cpuMicroseconds;
  console.log(`${name}\n${line('bare', bare)}\n${line('app', app)}`);
  console.log(`  ratio  throughput ${throughput.toFixed(2)}   CPU ${cpu.toFixed(2)}`);
}

/** What ten times the data costs. */
function reportGrowth(small: Map<string, Compared>, large: Map<string, Compared>): void {
  console.log('p50 of the app, large to small');
  for (const [name, { app }] of large) {
    const before = small.get(name)?.app.p50 ?? Number.NaN;
    console.log(`  ${name.padEnd(26)}${(app.p50 / before).toFixed(2)}`);
  }
}

run().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
