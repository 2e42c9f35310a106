import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { statement } from '../../../src/infra/database/database';
import { MAX_ATTEMPTS } from '../../../src/infra/outbox/outbox.rules';
import { WaitingCalls } from '../../../src/infra/periodic/waiting-calls';
import { DeferredInboxService } from '../../../src/infra/webhook/deferred-inbox.service';
import { DeliveryQueueRepository } from '../../../src/infra/webhook/delivery-queue.repository';
import { setsOf } from '../../../src/infra/webhook/delivery-set';
import { DeliverySetRunner } from '../../../src/infra/webhook/delivery-set.runner';
import { DeliveryWindowService } from '../../../src/infra/webhook/delivery-window.service';
import { DeliveryWorker } from '../../../src/infra/webhook/delivery.worker';
import {
  type DeliveryEffect,
  DeferredProcessor,
  type SignatureVerifier,
} from '../../../src/infra/webhook/inbound-call';
import type { SignedCall } from '../../../src/infra/webhook/signed-call';
import { WebhookSources } from '../../../src/infra/webhook/webhook-sources';
import { MovableClock } from '../../fakes/movable-clock';
import type { TestDatabase } from '../../setup/test-database';
import { startInbox } from './webhook.kit';

const HOUR_MS = 3_600_000;
const LEASE_MS = 15_000;
const ADMIN = 7;
/** Numbers from here on may be processed together. */
const COMPLETE_FROM = 1_000;
const clock = new MovableClock();

/** What was processed, by every instance of this file. */
const processed: number[] = [];
/** What it did the first time, by number: an effect of its own, beside the inbox. */
const effects = new Set<number>();
/** What came together, and what fails. */
const togethers: number[][] = [];
const poison = new Set<number>();
let broken: string | undefined;
let held: Promise<void> | undefined;

class Counting extends DeferredProcessor<{ number: number }> {
  read(body: Buffer): { number: number } {
    return JSON.parse(body.toString()) as { number: number };
  }

  async process({ number }: { number: number }): Promise<DeliveryEffect> {
    if (broken !== undefined || poison.has(number)) throw new Error(broken ?? 'it is no good');
    await held;
    processed.push(number);
    const changed = !effects.has(number);
    effects.add(number);
    return { changed, effect: { number, changed } };
  }

  async preview({ number }: { number: number }): Promise<DeliveryEffect> {
    return { changed: !effects.has(number), effect: { number } };
  }

  override isComplete({ number }: { number: number }): boolean {
    return number >= COMPLETE_FROM;
  }

  override async processTogether(documents: readonly { number: number }[]): Promise<DeliveryEffect[]> {
    const numbers = documents.map(({ number }) => number);
    togethers.push(numbers);
    if (numbers.some((number) => poison.has(number))) throw new Error('one of them is no good');
    return Promise.all(documents.map((document) => this.process(document)));
  }
}

interface Row {
  readonly state: string;
  readonly attempts: number;
  readonly receipts: number;
  readonly error: string | null;
  readonly dueAt: Date | null;
  readonly effect: object | null;
}

interface Kept {
  readonly eventKey: string;
  readonly body: Buffer;
  readonly bodySize: number;
  readonly headers: object;
  readonly terms: string;
  readonly signedAt: Date | null;
}

const ROWS = statement(
  'test.deliveries',
  `select state, attempts, receipts, last_error as error, due_at as "dueAt", effect
     from webhook_delivery where source = 'counting' order by id`,
);
const KEPT = statement(
  'test.kept-calls',
  `select event_key as "eventKey", body, body_size as "bodySize", headers, terms, signed_at as "signedAt"
     from webhook_delivery where source = 'counting'`,
);
const RUNS = statement('test.runs', 'select actor_id as actor, status, effect from webhook_delivery_run order by id');
const CLEAR = statement('test.clear', 'delete from webhook_delivery');

let one: TestDatabase;
let two: TestDatabase;

