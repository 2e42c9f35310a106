import { Redis } from 'ioredis';
import { type Counter, RateStore } from './rate-store';

/** One round trip each, and atomic: a counter never loses its end between two commands. */
const INCREMENT = `
local count = redis.call('INCR', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
  left = tonumber(ARGV[1])
end
return {count, left}`;
const GET = `return {redis.call('GET', KEYS[1]), redis.call('PTTL', KEYS[1])}`;

interface Commands {
  guildhallIncrement(key: string, ttlMs: number): Promise<[count: number, leftMs: number]>;
  guildhallGet(key: string): Promise<[count: string | null, leftMs: number]>;
}

/** A limit must never be what a request waits for. */
const PATIENCE_MS = 250;

/** Shared by all instances on one Redis. Every call may reject: see FallbackRateStore. */
export class RedisRateStore extends RateStore {
  private readonly redis: Redis & Commands;

  constructor(
    url: string,
    private readonly prefix = 'guildhall:rate:',
  ) {
    super();
    const redis = new Redis(url, {
      lazyConnect: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      connectTimeout: 2_000,
      disconnectTimeout: PATIENCE_MS,
      commandTimeout: PATIENCE_MS,
      retryStrategy: (attempt) => Math.min(attempt * 200, 5_000),
      scripts: {
        guildhallIncrement: { lua: INCREMENT, numberOfKeys: 1 },
        guildhallGet: { lua: GET, numberOfKeys: 1 },
      },
    });
    // Without a listener ioredis writes to the console; the commands report the same by rejecting.
    redis.on('error', () => {});
    this.redis = redis as Redis & Commands;
  }

  /** Resolves when the first connection stands, rejects when it doesn't; ioredis goes on trying. */
  connect(): Promise<void> {
    return this.redis.connect();
  }

  async increment(key: string, ttlMs: number): Promise<Counter> {
    const [count, left] = await this.redis.guildhallIncrement(this.prefix + key, Math.ceil(ttlMs));
    return { count, resetMs: left };
  }

  async get(key: string): Promise<Counter | undefined> {
    const [count, left] = await this.redis.guildhallGet(this.prefix + key);
    return count === null ? undefined : { count: Number(count), resetMs: Math.max(0, left) };
  }

  async set(key: string, count: number, ttlMs: number): Promise<void> {
    await this.redis.set(this.prefix + key, count, 'PX', Math.ceil(ttlMs));
  }

  async delete(key: string): Promise<void> {
    await this.redis.del(this.prefix + key);
  }

  close(): void {
    this.redis.disconnect();
  }
}
