import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../../src/common/clock';
import { statement } from '../../../src/infra/database/database';
import type { JsonObject } from '../../../src/infra/outbox/fact';
import { type Delivery, OnFact } from '../../../src/infra/outbox/on-fact';
import { OutboxDispatcher } from '../../../src/infra/outbox/outbox.dispatcher';
import { OutboxModule } from '../../../src/infra/outbox/outbox.module';
import { OutboxRepository } from '../../../src/infra/outbox/outbox.repository';
import { MAX_ATTEMPTS } from '../../../src/infra/outbox/outbox.rules';
import { OutboxService } from '../../../src/infra/outbox/outbox.service';
import { MovableClock } from '../../fakes/movable-clock';
import { startTestDatabase, type TestDatabase } from '../../setup/test-database';

const HOUR_MS = 3_600_000;
const ROWS = statement('test.outbox', 'select listener, status, attempts, last_error from outbox_delivery');
const clock = new MovableClock();

interface Row {
  listener: string;
  status: string;
  attempts: number;
  last_error: string | null;
}

/** What was heard, by every instance of this file. */
const heard: { listener: string; number: number; factId: string }[] = [];
let broken = false;

@Injectable()
class Listeners {
  @OnFact('counted', 'test.steady')
  steady(payload: JsonObject, { factId }: Delivery): Promise<void> {
    heard.push({ listener: 'steady', number: Number(payload.number), factId });
    return Promise.resolve();
  }

  @OnFact('counted', 'test.moody')
  async moody(payload: JsonObject, { factId }: Delivery): Promise<void> {
    if (broken) throw new Error('no mood');
    heard.push({ listener: 'moody', number: Number(payload.number), factId });
    return Promise.resolve();
  }

  @OnFact('sorted', 'test.even', ({ number }) => Number(number) % 2 === 0)
  even(payload: JsonObject, { factId }: Delivery): Promise<void> {
    heard.push({ listener: 'even', number: Number(payload.number), factId });
    return Promise.resolve();
  }
}

const start = (): Promise<TestDatabase> =>
  startTestDatabase({
    imports: [OutboxModule],
    providers: [Listeners],
  });

let one: TestDatabase;
let two: TestDatabase;

beforeAll(async () => {
  [one, two] = await Promise.all([start(), start()]);
  for (const instance of [one, two]) jest.spyOn(instance.get(Clock), 'now').mockImplementation(() => clock.now());
});

beforeEach(() => {
  heard.length = 0;
  broken = false;
});

const publish = (instance: TestDatabase, number: number, topic = 'counted'): Promise<readonly number[]> =>
  instance.unitOfWork.run(() => instance.get(OutboxService).publish({ topic, payload: { number } }));

const rows = (): Promise<Row[]> => one.database.rows<Row>(ROWS);

async function until(met: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 1_000; turn += 1) {
    if (await met()) return;
    await sleep(10);
  }
  throw new Error('it did not come to be');
}

it('delivers a committed fact to every listener, and leaves no row', async () => {
  await publish(one, 7);
  await until(async () => (await rows()).length === 0);
  expect(heard.map(({ listener, number }) => [listener, number]).sort()).toEqual([
    ['moody', 7],
    ['steady', 7],
  ]);
  expect(new Set(heard.map(({ factId }) => factId)).size).toBe(1);
});

it('keeps no listener busy with facts that do not concern it, not even with stored ones', async () => {
  expect(await publish(one, 1, 'sorted')).toEqual([]);
  expect(await publish(one, 2, 'sorted')).toHaveLength(1);
  await until(async () => (await rows()).length === 0);
  const stored = { id: randomUUID(), topic: 'sorted', payload: '{"number":3}', listeners: ['test.even'] };
  await one.get(OutboxRepository).add(stored, clock.now());
  one.get(OutboxDispatcher).wake();
  await until(async () => (await rows()).length === 0);
  expect(heard.map(({ listener, number }) => [listener, number])).toEqual([['even', 2]]);
});

it('can be waited for: what listeners do is done, and a failing one holds nobody up', async () => {
  await one.get(OutboxService).settled(await publish(one, 5));
  expect(heard).toHaveLength(2);
  broken = true;
  await one.get(OutboxService).settled(await publish(one, 6));
  expect((await rows()).map((row) => row.last_error)).toEqual(['no mood']);
  await one.database.execute(statement('test.outbox-clear', 'delete from outbox_delivery'));
});

it('tells nothing of a change that was rolled back', async () => {
  const failing = one.unitOfWork.run(async () => {
    await one.get(OutboxService).publish({ topic: 'counted', payload: { number: 1 } });
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  expect(await rows()).toEqual([]);
});

it('refuses a fact outside a unit of work', async () => {
  const publishing = one.get(OutboxService).publish({ topic: 'counted', payload: { number: 1 } });
  await expect(publishing).rejects.toThrow('needs a unit of work');
});

it('delivers two hundred facts once each with two instances at work', async () => {
  await Promise.all(Array.from({ length: 200 }, (_, number) => publish(number % 2 === 0 ? one : two, number)));
  await until(async () => (await rows()).length === 0);
  for (const listener of ['steady', 'moody']) {
    const numbers = heard.filter((entry) => entry.listener === listener).map(({ number }) => number);
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, number) => number));
  }
});

it('tries a failing listener again, alone, and keeps it as a dead letter in the end', async () => {
  broken = true;
  await publish(one, 3);
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    await until(async () => (await rows()).some((row) => row.attempts === attempt && row.last_error === 'no mood'));
    clock.advance(HOUR_MS);
    one.get(OutboxDispatcher).wake();
    if (attempt < MAX_ATTEMPTS) await until(async () => (await rows())[0]?.attempts !== attempt);
  }
  await until(async () => (await rows())[0]?.status === 'dead');
  expect(await rows()).toEqual([
    { listener: 'test.moody', status: 'dead', attempts: MAX_ATTEMPTS, last_error: 'no mood' },
  ]);
  expect(heard).toHaveLength(1);
  await one.database.execute(statement('test.outbox-clear', 'delete from outbox_delivery'));
});

it('gives up on a delivery whose attempts were begun and never ended', async () => {
  await one.unitOfWork.run(async () => {
    await publish(one, 4);
    await one.database.execute(statement('test.outbox-worn', 'update outbox_delivery set attempts = $1'), [
      MAX_ATTEMPTS,
    ]);
  });
  await until(async () => (await rows()).length === 2 && (await rows()).every(({ status }) => status === 'dead'));
  expect(heard).toEqual([]);
  await one.database.execute(statement('test.outbox-clear', 'delete from outbox_delivery'));
});

it('hears again what a worker that died had claimed, once its lease is over', async () => {
  for (const instance of [one, two]) await instance.get(OutboxDispatcher).beforeApplicationShutdown();
  await publish(one, 9);
  const deliveries = one.get(OutboxRepository);
  const lease = new Date(clock.now().getTime() + 15_000);
  const claimed = await deliveries.claim(clock.now(), lease, 8);
  expect(claimed).toHaveLength(2);
  expect(await deliveries.claim(clock.now(), lease, 8)).toEqual([]);
  clock.advance(16_000);
  const again = await deliveries.claim(clock.now(), new Date(clock.now().getTime() + 15_000), 8);
  expect(again.map(({ attempts }) => attempts)).toEqual([2, 2]);
  // The first worker was only slow: its word counts no more.
  for (const delivery of claimed) await deliveries.done(delivery);
  expect(await rows()).toHaveLength(2);
  for (const delivery of again) await deliveries.done(delivery);
  expect(await rows()).toEqual([]);
});