async function start(): Promise<TestDatabase> {
  const test = await startInbox(clock);
  test.get(WebhookSources).register({ name: 'counting', verifier: {} as SignatureVerifier, deferred: new Counting() });
  return test;
}

beforeAll(async () => {
  // What is given up is told in the log.
  jest.spyOn(Logger.prototype, 'error').mockImplementation();
  [one, two] = await Promise.all([start(), start()]);
});

beforeEach(async () => {
  processed.length = togethers.length = 0;
  poison.clear();
  effects.clear();
  broken = held = undefined;
  await one.database.execute(CLEAR);
});

function call(number: number, body = JSON.stringify({ number })): SignedCall {
  return {
    source: 'counting',
    headers: {},
    body: Buffer.from(body),
    document: undefined,
    eventKey: `event-${number}`,
    secretId: 'secret',
    signedAt: null,
    terms: [`term-${number}`],
  };
}

const accept = (instance: TestDatabase, number: number, body?: string): Promise<void> =>
  instance.get(DeferredInboxService).accept(call(number, body));
const rows = (): Promise<Row[]> => one.database.rows<Row>(ROWS);
const wake = (): void => [one, two].forEach((instance) => instance.get(DeliveryWorker).wake());

async function until(met: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 1_500; turn += 1) {
    if (await met()) return;
    await sleep(10);
  }
  throw new Error('it did not come to be');
}

const allAre = async (state: string): Promise<boolean> => (await rows()).every((row) => row.state === state);
const window = (): { from: Date; to: Date } => ({
  from: new Date(clock.now().getTime() - 24 * HOUR_MS),
  to: new Date(clock.now().getTime() + 1_000),
});

it('processes what was accepted, once, and keeps what it did', async () => {
  await accept(one, 1);
  await until(() => allAre('done'));
  expect(processed).toEqual([1]);
  expect(await rows()).toMatchObject([
    { state: 'done', attempts: 1, receipts: 1, error: null, dueAt: null, effect: { number: 1, changed: true } },
  ]);
});

it('counts a repeat and processes it no second time', async () => {
  await Promise.all(Array.from({ length: 50 }, (_, index) => accept(index % 2 === 0 ? one : two, 2)));
  await until(() => allAre('done'));
  await accept(one, 2);
  await sleep(50);
  expect(processed).toEqual([2]);
  expect(await rows()).toMatchObject([{ state: 'done', attempts: 1, receipts: 51 }]);
});

it('processes two hundred once each with two instances at work', async () => {
  const numbers = Array.from({ length: 200 }, (_, number) => number);
  await Promise.all(numbers.map((number) => accept(number % 2 === 0 ? one : two, number)));
  await until(() => allAre('done'));
  expect([...processed].sort((a, b) => a - b)).toEqual(numbers);
});

it('tries again after a while, and forgets the error when it goes well', async () => {
  broken = 'the gateway is down';
  await accept(one, 3);
  await until(async () => (await rows())[0]?.error === 'the gateway is down');
  const [failed] = await rows();
  expect(failed).toMatchObject({ state: 'pending', attempts: 1, effect: null });
  expect(failed?.dueAt?.getTime()).toBeGreaterThan(clock.now().getTime() - 1_000);
  broken = undefined;
  clock.advance(HOUR_MS);
  wake();
  await until(() => allAre('done'));
  expect(await rows()).toMatchObject([{ attempts: 2, error: null, effect: { number: 3 } }]);
});

it('gives up in the end, with the error', async () => {
  const retry = jest.spyOn(DeliveryQueueRepository.prototype, 'retry');
  broken = 'a bug';
  await accept(one, 4);
  for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt += 1) {
    await until(() => retry.mock.calls.length === attempt);
    await Promise.all(retry.mock.results.map(({ value }) => value as Promise<void>));
    clock.advance(HOUR_MS);
    wake();
  }
  await until(() => allAre('dead'));
  expect(await rows()).toMatchObject([{ state: 'dead', attempts: MAX_ATTEMPTS, error: 'a bug', dueAt: null }]);
  retry.mockRestore();
});

