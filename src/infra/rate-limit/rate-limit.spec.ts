import { Logger } from '@nestjs/common';
import { addressKey } from './address-key';
import { FallbackRateStore } from './fallback-rate-store';
import { FailureLimiter } from './failure-limiter';
import { MemoryRateStore } from './memory-rate-store';
import { FAILED_SIGNATURES } from './rate-limit.policies';
import { RateStore, type Counter } from './rate-store';
import { tooManyRequests } from './too-many-requests';
import type { Settings } from '../config/settings';

describe('addressKey', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002:ffff::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['1::2:3:4:5', '1:0:0:0::/64'],
    ['nonsense', 'nonsense'],
    ['', ''],
    [':::', ':::'],
  ])('%s counts as %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});

describe('tooManyRequests', () => {
  it('speaks as DRF does', () => {
    expect(tooManyRequests(41_001)).toMatchObject({
      status: 429,
      message: 'Request was throttled. Expected available in 42 seconds.',
      details: { retryAfterSeconds: 42 },
    });
    expect(tooManyRequests(0).message).toBe('Request was throttled. Expected available in 1 second.');
  });
});

describe('MemoryRateStore', () => {
  let now: number;
  let store: MemoryRateStore;

  beforeEach(() => {
    now = 1_000;
    store = new MemoryRateStore(10, () => now);
  });

  it('counts from the first hit to the end of its time', async () => {
    expect(await store.increment('a', 500)).toEqual({ count: 1, resetMs: 500 });
    now += 499;
    expect(await store.increment('a', 500)).toEqual({ count: 2, resetMs: 1 });
    now += 1;
    expect(await store.get('a')).toBeUndefined();
    expect(await store.increment('a', 500)).toEqual({ count: 1, resetMs: 500 });
  });

  it('sets, reads and deletes', async () => {
    await store.set('a', 7, 100);
    expect(await store.get('a')).toEqual({ count: 7, resetMs: 100 });
    expect(await store.increment('a', 9_999)).toEqual({ count: 8, resetMs: 100 });
    await store.delete('a');
    expect(await store.get('a')).toBeUndefined();
  });

  it('never holds more than it may: what has ended goes first, then the oldest', async () => {
    for (let i = 0; i < 10; i++) await store.increment(`old-${i}`, i === 5 ? 1 : 1_000);
    now += 10;
    await store.increment('new', 1_000);
    expect(store.size).toBeLessThanOrEqual(10);
    expect(await store.get('old-5')).toBeUndefined();
    expect(await store.get('old-0')).toBeDefined();
    for (let i = 0; i < 100_000; i++) await store.increment(`flood-${i}`, 1_000);
    expect(store.size).toBeLessThanOrEqual(10);
    expect(await store.get('old-0')).toBeUndefined();
    expect(await store.get('flood-99999')).toMatchObject({ count: 1 });
  });
});

class BrokenStore extends RateStore {
  asked = 0;
  broken = true;

  increment(): Promise<Counter> {
    this.asked += 1;
    return this.broken ? Promise.reject(new Error('no Redis')) : Promise.resolve({ count: 40, resetMs: 5 });
  }

  get(): Promise<Counter | undefined> {
    return this.increment();
  }

  async set(): Promise<void> {
    await this.increment();
  }

  async delete(): Promise<void> {
    await this.increment();
  }
}

describe('FallbackRateStore', () => {
  const warnings: unknown[] = [];
  let now: number;
  let shared: BrokenStore;
  let store: FallbackRateStore;

  beforeEach(() => {
    warnings.length = 0;
    jest.spyOn(Logger.prototype, 'warn').mockImplementation((message: unknown) => warnings.push(message));
    jest.spyOn(Logger.prototype, 'log').mockImplementation((message: unknown) => warnings.push(message));
    now = 0;
    shared = new BrokenStore();
    store = new FallbackRateStore(shared, new MemoryRateStore(), () => now);
  });

  afterEach(() => jest.restoreAllMocks());

  it('counts by itself while the shared store is away, says so once, and asks again after a second', async () => {
    for (let i = 1; i <= 5; i++) expect(await store.increment('a', 1_000)).toMatchObject({ count: i });
    expect(shared.asked).toBe(1);
    now = 1_000;
    await store.increment('a', 1_000);
    expect(shared.asked).toBe(2);
    expect(warnings).toEqual(['Redis does not answer (no Redis): rate limits are per instance']);
  });

  it('goes back when it answers again, and says so', async () => {
    await store.increment('a', 1_000);
    shared.broken = false;
    now = 1_000;
    expect(await store.increment('a', 1_000)).toMatchObject({ count: 40 });
    expect(await store.increment('a', 1_000)).toMatchObject({ count: 40 });
    expect(warnings).toHaveLength(2);
  });

  it('does every kind of work by itself', async () => {
    await store.set('a', 3, 1_000);
    expect(await store.get('a')).toMatchObject({ count: 3 });
    await store.delete('a');
    expect(await store.get('a')).toBeUndefined();
  });
});

describe('FailureLimiter', () => {
  const limiterWith = (rateLimits: boolean) =>
    new FailureLimiter(new MemoryRateStore(10, () => 0), { rateLimits } as Settings);

  it('shuts out an address whose signatures failed too often, for that source only', async () => {
    const limiter = limiterWith(true);
    for (let i = 0; i < FAILED_SIGNATURES.limit; i++) {
      await limiter.check('lernito', '192.0.2.1');
      await limiter.failed('lernito', '192.0.2.1');
    }
    await expect(limiter.check('lernito', '192.0.2.1')).rejects.toMatchObject({
      status: 429,
      details: {
        headers: {
          'ratelimit-limit': String(FAILED_SIGNATURES.limit),
          'ratelimit-remaining': '0',
          'ratelimit-reset': String(FAILED_SIGNATURES.windowSeconds),
        },
      },
    });
    await expect(limiter.check('lernito', '192.0.2.2')).resolves.toBeUndefined();
    await expect(limiter.check('razorpay', '192.0.2.1')).resolves.toBeUndefined();
  });

  it('is lifted with the other limits', async () => {
    const limiter = limiterWith(false);
    for (let i = 0; i < 100; i++) await limiter.failed('lernito', '192.0.2.1');
    await expect(limiter.check('lernito', '192.0.2.1')).resolves.toBeUndefined();
  });
});
