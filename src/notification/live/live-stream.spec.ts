import type { ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import type { BellRow } from '../bell/bell-item.rules';
import { LiveStream } from './live-stream';

const VIEWER = { accountId: 1, isAdmin: false };

const row = (id: number): BellRow => ({
  id,
  accountId: 1,
  kind: 'follow',
  unread: true,
  emailed: false,
  createdAt: new Date(0),
  actorId: 5,
  actor: 'zoe',
  targetType: null,
  targetId: null,
  objectType: null,
  objectId: null,
  data: '{}',
  title: null,
  tier: null,
  formerTier: null,
  commentId: null,
});

/** A reader whose connection takes what it is sent, once it is told to. */
class Reader extends Writable {
  text = '';
  private goOn: (() => void) | undefined;

  constructor(private takes: boolean) {
    super({ highWaterMark: 16_384 });
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    if (this.takes) done();
    else this.goOn = done;
  }

  take(): void {
    this.takes = true;
    this.goOn?.();
  }

  get ids(): number[] {
    return [...this.text.matchAll(/^id: (\d+)\nevent: notification$/gm)].map(([, id]) => Number(id));
  }
}

let asked: number[];
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  await new Promise((resolve) => jest.requireActual<typeof import('node:timers')>('node:timers').setImmediate(resolve));
};

/** A bell with `count` notifications. */
function streamTo(reader: Reader, count: number): LiveStream {
  asked = [];
  const since = async (_viewer: object, id: number, limit: number) => {
    asked.push(id);
    const rows = Array.from({ length: Math.min(limit, count - id) }, (_, index) => row(id + index + 1));
    return { unread: count, total: count, rows };
  };
  const failed = (error: unknown): void => {
    throw error;
  };
  return new LiveStream(VIEWER, 1, reader as unknown as ServerResponse, { since, failed });
}

beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] }));
afterEach(() => jest.useRealTimers());

it('sends all that came, in order, a page at a time', async () => {
  const reader = new Reader(true);
  streamTo(reader, 120).begin(10);
  await settle();
  expect(asked).toEqual([10, 60, 110]);
  expect(reader.ids).toEqual(Array.from({ length: 110 }, (_, index) => index + 11));
});

it('sends nothing before it begins, whatever wakes it', async () => {
  const reader = new Reader(true);
  const stream = streamTo(reader, 120);
  stream.wake();
  await settle();
  expect(asked).toEqual([]);
  stream.begin(119);
  await settle();
  expect(reader.ids).toEqual([120]);
});

it('reads no further than its reader, and goes on when that has caught up', async () => {
  const reader = new Reader(false);
  const stream = streamTo(reader, 120);
  stream.begin(0);
  await settle();
  for (let ring = 0; ring < 100; ring += 1) stream.wake();
  await settle();
  expect(asked).toEqual([0]);
  expect(reader.writableLength).toBeLessThan(64 * 1024);
  reader.take();
  await settle();
  expect(reader.ids.length).toBe(120);
});

it('lets go of a reader that takes nothing, and of no other', async () => {
  const [stuck, quick] = [new Reader(false), new Reader(true)];
  const streams = [streamTo(stuck, 120), streamTo(quick, 120)];
  for (const stream of streams) stream.begin(0);
  await settle();
  for (let second = 0; second < 19; second += 1) {
    jest.advanceTimersByTime(1_000);
    for (const stream of streams) stream.tick();
  }
  expect([stuck.destroyed, quick.destroyed]).toEqual([false, false]);
  jest.advanceTimersByTime(2_000);
  for (const stream of streams) stream.tick();
  expect([stuck.destroyed, quick.destroyed]).toEqual([true, false]);
});

it('lets go of a reader that takes nothing, also when its session has ended', async () => {
  const reader = new Reader(false);
  const errors: unknown[] = [];
  reader.on('error', (error) => errors.push(error));
  const stream = streamTo(reader, 120);
  stream.begin(0);
  await settle();
  stream.end();
  for (let second = 0; second < 19; second += 1) {
    jest.advanceTimersByTime(1_000);
    stream.tick();
  }
  await settle();
  expect([reader.destroyed, errors]).toEqual([false, []]);
  jest.advanceTimersByTime(2_000);
  stream.tick();
  expect(reader.destroyed).toBe(true);
});

it('gives a sign of life where nothing happens, and only there', async () => {
  const reader = new Reader(true);
  const stream = streamTo(reader, 0);
  stream.begin(0);
  await settle();
  for (let second = 0; second < 46; second += 1) {
    jest.advanceTimersByTime(1_000);
    stream.tick();
  }
  expect(reader.text.match(/^:$/gm)?.length).toBe(3);
});

it('ends its connection where the bell can not be read: it will be resumed', async () => {
  const reader = new Reader(true);
  const failures: unknown[] = [];
  const since = (): Promise<never> => Promise.reject(new Error('away'));
  new LiveStream(VIEWER, 1, reader as unknown as ServerResponse, {
    since,
    failed: (error) => failures.push(error),
  }).begin(0);
  await settle();
  expect([reader.destroyed, failures.length]).toEqual([true, 1]);
});
