import { countsByDay, localDays } from './local-day';

const bucket = (instant: string): number => Date.parse(instant) / 900_000;
const begins = (timeZone: string, now: string, days: number): [string, string][] =>
  localDays(timeZone, new Date(now), days).map(({ date, firstBucket }) => [
    date,
    new Date(firstBucket * 900_000).toISOString(),
  ]);

it.each([
  [
    'UTC',
    '2026-03-01T00:00:00Z',
    ['2026-02-28', '2026-02-28T00:00:00.000Z'],
    ['2026-03-01', '2026-03-01T00:00:00.000Z'],
  ],
  [
    'Asia/Kolkata',
    '2026-11-01T18:30:00Z',
    ['2026-11-01', '2026-10-31T18:30:00.000Z'],
    ['2026-11-02', '2026-11-01T18:30:00.000Z'],
  ],
  [
    'Asia/Kathmandu',
    '2026-11-02T18:14:59Z',
    ['2026-11-01', '2026-10-31T18:15:00.000Z'],
    ['2026-11-02', '2026-11-01T18:15:00.000Z'],
  ],
  [
    'Pacific/Kiritimati',
    '2026-11-01T10:00:00Z',
    ['2026-11-01', '2026-10-31T10:00:00.000Z'],
    ['2026-11-02', '2026-11-01T10:00:00.000Z'],
  ],
  [
    'Pacific/Pago_Pago',
    '2026-11-02T10:59:59Z',
    ['2026-10-31', '2026-10-31T11:00:00.000Z'],
    ['2026-11-01', '2026-11-01T11:00:00.000Z'],
  ],
])('in %s days begin at its midnight', (timeZone, now, ...days) => {
  expect(begins(timeZone, now, 2)).toEqual(days);
});

it('a day has 23 or 25 hours where the clocks change', () => {
  expect(begins('America/New_York', '2026-03-09T12:00:00Z', 3)).toEqual([
    ['2026-03-07', '2026-03-07T05:00:00.000Z'],
    ['2026-03-08', '2026-03-08T05:00:00.000Z'],
    ['2026-03-09', '2026-03-09T04:00:00.000Z'],
  ]);
  expect(begins('America/New_York', '2026-11-02T12:00:00Z', 2)).toEqual([
    ['2026-11-01', '2026-11-01T04:00:00.000Z'],
    ['2026-11-02', '2026-11-02T05:00:00.000Z'],
  ]);
});

it('a day may begin after midnight', () => {
  // In Cairo the clocks go forward at midnight.
  expect(begins('Africa/Cairo', '2026-04-24T12:00:00Z', 1)).toEqual([['2026-04-24', '2026-04-23T22:00:00.000Z']]);
});

it('a year has every day of it once', () => {
  const days = localDays('America/New_York', new Date('2026-11-21T16:00:00Z'), 366);
  expect([days.length, days[0]?.date, days.at(-1)?.date]).toEqual([366, '2025-11-21', '2026-11-21']);
  expect(new Set(days.map(({ date }) => date)).size).toBe(366);
});

it('counts by day', () => {
  const days = localDays('Asia/Kathmandu', new Date('2026-11-02T12:00:00Z'), 2);
  const buckets = new Map([
    [bucket('2026-10-31T18:00:00Z'), 100],
    [bucket('2026-10-31T18:15:00Z'), 1],
    [bucket('2026-11-01T18:00:00Z'), 2],
    [bucket('2026-11-01T18:15:00Z'), 4],
    [bucket('2026-11-02T12:00:00Z'), 8],
  ]);
  expect(countsByDay(days, buckets)).toEqual([3, 12]);
});
