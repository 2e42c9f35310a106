import { differenceOf } from './proration.rules';

it.each<[string, object, number]>([
  ['all of it at the beginning', { now: 1000 }, 30_000],
  ['half of it in the middle', { now: 1500 }, 15_000],
  ['nothing at the end', { now: 2000 }, 0],
  ['nothing after it', { now: 3000 }, 0],
  ['no more than all of it', { now: 500 }, 30_000],
  ['less than nothing where it goes down', { from: 50_000, to: 20_000, now: 1750 }, -7_500],
])('%s', (_, more, expected) => {
  expect(differenceOf({ from: 20_000, to: 50_000, start: 1000, end: 2000, now: 1000, ...more })).toBe(expected);
});
