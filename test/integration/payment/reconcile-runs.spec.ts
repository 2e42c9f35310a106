import { setTimeout as sleep } from 'node:timers/promises';
import { Settings } from '../../../src/infra/config/settings';
import { LEASE_MS } from '../../../src/infra/periodic/queue-worker';
import { ReconcileJob } from '../../../src/payment/reconcile/reconcile.job';
import { ReconcileWorker } from '../../../src/payment/reconcile/reconcile.worker';
import { Reconciler } from '../../../src/payment/reconcile/reconciler';
import { RunBook } from '../../../src/payment/reconcile/run-book';
import { MOST_TRIES, RunLost } from '../../../src/payment/reconcile/run.rules';
import type { RunRecord } from '../../../src/payment/reconcile/run.repository';
import { closeAfterSpec } from '../../setup/spec-database';
import { expectSoundLedger } from './apply.kit';
import { crashing } from './outgoing.kit';
import { type Reconciling, short, startReconciling } from './reconcile.kit';

const HOUR_MS = 3_600_000;
const PATIENCE_MS = 120_000;

let house: Reconciling;
let reconciler: Reconciler;

beforeAll(async () => {
  house = await startReconciling();
  reconciler = house.wired(Reconciler);
});

afterEach(async () => {
  jest.restoreAllMocks();
  await expectSoundLedger(house.app);
});

/** A payment, a refund of it, and a month, all unheard of. */
async function unheard(): Promise<void> {
  const { gatewayId } = await house.order();
  house.refunded(house.paid(gatewayId));
  await house.charged();
}

const DRIFT = ['order_behind 1/1', 'payment_missing 2/2', 'mandate_behind 1/1', 'refund_missing 1/1'];

/** One that nobody but this spec has. */
async function claimed(dryRun = false): Promise<RunRecord> {
  await house.worker.beforeApplicationShutdown();
  const now = house.clock.now();
  const request = { from: new Date(now.getTime() - 8 * 24 * HOUR_MS), to: now, dryRun, requestedBy: 1 };
  const { id } = (await house.runs.add({ ...request, requestKey: `spec:${now.getTime()}` }, now))!;
  const run = await house.runs.claim(house.clock.now(), new Date(house.clock.now().getTime() + LEASE_MS));
  expect(run?.id).toBe(id);
  return run!;
}

const bookOf = (run: RunRecord, isStopped = () => false): RunBook =>
  new RunBook(run, house.runs, house.unitOfWork, isStopped);

describe('an outage', () => {
  it.each(['orders', 'payments', 'invoice', 'subscription', 'refunds', 'reconLines'] as const)(
    'at %s pauses the run, which goes on and counts all of it once',
    async (method) => {
      await unheard();
      house.gateway.next(method, 'unavailable');
      const { id } = await house.reconciles.request({ dryRun: false }, 1);
      const waiting = await house.until(id, 'waiting');
      expect(waiting).toMatchObject({ error: 'It is unavailable', finishedAt: null, runningSlot: null });
      await sleep(50);
      expect((await house.reconciles.get(id)).status).toBe('waiting');
      house.clock.advance(10_001);
      const done = await house.until(id, 'done');
      expect(done.error).toBeNull();
      expect(short(done.drift)).toEqual(expect.arrayContaining(['refund_missing 1/1', 'mandate_behind 1/1']));
      expect(await house.drift()).toEqual([]);
    },
  );

  it('without an end is given up, and says so', async () => {
    const run = await claimed();
    house.gateway.next('orders', ...Array.from({ length: MOST_TRIES + 1 }, () => 'unavailable' as const));
    await house.runs.wait(run, house.clock.now(), 'so far');
    const worker = house.wired(ReconcileWorker);
    worker.onApplicationBootstrap();
    closeAfterSpec(() => worker.beforeApplicationShutdown());
    let last = await house.reconciles.get(run.id);
    for (let i = 0; last.status !== 'failed' && i < 20 * MOST_TRIES; i += 1) {
      house.clock.advance(HOUR_MS);
      worker.wake();
      await sleep(5);
      last = await house.reconciles.get(run.id);
    }
    house.gateway.next('orders');
    expect(last).toMatchObject({ status: 'failed', error: 'It is unavailable', requestKey: null });
    await worker.beforeApplicationShutdown();
  });
});