it.each([
  ['nor parse', '{"number": '],
  ['nor name, since no database takes its words', '\0{'],
])('gives up at once what it cannot read %s', async (_, body) => {
  await accept(one, 5, body);
  await until(() => allAre('dead'));
  expect((await rows())[0]).toMatchObject({ attempts: 1, error: expect.stringContaining("can't be read") as string });
});

describe('a window', () => {
  it('tells what would change, and changes nothing', async () => {
    await accept(one, 6);
    await until(() => allAre('done'));
    effects.clear();
    await accept(one, 7, 'no JSON');
    await until(async () => (await rows())[1]?.state === 'dead');
    const preview = await one.get(DeliveryWindowService).preview(window());
    expect(preview).toMatchObject({
      matched: 2,
      previews: [
        { changed: true, effect: { number: 6 } },
        { changed: false, effect: { error: 'SyntaxError' } },
      ],
    });
    expect([effects.size, processed]).toEqual([0, [6]]);
    expect((await rows()).map(({ state }) => state)).toEqual(['done', 'dead']);
  });

  it('has dead and done deliveries processed again, without a second effect, and says who asked', async () => {
    broken = 'a bug';
    await accept(one, 8);
    await until(async () => (await rows())[0]?.error === 'a bug');
    await one.database.execute(statement('test.die', "update webhook_delivery set state = 'dead', due_at = null"));
    broken = undefined;
    await accept(one, 9);
    await until(async () => (await rows())[1]?.state === 'done');
    expect(await one.get(DeliveryWindowService).requeue(window(), ADMIN)).toEqual({ matched: 2, queued: 2 });
    await until(() => allAre('done'));
    expect(await rows()).toMatchObject([
      { attempts: 2, error: null, effect: { number: 8, changed: true } },
      { attempts: 2, effect: { number: 9, changed: true } },
    ]);
    await until(async () => (await one.database.rows(RUNS)).length === 2);
    const runs = await one.database.rows<{ effect: { number: number } }>(RUNS);
    expect(runs.sort((a, b) => a.effect.number - b.effect.number)).toEqual([
      { actor: ADMIN, status: 200, effect: { number: 8, changed: true } },
      { actor: ADMIN, status: 200, effect: { number: 9, changed: false } },
    ]);
  });

  it('leaves what waits already alone', async () => {
    broken = 'later';
    await accept(one, 10);
    await until(async () => (await rows())[0]?.error === 'later');
    expect(await one.get(DeliveryWindowService).requeue(window(), ADMIN)).toEqual({ matched: 1, queued: 0 });
  });

  it('is bounded, and knows its sources', async () => {
    const service = one.get(DeliveryWindowService);
    const { from, to } = window();
    await expect(service.preview({ from: to, to: from })).rejects.toMatchObject({ status: 400 });
    const long = new Date(to.getTime() - 32 * 24 * HOUR_MS);
    await expect(service.requeue({ from: long, to }, ADMIN)).rejects.toMatchObject({ status: 400 });
    await expect(service.requeue({ from, to, source: 'nobody' }, ADMIN)).rejects.toMatchObject({ status: 400 });
  });
});

