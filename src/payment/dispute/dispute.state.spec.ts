import fc from 'fast-check';
import { leadsTo } from '../forward.rules';
import { DISPUTE_MOVES, type DisputeRecord, type DisputeSnapshot, mergeDispute } from './dispute.state';

const RUNS = { numRuns: 3_000 };
const OPENED: DisputeRecord = { status: 'open', phase: 'chargeback', amountDeducted: 0 };

/** As lives go: reviewed or not, money held back at some moment, decided in the end; a phase only goes up. */
const life = fc
  .record({
    reviewed: fc.boolean(),
    end: fc.constantFrom<DisputeRecord['status']>('won', 'lost', 'closed'),
    phases: fc.constantFrom(['chargeback'], ['chargeback', 'arbitration'], ['fraud', 'chargeback', 'pre_arbitration']),
    deducted: fc.integer({ min: 0, max: 9_999 }),
  })
  .map(({ reviewed, end, phases, deducted }): DisputeSnapshot[] => {
    const at = (status: DisputeRecord['status'], phase: string | undefined, amountDeducted: number) => ({
      status,
      phase: phase ?? 'chargeback',
      amountDeducted,
    });
    const open = phases.map((phase) => at('open', phase, 0));
    const held = at(reviewed ? 'under_review' : 'open', phases.at(-1), deducted);
    return [...open, held, at(end, phases.at(-1), deducted)];
  });

const merged = (told: readonly DisputeSnapshot[], first: DisputeRecord) =>
  told.reduce((known, snapshot) => mergeDispute(known, snapshot), first);

it('what was held back stays known when it is given back', () => {
  const known = { ...OPENED, amountDeducted: 500 };
  const next = mergeDispute(known, { status: 'won', phase: 'chargeback', amountDeducted: 0 });
  expect(next).toEqual({ status: 'won', phase: 'chargeback', amountDeducted: 500 });
});

it('a decided dispute is not opened again', () => {
  const known: DisputeRecord = { status: 'lost', phase: 'arbitration', amountDeducted: 500 };
  expect(mergeDispute(known, { status: 'under_review', phase: 'chargeback', amountDeducted: 0 })).toBe(known);
  expect(mergeDispute(known, { status: 'won', phase: 'arbitration', amountDeducted: 0 })).toBe(known);
});

it('of phases nobody told us of the same one is taken, whichever came first', () => {
  const [one, other] = [
    { ...OPENED, phase: 'x' },
    { ...OPENED, phase: 'y' },
  ];
  expect([mergeDispute(one, other).phase, mergeDispute(other, one).phase]).toEqual(['y', 'y']);
  expect(mergeDispute(one, OPENED).phase).toBe('chargeback');
});

it('ends as its life did, told in any order and repeatedly, and with losses once the end is told', () => {
  const told = life.chain((snapshots) =>
    fc.record({
      snapshots: fc.constant(snapshots),
      heard: fc.array(fc.constantFrom(...snapshots)),
      all: fc.shuffledSubarray([...snapshots, ...snapshots], { minLength: 2 * snapshots.length }),
    }),
  );
  fc.assert(
    fc.property(told, ({ snapshots, heard, all }) => {
      const truth = merged(snapshots, snapshots[0]!);
      expect(merged(all, all[0]!)).toEqual(truth);
      expect(merged([...heard, snapshots.at(-1)!], heard[0] ?? snapshots.at(-1)!)).toEqual(truth);
    }),
    RUNS,
  );
});

it('never moves backwards, whatever it is told', () => {
  const any = fc.record({
    status: fc.constantFrom<DisputeRecord['status']>('open', 'under_review', 'won', 'lost', 'closed'),
    phase: fc.constantFrom('fraud', 'chargeback', 'arbitration', 'unheard-of'),
    amountDeducted: fc.integer({ min: 0, max: 100 }),
  });
  fc.assert(
    fc.property(any, any, (known, told) => {
      const next = mergeDispute(known, told);
      expect(next.status === known.status || leadsTo(DISPUTE_MOVES, known.status, next.status)).toBe(true);
      expect(next.amountDeducted).toBeGreaterThanOrEqual(known.amountDeducted);
      expect(mergeDispute(next, told)).toBe(next);
    }),
    RUNS,
  );
});
