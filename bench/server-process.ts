import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 60_000;
/** Of /proc/<pid>/stat; the kernel counts in hundredths of a second everywhere Node runs. */
const TICKS_PER_SECOND = 100;

/** A server in a process of its own, held to one core, whose CPU time can be read. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /** Resolves when `path` answers. `core` is the only one it may use. */
  static async start(
    script: string,
    environment: Record<string, string>,
    path: string,
    core: number,
  ): Promise<ServerProcess> {
    const port = await freePort();
    const child = spawn('taskset', ['-c', String(core), process.execPath, script], {
      env: { ...process.env, ...environment, PORT: String(port), HOST: '127.0.0.1' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const server = new ServerProcess(child, `http://127.0.0.1:${port}`);
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      if (child.exitCode !== null) throw new Error(`${script} ended with ${child.exitCode}`);
      if (performance.now() > deadline) throw new Error(`${script} does not answer`);
      const answer = await fetch(server.url + path).catch(() => undefined);
      await answer?.arrayBuffer();
      if (answer?.ok) return server;
      await sleep(100);
    }
  }

  /** User and system time since the start, in seconds. */
  cpuSeconds(): number {
    const stat = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  }

  /** What it holds of memory. */
  residentMegabytes(): number {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