describe('with workers that do not run', () => {
  beforeAll(async () => {
    for (const instance of [one, two]) await instance.get(DeliveryWorker).beforeApplicationShutdown();
  });

  const queue = (instance = one): DeliveryQueueRepository => instance.get(DeliveryQueueRepository);
  const lease = (): Date => new Date(clock.now().getTime() + LEASE_MS);
  const claim = (instance = one, limit = 8) => queue(instance).claim(clock.now(), lease(), limit);

  it('keeps every call that comes at once as it is, byte for byte', async () => {
    const bodies = Array.from({ length: 40 }, (_, number) => randomBytes(number * 25));
    const at = new Date('2026-03-01T12:00:00.123Z');
    await Promise.all(
      bodies.map((body, number) =>
        one.get(DeferredInboxService).accept({
          ...call(number),
          body,
          headers: { 'x-number': `"${number}" \\ é` },
          terms: [`Term-${number}`, 'nul \0'],
          signedAt: number % 2 === 0 ? at : null,
        }),
      ),
    );
    const kept = await one.database.rows<Kept>(KEPT);
    expect(kept).toHaveLength(bodies.length);
    for (const { eventKey, body, bodySize, headers, terms, signedAt } of kept) {
      const number = Number(eventKey.slice('event-'.length));
      expect(body.equals(bodies[number] ?? Buffer.alloc(1))).toBe(true);
      expect(bodySize).toBe(number * 25);
      expect(headers).toEqual({ 'x-number': `"${number}" \\ é` });
      expect(terms).toMatch(new RegExp(`^term-${number}\nnul .?$`));
      expect(signedAt).toEqual(number % 2 === 0 ? at : null);
    }
  });

  it('what a worker that died had claimed is claimed again once its lease is over', async () => {
    await accept(one, 11);
    const [dead] = await claim(one);
    expect(dead).toMatchObject({ source: 'counting', attempts: 1, tries: 1, requeuedBy: null });
    expect(dead?.body.toString()).toBe('{"number":11}');
    expect(await claim(two)).toEqual([]);
    clock.advance(LEASE_MS + 1);
    const [again] = await claim(two);
    expect(again).toMatchObject({ id: dead?.id, attempts: 2, tries: 2 });
    // The first worker was only slow: its word counts no more.
    expect(await queue(one).done(dead!, { by: 'dead' })).toBe(false);
    expect(await queue(one).dead(dead!, 'late')).toBe(false);
    expect(await rows()).toMatchObject([{ state: 'pending', effect: null, error: null }]);
    expect(await queue(two).done(again!, { by: 'again' })).toBe(true);
    expect(await rows()).toMatchObject([{ state: 'done', effect: { by: 'again' } }]);
  });

  it('a lease that is renewed lasts', async () => {
    await accept(one, 12);
    const [job] = await claim(one);
    clock.advance(LEASE_MS - 1_000);
    await queue(one).extend(job!, lease());
    clock.advance(LEASE_MS - 1_000);
    expect(await claim(two)).toEqual([]);
  });

  it('what came by itself goes before what an administrator queued', async () => {
    await accept(one, 13);
    const [first] = await claim(one);
    await queue(one).done(first!, {});
    await one.get(DeliveryWindowService).requeue(window(), ADMIN);
    clock.advance(1_000);
    await accept(one, 14);
    await accept(one, 15);
    expect((await claim(one, 2)).map(({ state }) => state)).toEqual(['pending', 'pending']);
    expect(await claim(two, 2)).toMatchObject([
      { id: first?.id, state: 'again', requeuedBy: ADMIN, attempts: 2, tries: 1 },
    ]);
  });

  it('gives up on what was begun and never ended', async () => {
    await accept(one, 16);
    await one.database.execute(statement('test.wear', 'update webhook_delivery set tries = $1'), [MAX_ATTEMPTS]);
    one.get(DeliveryWorker).onApplicationBootstrap();
    await until(() => allAre('dead'));
    expect(processed).toEqual([]);
    await one.get(DeliveryWorker).beforeApplicationShutdown();
  });

  it('does one at a time while many calls are being kept', async () => {
    const waiting = one.get(WaitingCalls);
    const { many } = waiting;
    const begun = async (): Promise<number> => (await rows()).filter(({ attempts }) => attempts > 0).length;
    let release = (): void => undefined;
    held = new Promise<void>((resolve) => (release = resolve));
    Object.assign(waiting, { many: 0 });
    one.get(DeliveryWorker).onApplicationBootstrap();
    await accept(one, 19);
    await until(async () => (await begun()) > 0);
    for (const number of [20, 21]) await accept(one, number);
    await sleep(100);
    expect(await begun()).toBe(1);
    Object.assign(waiting, { many });
    one.get(DeliveryWorker).wake();
    await until(async () => (await begun()) === 3);
    release();
    await until(() => allAre('done'));
    await one.get(DeliveryWorker).beforeApplicationShutdown();
  });

  it('rests after each while many calls are being kept', async () => {
    const waiting = one.get(WaitingCalls);
    const { many } = waiting;
    const worker = one.get(DeliveryWorker);
    Object.assign(waiting, { many: 0 });
    // More than two hands take.
    await Promise.all(Array.from({ length: 9 }, (_, index) => accept(one, 100 + index)));
    const started = performance.now();
    worker.onApplicationBootstrap();
    await until(() => {
      worker.wake();
      return allAre('done');
    });
    expect(performance.now() - started).toBeGreaterThan(190);
    Object.assign(waiting, { many });
    await worker.beforeApplicationShutdown();
  });

  it('processes together what is complete, and the rest one by one', async () => {
    const numbers = Array.from({ length: 24 }, (_, index) => COMPLETE_FROM + index);
    for (const number of [...numbers, 30, 31]) await accept(one, number);
    one.get(DeliveryWorker).onApplicationBootstrap();
    await until(() => allAre('done'));
    expect(togethers.flat().sort((a, b) => a - b)).toEqual(numbers);
    expect(togethers.every(({ length }) => length > 1)).toBe(true);
    expect(processed.sort((a, b) => a - b)).toEqual([30, 31, ...numbers]);
    expect((await rows()).map(({ effect }) => effect)).toEqual(
      [...numbers, 30, 31].map((number) => ({ number, changed: true })),
    );
    await one.get(DeliveryWorker).beforeApplicationShutdown();
  });

  it('renews the lease of what is not ended, and of nothing else', async () => {
    poison.add(40);
    for (const number of [40, 41, 42]) await accept(one, number);
    const [set] = setsOf(await claim(one), 1);
    let release = (): void => undefined;
    held = new Promise<void>((resolve) => (release = resolve));
    const run = one.get(DeliverySetRunner).run(set!, () => false);
    await until(async () => (await rows())[0]?.error === 'it is no good');
    await until(() => set!.open.length === 2);
    expect(set!.open.map(({ body }) => body.toString())).toEqual(['{"number":41}', '{"number":42}']);
    release();
    await run;
    expect((await rows()).map(({ state }) => state)).toEqual(['pending', 'done', 'done']);
  });

  it('one that fails fails nobody else, and comes again alone', async () => {
    const numbers = Array.from({ length: 16 }, (_, index) => COMPLETE_FROM + index);
    poison.add(COMPLETE_FROM);
    for (const number of numbers) await accept(one, number);
    one.get(DeliveryWorker).onApplicationBootstrap();
    await until(async () => (await rows()).filter(({ state }) => state === 'done').length === 15);
    await until(async () => (await rows())[0]?.error === 'it is no good');
    poison.clear();
    togethers.length = 0;
    clock.advance(HOUR_MS);
    await accept(one, COMPLETE_FROM + 50);
    wake();
    await until(() => allAre('done'));
    expect(togethers.flat()).not.toContain(COMPLETE_FROM);
    expect(processed.filter((number) => number === COMPLETE_FROM)).toHaveLength(1);
    await one.get(DeliveryWorker).beforeApplicationShutdown();
  });

  it('what has begun ends before the application does', async () => {
    let release = (): void => undefined;
    held = new Promise<void>((resolve) => (release = resolve));
    one.get(DeliveryWorker).onApplicationBootstrap();
    await accept(one, 17);
    await until(async () => (await rows())[0]?.attempts === 1);
    const ended = one.get(DeliveryWorker).beforeApplicationShutdown();
    await accept(two, 18);
    release();
    await ended;
    expect((await rows()).map(({ state }) => state)).toEqual(['done', 'pending']);
  });
});
