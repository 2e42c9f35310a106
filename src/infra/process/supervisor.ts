import cluster, { type Worker } from 'node:cluster';
import { Logger } from '@nestjs/common';

const SHORT_LIFE_MS = 5_000;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Keeps `size` worker processes alive: one that dies is replaced at once, or after a growing pause while workers die
 * young. `stop` hands the signal on and resolves when the last has ended.
 */
export class Supervisor {
  private readonly logger = new Logger(Supervisor.name);
  private readonly pauses = new Set<NodeJS.Timeout>();
  private youngDeaths = 0;
  private stopping = false;
  private emptied: (() => void) | undefined;

  constructor(private readonly size: number) {}

  start(): void {
    for (let index = 0; index < this.size; index += 1) this.fork();
  }

  async stop(signal: NodeJS.Signals): Promise<void> {
    this.stopping = true;
    for (const pause of this.pauses) clearTimeout(pause);
    const empty = new Promise<void>((resolve) => (this.emptied = resolve));
    const workers = this.workers();
    if (workers.length === 0) return;
    for (const worker of workers) worker.process.kill(signal);
    await empty;
  }

  private fork(): void {
    const worker = cluster.fork();
    const bornAt = performance.now();
    worker.once('exit', (code: number | null, signal: string | null) => {
      if (this.stopping) {
        if (this.workers().length === 0) this.emptied?.();
        return;
      }
      this.logger.error(`worker ${worker.process.pid} ended (${signal ?? code}); another takes its place`);
      this.youngDeaths = performance.now() - bornAt < SHORT_LIFE_MS ? this.youngDeaths + 1 : 0;
      this.forkAfter(this.youngDeaths === 0 ? 0 : Math.min(250 * 2 ** this.youngDeaths, LONGEST_PAUSE_MS));
    });
  }

  private forkAfter(milliseconds: number): void {
    const pause = setTimeout(() => {
      this.pauses.delete(pause);
      this.fork();
    }, milliseconds);
    this.pauses.add(pause);
  }

  private workers(): Worker[] {
    return Object.values(cluster.workers ?? {}).filter((worker): worker is Worker => worker?.isDead() === false);
  }
}
