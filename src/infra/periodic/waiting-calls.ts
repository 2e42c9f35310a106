import { Injectable } from '@nestjs/common';

/**
 * The calls of this instance whose senders wait for a word and for nothing else. While there are many, work that nobody
 * waits for rests: it has hours, they have seconds.
 */
@Injectable()
export class WaitingCalls {
  /** From so many at one time on, there are many. */
  readonly many: number = 4;
  private inFlight = 0;

  get count(): number {
    return this.inFlight;
  }

  get areMany(): boolean {
    return this.inFlight >= this.many;
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.inFlight += 1;
    try {
      return await work();
    } finally {
      this.inFlight -= 1;
    }
  }
}
