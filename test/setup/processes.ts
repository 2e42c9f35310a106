import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureBuilt } from './built-app';
import { closeAfterSpec } from './spec-database';
import { testEnvironment } from './test-settings';

export const PROJECT = resolve(__dirname, '../..');

const PATIENCE_MS = 30_000;

/** A child process of a spec; killed when the spec file ends. */
export class TestProcess {
  private text = '';
  private readonly ended: Promise<number | NodeJS.Signals>;

  constructor(readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.text += chunk.toString()));
    this.ended = once(child, 'close').then(([code, signal]) => (signal ?? code) as number | NodeJS.Signals);
    closeAfterSpec(async () => void (await this.signal('SIGKILL')));
  }

  /** What it has written so far, to standard output and error. */
  get output(): string {
    return this.text;
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('The process has not started');
    return this.child.pid;
  }

  /** Its exit code, or the signal that ended it, when it has ended. */
  async end(): Promise<number | NodeJS.Signals> {
    return this.ended;
  }

  /** Sends a signal and waits for the end that should follow. */
  async signal(name: NodeJS.Signals): Promise<number | NodeJS.Signals> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill(name);
    return this.ended;
  }

  /** Resolves when the text has been written; rejects when the process has ended without. */
  async says(text: string): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    while (!this.text.includes(text)) {
      const over = this.child.exitCode !== null || this.child.signalCode !== null;
      if (over || performance.now() > deadline) throw new Error(`«${text}» was not said, but: ${this.text}`);
      await sleep(10);
    }
  }
}

export interface AppProcess extends TestProcess {
  readonly url: string;
}

/** Runs a TypeScript file of the tests in a Node process of its own, with these variables and no others of ours. */
export function startScript(
  file: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): TestProcess {
  return launch(['-r', join(__dirname, 'typescript-hook.cjs'), file, ...args], environment);
}

/**
 * The built app on this spec's database and a free port; resolves when it is ready. `DATABASE_URL: ''` gives it the
 * embedded server in its DATA_DIR.
 */
export async function startAppProcess(overrides: Record<string, string> = {}): Promise<AppProcess> {
  const port = String(await freePort());
  const environment = await testEnvironment({ PORT: port, PUBLIC_URL: `http://localhost:${port}`, ...overrides });
  const app = launch([await ensureBuilt()], environment);
  const url = `http://127.0.0.1:${environment.PORT}`;
  await ready(app, url);
  return Object.assign(app, { url });
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port');
  return address.port;
}

function launch(args: readonly string[], environment: Record<string, string>): TestProcess {
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, ...environment };
  return new TestProcess(spawn(process.execPath, args, { cwd: PROJECT, env, stdio: ['ignore', 'pipe', 'pipe'] }));
}

async function ready(app: TestProcess, url: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    const over = app.child.exitCode !== null || app.child.signalCode !== null;
    if (over || performance.now() > deadline) throw new Error(`The app did not become ready: ${app.output}`);
    await sleep(50);
  }
}