describe('a process that dies', () => {
  it(
    'anywhere leaves a run that another one ends, counting nothing twice and forgetting nothing',
    async () => {
      let ended = false;
      for (let step = 0; !ended; step += 4) {
        house.clock.advance(9 * 24 * HOUR_MS);
        await unheard();
        const run = await claimed();
        ended = !(await crashing(house, step, () => reconciler.run(bookOf(run))));
        house.clock.advance(LEASE_MS + 1);
        const lease = new Date(house.clock.now().getTime() + LEASE_MS);
        const again = await house.runs.claim(house.clock.now(), lease);
        expect([again?.id, again?.attempts]).toEqual([run.id, 2]);
        const book = bookOf(again!);
        await reconciler.run(book);
        await house.runs.end(again!, 'done', null, house.clock.now());
        expect([step, ...short((await house.reconciles.get(run.id)).drift)]).toEqual([step, ...DRIFT]);
      }
    },
    PATIENCE_MS,
  );

  it('slowly, does no more once another one has its run', async () => {
    house.clock.advance(9 * 24 * HOUR_MS);
    await unheard();
    const run = await claimed();
    house.clock.advance(LEASE_MS + 1);
    const again = await house.runs.claim(house.clock.now(), new Date(house.clock.now().getTime() + LEASE_MS));
    const before = await house.tables();
    await expect(reconciler.run(bookOf(run))).rejects.toThrow(RunLost);
    expect(await house.tables()).toEqual(before);
    await reconciler.run(bookOf(again!));
    await house.runs.end(again!, 'done', null, house.clock.now());
    expect(short((await house.reconciles.get(run.id)).drift)).toEqual(DRIFT);
  });

  it('by itself lets go of its run, at once', async () => {
    await unheard();
    const run = await claimed();
    const worker = house.wired(ReconcileWorker);
    await house.runs.wait(run, house.clock.now(), 'so far');
    house.gateway.delayMs = 30;
    worker.onApplicationBootstrap();
    while ((await house.reconciles.get(run.id)).progress === null) await sleep(5);
    await worker.beforeApplicationShutdown();
    house.gateway.delayMs = 0;
    const stopped = await house.reconciles.get(run.id);
    expect(stopped).toMatchObject({ status: 'running', finishedAt: null });
    expect(stopped.dueAt!.getTime()).toBeLessThanOrEqual(house.clock.now().getTime());
    const other = house.wired(ReconcileWorker);
    other.onApplicationBootstrap();
    closeAfterSpec(() => other.beforeApplicationShutdown());
    const done = await house.until(run.id, 'done');
    expect(short(done.drift)).toEqual(DRIFT);
    await other.beforeApplicationShutdown();
  });
});

describe('several at once', () => {
  it('of the same are one, and others run one after the other on however many instances', async () => {
    await unheard();
    const workers = [1, 2, 3].map(() => house.wired(ReconcileWorker));
    let [now, most] = [0, 0];
    for (const worker of workers) {
      const inner = worker['reconciler'];
      jest.spyOn(inner, 'run').mockImplementation(async (book) => {
        most = Math.max(most, ++now);
        await sleep(30);
        await reconciler.run(book).finally(() => now--);
      });
    }
    const from = new Date(house.clock.now().getTime() - HOUR_MS);
    const asked = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        house.reconciles.request({ dryRun: i % 3 === 0, ...(i % 2 && { from }) }, 1),
      ),
    );
    const ids = [...new Set(asked.map(({ id }) => id))];
    expect(ids).toHaveLength(4);
    for (const worker of workers) {
      worker.onApplicationBootstrap();
      closeAfterSpec(() => worker.beforeApplicationShutdown());
    }
    const runs: RunRecord[] = [];
    for (const id of ids) {
      for (const worker of workers) worker.wake();
      runs.push(await house.until(id, 'done'));
    }
    expect(most).toBe(1);
    expect(runs.map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1]);
    const cured = runs.flatMap(({ drift }) => drift).reduce((sum, drift) => sum + drift.cured, 0);
    expect(cured).toBe(5);
    for (const worker of workers) await worker.beforeApplicationShutdown();
  });

  it('of one turn of the schedule are one, and none comes while one is open or nothing is sold', async () => {
    const { runs, clock } = house;
    const settings = house.app.get(Settings);
    const scheduled = async (): Promise<number> =>
      (await runs.find({ page: 1, size: 100 }))[0].filter(({ requestedBy }) => requestedBy === null).length;
    const before = await scheduled();
    await new ReconcileJob(runs, { ...settings, razorpay: undefined }, clock).run();
    expect(await scheduled()).toBe(before);
    const jobs = Array.from({ length: 8 }, () => house.wired(ReconcileJob));
    await Promise.all(jobs.map((job) => job.run()));
    const first = await scheduled();
    expect(first - before).toBeGreaterThanOrEqual(1);
    expect(first - before).toBeLessThanOrEqual(2);
    for (let due = await runs.claim(clock.now(), clock.now()); due; due = await runs.claim(clock.now(), clock.now())) {
      await runs.end(due, 'done', null, clock.now());
      await jobs[0]!.run();
    }
    expect(await scheduled()).toBe(before + 2);
    clock.advance(15 * 60_000);
    await jobs[0]!.run();
    await jobs[1]!.run();
    expect(await scheduled()).toBe(before + 3);
    clock.advance(200 * 24 * HOUR_MS);
    for (let due = await runs.claim(clock.now(), clock.now()); due; due = await runs.claim(clock.now(), clock.now())) {
      await runs.end(due, 'done', null, clock.now());
    }
    await jobs[0]!.run();
    expect(await scheduled()).toBe(1);
  });
});
