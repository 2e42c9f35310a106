import { DRIFT_CLASSES } from './drift-classes';
import { counted, driftOf, sumOf, tallyOf, uncured } from './drift.rules';

it('counts by class, in the order of the table, and what was cured of it', () => {
  const tally = counted(counted(counted({}, 'malformed', false), 'order_behind', true), 'order_behind', false);
  expect(driftOf(tally)).toEqual([
    { class: 'order_behind', count: 2, cured: 1 },
    { class: 'malformed', count: 1, cured: 0 },
  ]);
  expect(driftOf(sumOf(tally, counted({}, 'malformed', false)))).toContainEqual({
    class: 'malformed',
    count: 2,
    cured: 0,
  });
  expect(driftOf(tallyOf(driftOf(tally)))).toEqual(driftOf(tally));
  expect(driftOf({})).toEqual([]);
});

it('what is not cured is left for a person', () => {
  const tally = counted(counted({}, 'refund_missing', true), 'settlement_differs', false);
  expect(uncured(driftOf(tally))).toEqual([{ class: 'settlement_differs', count: 1, cured: 0 }]);
});

it('every class has one sentence or two, and says whether it is only reported', () => {
  for (const [name, sentence] of Object.entries(DRIFT_CLASSES)) {
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    const isReported = /_absent|_stray|_differs|^malformed|^failed/.test(name);
    expect(sentence.includes('Only reported')).toBe(isReported);
  }
});
