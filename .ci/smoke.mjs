// Starts what was built as a process of its own, waits until it is ready, reads a few pages and stops it: the suite runs
// the sources, this the artefact. Usage: node .ci/smoke.mjs development|production [database url]
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const [mode, databaseUrl] = process.argv.slice(2);
const READY_WITHIN_MS = 60_000;
const ENDS_WITHIN_MS = 30_000;
const PAGES = ['/health/live', '/health/ready', '/docs', '/docs-json'];

const folder = mkdtempSync(join(tmpdir(), 'guildhall-smoke-'));
// Started as root, the embedded server runs as another user, who must get through.
chmodSync(folder, 0o711);
const port = await freePort();
const origin = `http://127.0.0.1:${port}`;
const environment = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  PORT: String(port),
  DATA_DIR: join(folder, 'data'),
  ...(databaseUrl && { DATABASE_URL: databaseUrl }),
  ...(mode === 'production' && {
    HOST: '127.0.0.1',
    PUBLIC_URL: origin,
    JWT_SECRET: randomBytes(32).toString('hex'),
    FIELD_ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    SHUTDOWN_DELAY: '0s',
  }),
};
const script = mode === 'production' ? ['dist/src/main.js', '--production'] : ['dist/src/main.js'];
const server = spawn(process.execPath, script, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
let output = '';
for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => (output += chunk));
const ended = once(server, 'exit');

try {
  const started = performance.now();
  await ready();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  for (const page of PAGES) await expectOk(page);
  server.kill('SIGTERM');
  const [code, signal] = await Promise.race([ended, sleep(ENDS_WITHIN_MS, ['no end'], { ref: false })]);
  if (code !== 0) throw new Error(`it ended with ${code ?? signal}`);
  console.log(`${mode}: ready after ${seconds} s, ${PAGES.length} pages, ended by itself`);
} catch (error) {
  console.error(`${error.message}\n${output}`);
  process.exitCode = 1;
  server.kill('SIGTERM');
  await Promise.race([ended, sleep(ENDS_WITHIN_MS, undefined, { ref: false })]);
} finally {
  server.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}

async function ready() {
  const until = Date.now() + READY_WITHIN_MS;
  while (Date.now() < until) {
    if (server.exitCode !== null) throw new Error(`it ended with ${server.exitCode} before it was ready`);
    const answer = await fetch(`${origin}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(50);
  }
  throw new Error(`not ready within ${READY_WITHIN_MS / 1000} s`);
}

async function expectOk(page) {
  const answer = await fetch(origin + page);
  if (!answer.ok) throw new Error(`GET ${page}: ${answer.status} ${await answer.text()}`);
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port: free } = probe.address();
  probe.close();
  return free;
}
