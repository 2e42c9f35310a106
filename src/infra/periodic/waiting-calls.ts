import { Injectable } from '@nestjs/common';

/** Over about this time they are counted: they come and go in bursts. */
const MEMORY_MS = 100;

/**
 * The calls of this instance whose senders wait for a word and for nothing else. While there are many, work that nobody
 * waits for rests: it has hours, they have seconds.
 */
@Injectable()
export class WaitingCalls {
  /** From so many at one time on, on the average, there are many. */
  readonly many: number = 4;
  private inFlight = 0;
  private average = 0;
  private averagedAt = performance.now();

  get count(): number {
    return this.inFlight;
  }

  get areMany(): boolean {
    this.look();
    return this.average >= this.many;
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.look();
    this.inFlight += 1;
    try {
      return await work();
    } finally {
      this.look();
      this.inFlight -= 1;
    }
  }

  /** The average follows what has been since the last look. */
  private look(): void {
    const now = performance.now();
    const weight = Math.exp((this.averagedAt - now) / MEMORY_MS);
    this.average = this.inFlight + (this.average - this.inFlight) * weight;
    this.averagedAt = now;
  }
}
