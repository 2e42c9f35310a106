import { Logger } from '@nestjs/common';
import { type Counter, RateStore } from './rate-store';

/** How long a shared store that failed is left alone. */
const PAUSE_MS = 1_000;

/** The shared store while it answers, else each instance's own: a limit that is too generous beats an outage. */
export class FallbackRateStore extends RateStore {
  private readonly logger = new Logger('RateLimit');
  private down = false;
  private askAgainAt = 0;

  constructor(
    private readonly shared: RateStore,
    private readonly own: RateStore,
    private readonly now: () => number = () => performance.now(),
  ) {
    super();
  }

  increment(key: string, ttlMs: number): Promise<Counter> {
    return this.first((store) => store.increment(key, ttlMs));
  }

  get(key: string): Promise<Counter | undefined> {
    return this.first((store) => store.get(key));
  }

  set(key: string, count: number, ttlMs: number): Promise<void> {
    return this.first((store) => store.set(key, count, ttlMs));
  }

  async delete(key: string): Promise<void> {
    await this.own.delete(key);
    await this.first((store) => store.delete(key));
  }

  private async first<T>(ask: (store: RateStore) => Promise<T>): Promise<T> {
    if (this.down && this.now() < this.askAgainAt) return ask(this.own);
    try {
      const answer = await ask(this.shared);
      if (this.down) this.logger.log('Redis answers again: rate limits are shared');
      this.down = false;
      return answer;
    } catch (error) {
      if (!this.down) this.logger.warn(`Redis does not answer (${nameOf(error)}): rate limits are per instance`);
      this.down = true;
      this.askAgainAt = this.now() + PAUSE_MS;
      return ask(this.own);
    }
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
