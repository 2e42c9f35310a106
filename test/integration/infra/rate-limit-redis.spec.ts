import { randomInt, randomUUID } from 'node:crypto';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Redis } from 'ioredis';
import { FallbackRateStore } from '../../../src/infra/rate-limit/fallback-rate-store';
import { MemoryRateStore } from '../../../src/infra/rate-limit/memory-rate-store';
import { RATE_POLICIES } from '../../../src/infra/rate-limit/rate-limit.policies';
import { RateStore } from '../../../src/infra/rate-limit/rate-store';
import { RedisRateStore } from '../../../src/infra/rate-limit/redis-rate-store';
import { httpApp } from '../../e2e/http.kit';
import { describeWithRedis, REDIS_URL } from '../../setup/on-redis';

describeWithRedis('RedisRateStore', () => {
  const prefix = `guildhall-test:${randomUUID()}:`;
  const stores: RedisRateStore[] = [];

  async function connected(): Promise<RedisRateStore> {
    const store = new RedisRateStore(REDIS_URL, prefix);
    stores.push(store);
    await store.connect();
    return store;
  }

  afterAll(async () => {
    for (const store of stores) store.close();
    const redis = new Redis(REDIS_URL);
    const keys = await redis.keys(`${prefix}*`);
    if (keys.length > 0) await redis.del(...keys);
    redis.disconnect();
  });

  it('counts for all instances together, none lost', async () => {
    const [one, other] = [await connected(), await connected()];
    const hits = Array.from({ length: 100 }, (_, i) => (i % 2 ? one : other).increment('race', 60_000));
    const counts = (await Promise.all(hits)).map(({ count }) => count);
    expect(counts.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    expect(await other.get('race')).toMatchObject({ count: 100 });
  });

  it('starts the end of a counter with its first hit', async () => {
    const store = await connected();
    const first = await store.increment('life', 60_000);
    expect(first).toEqual({ count: 1, resetMs: 60_000 });
    const second = await store.increment('life', 600_000);
    expect(second.count).toBe(2);
    expect(second.resetMs).toBeLessThanOrEqual(60_000);
  });

  it('gives an end to a counter that has lost it', async () => {
    const store = await connected();
    const redis = new Redis(REDIS_URL);
    await redis.set(`${prefix}endless`, 5);
    expect(await store.increment('endless', 1_000)).toEqual({ count: 6, resetMs: 1_000 });
    expect(await redis.pttl(`${prefix}endless`)).toBeGreaterThan(0);
    redis.disconnect();
  });

  it('sets, reads and deletes', async () => {
    const store = await connected();
    expect(await store.get('block')).toBeUndefined();
    await store.set('block', 3, 1_500.5);
    const counter = await store.get('block');
    expect(counter?.count).toBe(3);
    expect(counter?.resetMs).toBeGreaterThan(0);
    expect(counter?.resetMs).toBeLessThanOrEqual(1_501);
    await store.delete('block');
    expect(await store.get('block')).toBeUndefined();
    expect(await store.increment('block', 1_000)).toMatchObject({ count: 1 });
  });

  it('forgets a counter at its end', async () => {
    const store = await connected();
    await store.set('short', 1, 1);
    // Redis counts real milliseconds; a counter that stayed would end the test by its own deadline.
    while ((await store.get('short')) !== undefined);
    expect(await store.get('short')).toBeUndefined();
  });
});

describeWithRedis('several instances', () => {
  it('limit an address together', async () => {
    const [one, other] = [await httpApp({ REDIS_URL }), await httpApp({ REDIS_URL })];
    // The counters of a shared Redis outlive this run, so each run has an address of its own.
    const remoteAddress = `198.18.${randomInt(256)}.${randomInt(256)}`;
    const remaining: number[] = [];
    for (const { app } of [one, other, one, other]) {
      const { headers } = await app.inject({ method: 'POST', url: '/limited', remoteAddress });
      remaining.push(Number(headers['ratelimit-remaining']));
    }
    const { limit } = RATE_POLICIES['sign-in'];
    expect(remaining).toEqual([limit - 1, limit - 2, limit - 3, limit - 4]);
    await one.app.get<RateStore>(RateStore).delete(`sign-in:${remoteAddress}`);
    await Promise.all([one.app.close(), other.app.close()]);
  });
});

describe('a Redis that is away', () => {
  it('stops neither the start nor the limits', async () => {
    const { app } = await httpApp({ REDIS_URL: 'redis://127.0.0.1:1' });
    const statuses: number[] = [];
    for (let i = 0; i <= RATE_POLICIES['sign-in'].limit; i++) {
      statuses.push((await app.inject({ method: 'POST', url: '/limited' })).statusCode);
    }
    expect(statuses.slice(-2)).toEqual([201, 429]);
    await app.close();
  });

  const closers: (() => void)[] = [];

  afterAll(() => {
    for (const close of closers) close();
  });

  /** Something on a free port that is greeted as a Redis and then never answers a command of ours. */
  async function silentServer(): Promise<{ url: string; server: Server }> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('data', (data) => greet(socket, data.toString().toLowerCase()));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return { url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
  }

  function greet(socket: Socket, text: string): void {
    for (const command of text.split(/^\*\d+\r\n/m).slice(1)) {
      if (command.includes('eval')) return;
      socket.write(command.includes('info\r\n') && !command.includes('client') ? '$8\r\nredis:ok\r\n' : '+OK\r\n');
    }
  }

  it('leaves each instance to count by itself: nothing listens', async () => {
    const { url, server } = await silentServer();
    await new Promise((resolve) => server.close(resolve));
    const redis = new RedisRateStore(url);
    closers.push(() => redis.close());
    await expect(redis.connect()).rejects.toThrow();
    const store = new FallbackRateStore(redis, new MemoryRateStore());
    expect(await store.increment('a', 1_000)).toMatchObject({ count: 1 });
    expect(await store.increment('a', 1_000)).toMatchObject({ count: 2 });
  });

  it('leaves each instance to count by itself: it never answers', async () => {
    const { url } = await silentServer();
    const redis = new RedisRateStore(url);
    closers.push(() => redis.close());
    await redis.connect();
    await expect(redis.increment('a', 60_000)).rejects.toThrow('Command timed out');
    const store = new FallbackRateStore(redis, new MemoryRateStore());
    expect(await store.increment('a', 60_000)).toMatchObject({ count: 1 });
    expect(await store.increment('a', 60_000)).toMatchObject({ count: 2 });
  });
});
