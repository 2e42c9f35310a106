import { indianDayOf, startOfIndianDay } from './india.rules';

it.each([
  ['2026-03-31T18:29:59.999Z', { year: 2026, month: 3, day: 31 }, '2026-03-30T18:30:00.000Z'],
  ['2026-03-31T18:30:00.000Z', { year: 2026, month: 4, day: 1 }, '2026-03-31T18:30:00.000Z'],
  ['2026-12-31T20:00:00.000Z', { year: 2027, month: 1, day: 1 }, '2026-12-31T18:30:00.000Z'],
])('%s is on %j, which begins at %s', (moment, day, start) => {
  expect(indianDayOf(new Date(moment))).toEqual(day);
  expect(startOfIndianDay(new Date(moment)).toISOString()).toBe(start);
});
