import fc from 'fast-check';
import { leadsTo } from '../forward.rules';
import { MANDATE_STATUSES, type MandateStatus } from '../events/mandate-changed.event';
import {
  asOfAnswer,
  isOver,
  MANDATE_MOVES,
  mandateDiffers,
  type MandateRecord,
  type MandateSnapshot,
  mandateStatusOf,
  mergeMandate,
} from './mandate.state';

const RUNS = { numRuns: 3_000 };
const at = (second: number): Date => new Date(Date.UTC(2026, 0, 1) + second * 1_000);
const cycle = (number: number): Date => new Date(Date.UTC(2026, number, 1));

const DRAFT: MandateRecord = {
  status: 'created',
  planId: null,
  totalCount: 12,
  paidCount: 0,
  currentStart: null,
  currentEnd: null,
  chargeAt: null,
  startAt: null,
  endedAt: null,
  hasScheduledChanges: false,
  shortUrl: null,
  snapshotAt: null,
};

interface Told {
  readonly snapshot: MandateSnapshot;
  readonly asOf: Date;
}

function told(status: MandateStatus, paidCount: number, second: number, cycles = paidCount): Told {
  const currentStart = cycles > 0 ? cycle(cycles - 1) : null;
  const currentEnd = cycles > 0 ? cycle(cycles) : null;
  const { snapshotAt: _, ...plain } = DRAFT;
  const endedAt = isOver(status) ? at(second) : null;
  const fields = { status, paidCount, currentStart, currentEnd, endedAt, planId: 'plan_1', shortUrl: 'https://x' };
  return { snapshot: { ...plain, ...fields }, asOf: at(second) };
}

const merged = (life: readonly Told[]): MandateRecord =>
  life.reduce((known, { snapshot, asOf }) => mergeMandate(known, snapshot, asOf), DRAFT);
const statusAfter = (...life: Told[]) => merged(life).status;

it.each([
  ['active', 'active'],
  ['resumed', 'active'],
  ['halted', 'halted'],
  ['toString', undefined],
])('the gateway says %s: %s', (word, expected) => expect(mandateStatusOf(word)).toBe(expected));

it('what is over stays so, and what was paid for meanwhile is kept', () => {
  const over = merged([told('active', 3, 10), told('cancelled', 3, 20)]);
  expect(over).toMatchObject({ status: 'cancelled', paidCount: 3, endedAt: at(20) });
  const { snapshot, asOf } = told('active', 4, 30);
  const later = mergeMandate(over, snapshot, asOf);
  expect(later).toEqual({ ...over, paidCount: 4, currentStart: cycle(3), currentEnd: cycle(4) });
  expect(mergeMandate(later, told('completed', 4, 40).snapshot, at(40)).status).toBe('cancelled');
  expect(mergeMandate(later, told('active', 3, 5).snapshot, at(5))).toBe(later);
});

it.each<MandateStatus>(['cancelled', 'completed', 'expired'])('an older %s ends it all the same', (status) => {
  expect(statusAfter(told('active', 3, 20), told(status, 2, 10))).toBe(status);
});

it('a late, older event takes nothing back', () => {
  expect(statusAfter(told('active', 4, 20), told('pending', 3, 10))).toBe('active');
  expect(statusAfter(told('active', 4, 20), told('halted', 3, 30))).toBe('active');
  expect(statusAfter(told('active', 4, 20), told('pending', 4, 19))).toBe('active');
  expect(statusAfter(told('halted', 3, 20, 5), told('active', 3, 30, 4))).toBe('halted');
  expect(statusAfter(told('active', 1, 20), told('authenticated', 0, 30))).toBe('active');
  expect(statusAfter(told('authenticated', 0, 20), told('created', 0, 30))).toBe('authenticated');
});

it.each<MandateStatus>(['pending', 'halted', 'paused'])(
  'what was %s goes on by a charge, or by newer truth',
  (status) => {
    const known = told(status, 3, 20, 4);
    expect(statusAfter(known, told('active', 4, 15))).toBe('active');
    expect(statusAfter(known, told('active', 3, 21, 4))).toBe('active');
    expect(statusAfter(known, told('active', 3, 19, 4))).toBe(status);
    expect(statusAfter(told('active', 3, 19, 3), known)).toBe(status);
  },
);

