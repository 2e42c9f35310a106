import type { ThrottlerStorage } from '@nestjs/throttler';
import type { RateStore } from './rate-store';

type StorageRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** The throttler's view of the rate store: a fixed window, blocked from the first hit over the limit to its end. */
export class RateLimitStorage implements ThrottlerStorage {
  constructor(private readonly store: RateStore) {}

  async increment(key: string, ttlMs: number, limit: number): Promise<StorageRecord> {
    const { count, resetMs } = await this.store.increment(key, ttlMs);
    const seconds = Math.ceil(resetMs / 1000);
    return { totalHits: count, timeToExpire: seconds, isBlocked: count > limit, timeToBlockExpire: seconds };
  }
}
