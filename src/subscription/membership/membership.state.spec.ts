import { accessOf, hasRunOut, moveBetween } from './membership.state';

const day = (number: number) => new Date(Date.UTC(2026, 0, number));
const holding = (endsAt: Date | null) => ({ id: 1, endsAt });

describe('access', () => {
  it('is none where nothing holds', () => expect(accessOf([])).toBeUndefined());

  it('lasts as long as the last that holds', () => {
    expect(accessOf([holding(day(2)), holding(day(5)), holding(day(3))])).toEqual({ until: day(5) });
  });

  it('is open where anything is', () => {
    expect(accessOf([holding(day(2)), holding(null)])).toEqual({ until: null });
  });
});

it.each([
  [null, false],
  [day(3), false],
  [day(2), true],
  [day(1), true],
])('what ends at %j has run out on the second: %j', (endsAt, expected) => {
  expect(hasRunOut(holding(endsAt), day(2))).toBe(expected);
});

it.each([
  [undefined, undefined, undefined],
  [undefined, { until: null }, 'started'],
  [undefined, { until: day(1) }, 'started'],
  [{ until: day(1) }, undefined, 'ended'],
  [{ until: null }, undefined, 'ended'],
  [{ until: day(1) }, { until: day(1) }, undefined],
  [{ until: null }, { until: null }, undefined],
  [{ until: day(1) }, { until: day(2) }, 'changed'],
  [{ until: day(1) }, { until: null }, 'changed'],
  [{ until: null }, { until: day(1) }, 'changed'],
])('from %j to %j it has %s', (before, after, expected) => {
  expect(moveBetween(before, after)).toBe(expected);
});