it('what says the same later still counts as the newest truth', () => {
  const first = merged([told('active', 3, 10)]);
  const { snapshot } = told('active', 3, 30);
  const second = mergeMandate(first, snapshot, at(30));
  expect([second.snapshotAt, mandateDiffers(first, second)]).toEqual([at(30), false]);
  expect(mergeMandate(second, told('pending', 3, 20).snapshot, at(20))).toBe(second);
  expect(mergeMandate(second, snapshot, at(30))).toBe(second);
});

it('an answer is newer than what was known when it was asked for, whatever the clocks say', () => {
  expect(asOfAnswer(at(5), null)).toEqual(at(5));
  expect(asOfAnswer(at(5), at(4))).toEqual(at(5));
  expect(asOfAnswer(at(5), at(5))).toEqual(new Date(at(5).getTime() + 1));
  expect(asOfAnswer(at(5), at(9))).toEqual(new Date(at(9).getTime() + 1));
});

it('takes nothing over but its own fields', () => {
  const { snapshot, asOf } = told('active', 1, 1);
  const known = { ...DRAFT, id: 7, createdAt: at(0) };
  const next = mergeMandate(known, { ...snapshot, id: 'sub_1', createdAt: at(9) } as MandateSnapshot, asOf);
  expect(next).toMatchObject({ id: 7, createdAt: at(0), status: 'active' });
  expect(mandateDiffers(known, next)).toBe(true);
});

/** Walks the published table: charges in active, cycles that go on unpaid in halted; seconds may repeat. */
const life = fc
  .array(fc.record({ turn: fc.nat(), seconds: fc.nat(3), charged: fc.boolean() }), { minLength: 1, maxLength: 25 })
  .map((steps) => {
    const all = [told('created', 0, 0)];
    let [status, second, paid, cycles]: [MandateStatus, number, number, number] = ['created', 0, 0, 0];
    for (const { turn, seconds, charged } of steps) {
      const moves: readonly MandateStatus[] = MANDATE_MOVES[status];
      if (moves.length === 0) break;
      const stays: boolean = charged && (status === 'active' || status === 'halted');
      const next: MandateStatus = stays ? status : moves[turn % moves.length]!;
      second += seconds;
      if (status === 'halted' && stays) cycles++;
      const recovers = next === 'active' && status !== 'paused' && (charged || status === 'created');
      if (recovers) paid++;
      cycles = Math.max(cycles, paid);
      status = next;
      all.push(told(status, paid, second, cycles));
    }
    return all;
  });

const fetched = (snapshots: readonly Told[]): Told => {
  const { snapshot, asOf } = snapshots.at(-1)!;
  return { snapshot, asOf: new Date(asOf.getTime() + 1_000) };
};

it('ends as its life did, told in any order and repeatedly, and with losses once the end is fetched', () => {
  const heard = life.chain((snapshots) =>
    fc.record({
      snapshots: fc.constant(snapshots),
      some: fc.array(fc.constantFrom(...snapshots)),
      all: fc.shuffledSubarray([...snapshots, ...snapshots], { minLength: 2 * snapshots.length }),
    }),
  );
  fc.assert(
    fc.property(heard, ({ snapshots, some, all }) => {
      const last = fetched(snapshots);
      const truth: MandateRecord = { ...last.snapshot, snapshotAt: last.asOf };
      expect(merged(all)).toEqual(merged(snapshots));
      expect(merged([...snapshots, last])).toEqual(truth);
      expect(merged([...some, last])).toEqual(truth);
      expect(merged([last, ...some])).toEqual(truth);
    }),
    RUNS,
  );
});

it('never moves backwards, whatever it is told', () => {
  const any = fc
    .record({ status: fc.constantFrom(...MANDATE_STATUSES), paid: fc.nat(4), second: fc.nat(9), ahead: fc.nat(2) })
    .map(({ status, paid, second, ahead }) => told(status, paid, second, paid + ahead));
  fc.assert(
    fc.property(fc.array(any), any, (before, { snapshot, asOf }) => {
      const known = merged(before);
      const next = mergeMandate(known, snapshot, asOf);
      const kept = next.status === known.status;
      expect(kept || isOver(next.status) || leadsTo(MANDATE_MOVES, known.status, next.status)).toBe(true);
      expect(kept || !isOver(known.status)).toBe(true);
      expect(next.paidCount).toBeGreaterThanOrEqual(known.paidCount);
      expect(next.currentEnd?.getTime() ?? 0).toBeGreaterThanOrEqual(known.currentEnd?.getTime() ?? 0);
      expect(mergeMandate(next, snapshot, asOf)).toBe(next);
    }),
    RUNS,
  );
});
