import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeAfterSpec } from './spec-database';

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
    if (this.isRunning) this.child.kill(name);
    return this.ended;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Resolves when the text has been written; rejects when the process has ended without. */
  async says(text: string): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    while (!this.text.includes(text)) {
      if (!this.isRunning || performance.now() > deadline) throw new Error(`«${text}» was not said, but: ${this.text}`);
      await sleep(10);
    }
  }
}

/** Runs a TypeScript file of the tests in a Node process of its own, with these variables and no others of ours. */
export function startScript(
  file: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): TestProcess {
  return launch(['-r', join(__dirname, 'typescript-hook.cjs'), file, ...args], environment);
}

/** Below the ports from which connections get theirs: until its server listens, nobody takes it by chance. */
const PORTS = { first: 10_000, count: 22_000 };

export async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.first + randomInt(PORTS.count);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}

/** Runs Node on a file with these variables and, of ours, only what a program needs. */
export function launch(args: readonly string[], environment: Record<string, string>): TestProcess {
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, ...environment };
  return new TestProcess(spawn(process.execPath, args, { cwd: PROJECT, env, stdio: ['ignore', 'pipe', 'pipe'] }));
}
