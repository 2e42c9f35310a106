import fc from 'fast-check';
import { cycleStart, dateInIndia, DAY, midnightInIndia } from './cycle.rules';

const MONTHLY = { period: 'monthly', interval: 1 } as const;
const at = (text: string): number => Date.parse(text) / 1000;

it('the first cycle begins at its moment, the others at midnight in India', () => {
  const start = at('2026-01-05T09:00:00Z');
  expect(cycleStart(start, MONTHLY, 0)).toBe(start);
  expect(cycleStart(start, MONTHLY, 1)).toBe(at('2026-02-04T18:30:00Z'));
  // At 20:00 UTC the next day has begun in India.
  expect(cycleStart(at('2026-01-05T20:00:00Z'), MONTHLY, 1)).toBe(at('2026-02-05T18:30:00Z'));
});

it('a month that is too short is billed on its last day, and the next on the day again', () => {
  const start = at('2026-01-31T00:00:00Z');
  const days = [1, 2, 3, 13].map((cycle) => dateInIndia(cycleStart(start, MONTHLY, cycle)));
  expect(days.map(({ month, day }) => [month, day])).toEqual([
    [2, 28],
    [3, 31],
    [4, 30],
    [2, 28],
  ]);
});

it.each([
  ['daily', 7, '2026-01-11T18:30:00Z'],
  ['weekly', 2, '2026-01-18T18:30:00Z'],
  ['monthly', 3, '2026-04-04T18:30:00Z'],
  ['yearly', 1, '2027-01-04T18:30:00Z'],
] as const)('%s, every %d', (period, interval, next) => {
  expect(cycleStart(at('2026-01-04T18:30:00Z'), { period, interval }, 1)).toBe(at(next));
});

it('cycles follow each other without a gap of more than a month and a day', () => {
  const start = fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2040-01-01T00:00:00Z') });
  fc.assert(
    fc.property(start, fc.integer({ min: 0, max: 240 }), (moment, cycle) => {
      const [begin, end] = [cycleStart(moment, MONTHLY, cycle), cycleStart(moment, MONTHLY, cycle + 1)];
      expect(end - begin).toBeGreaterThan(26 * DAY);
      expect(end - begin).toBeLessThanOrEqual(31 * DAY);
      expect(midnightInIndia(end)).toBe(end);
    }),
  );
});
