import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { Database } from '../../../src/infra/database/database';
import type { NewsBus } from '../../../src/notification/live/news-bus';
import { PostgresNewsBus } from '../../../src/notification/live/postgres-news-bus';
import { RedisNewsBus } from '../../../src/notification/live/redis-news-bus';
import { describeOnPostgres } from '../../setup/on-postgres';
import { describeWithRedis, REDIS_URL } from '../../setup/on-redis';
import { closeAfterSpec } from '../../setup/spec-database';
import { startTestDatabase, type TestDatabase } from '../../setup/test-database';

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error('In vain waited');
    await sleep(10);
  }
}

/** Hears into the list that it gives. */
async function heardBy(bus: NewsBus): Promise<number[]> {
  const heard: number[] = [];
  await bus.start((accountIds) => heard.push(...accountIds));
  return heard;
}

function closing<T extends NewsBus>(bus: T): T {
  closeAfterSpec(() => bus.close());
  return bus;
}

function carriesNews(make: () => NewsBus): void {
  it('carries news to the others, and not back', async () => {
    const [one, two, silent] = [make(), make(), make()].map(closing) as [NewsBus, NewsBus, NewsBus];
    const [heardByOne, heardByTwo] = [await heardBy(one), await heardBy(two)];
    expect([one.connected, two.connected, silent.connected]).toEqual([true, true, false]);
    await one.publish([1, 2]);
    await silent.publish([3]);
    await two.publish(Array.from({ length: 3_000 }, (_, index) => 1_000_000 + index));
    await until(() => heardByTwo.length === 3 && heardByOne.length === 3_001);
    expect(heardByTwo).toEqual([1, 2, 3]);
    expect(heardByOne.slice(0, 3)).toEqual([3, 1_000_000, 1_000_001]);
  });
}

describeOnPostgres('by PostgreSQL', () => {
  let test: TestDatabase;
  const make = (): PostgresNewsBus => new PostgresNewsBus(test.get(Database), test.get(DataSource));

  beforeAll(async () => {
    test = await startTestDatabase();
  });

  carriesNews(make);

  it('connects again after its connection was lost, and says meanwhile that it does not hear', async () => {
    const [one, two] = [closing(make()), closing(make())];
    const heard = await heardBy(one);
    await test.database.manager.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query ilike 'listen %' and pid <> pg_backend_pid()`,
    );
    await until(() => !one.connected);
    await until(() => one.connected);
    await two.publish([7]);
    await until(() => heard.length === 1);
  });

  it('lets go of its connection', async () => {
    const bus = make();
    await heardBy(bus);
    const listening = async (): Promise<number> =>
      (
        await test.database.manager.query<object[]>(
          `select 1 from pg_stat_activity where datname = current_database() and query ilike 'listen %' and pid <> pg_backend_pid()`,
        )
      ).length;
    const before = await listening();
    await bus.close();
    for (const deadline = performance.now() + 5_000; (await listening()) >= before;) {
      if (performance.now() > deadline) throw new Error('It still listens');
      await sleep(10);
    }
  });
});

describeWithRedis('by Redis', () => {
  const channel = `guildhall-test:${randomUUID()}`;
  carriesNews(() => new RedisNewsBus(REDIS_URL, channel));
});

describe('a Redis that is away', () => {
  it('holds nobody up, and is known to be away', async () => {
    const bus = closing(new RedisNewsBus('redis://127.0.0.1:1'));
    await heardBy(bus);
    await bus.publish([1]);
    expect(bus.connected).toBe(false);
  });

  it('that takes connections and says nothing does not either', async () => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => sockets.add(socket.on('error', () => undefined)));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closeAfterSpec(async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const bus = closing(new RedisNewsBus(`redis://127.0.0.1:${(server.address() as { port: number }).port}`));
    const startedAt = performance.now();
    await heardBy(bus);
    await bus.publish([1]);
    expect([bus.connected, performance.now() - startedAt < 8_000]).toEqual([false, true]);
  });
});
