import { isQuiet, localTime, nextDigest } from './local-time.rules';

const next = (now: string, zone: string, lastDay: string | null = null): string =>
  nextDigest(new Date(now), zone, lastDay).toISOString();

it.each([
  ['2026-11-21T08:59:59Z', 'UTC', '2026-11-21T09:00:00.000Z'],
  ['2026-11-21T09:00:00Z', 'UTC', '2026-11-22T09:00:00.000Z'],
  ['2026-11-21T09:00:00Z', 'Asia/Kolkata', '2026-11-22T03:30:00.000Z'],
  ['2026-11-21T03:00:00Z', 'Asia/Kathmandu', '2026-11-21T03:15:00.000Z'],
  ['2026-11-21T09:00:00Z', 'America/New_York', '2026-11-21T14:00:00.000Z'],
  ['2026-11-21T09:00:00Z', 'Pacific/Kiritimati', '2026-11-21T19:00:00.000Z'],
  ['2026-11-21T09:00:00Z', 'Pacific/Pago_Pago', '2026-11-21T20:00:00.000Z'],
  // The clocks change in the night between.
  ['2026-03-07T15:00:00Z', 'America/New_York', '2026-03-08T13:00:00.000Z'],
  ['2026-10-31T14:00:00Z', 'America/New_York', '2026-11-01T14:00:00.000Z'],
  ['2026-11-21T08:00:00Z', 'No/Such_Zone', '2026-11-21T09:00:00.000Z'],
])('after %s in %s it is nine at %s', (now, zone, at) => {
  expect(next(now, zone)).toBe(at);
});

it('has one digest a day, also where the reader moves west', () => {
  expect(next('2026-11-21T00:30:00Z', 'America/New_York', '2026-11-21')).toBe('2026-11-22T14:00:00.000Z');
  expect(next('2026-11-21T09:00:00Z', 'UTC', '2026-11-21')).toBe('2026-11-22T09:00:00.000Z');
});

it('tells the hour and the day', () => {
  expect(localTime(new Date('2026-11-21T18:30:00Z'), 'Asia/Kolkata')).toEqual({ day: '2026-11-22', hour: 0 });
  expect(localTime(new Date('2026-11-21T23:59:59Z'), 'UTC')).toEqual({ day: '2026-11-21', hour: 23 });
});

it.each([
  [22, 22, 7, true],
  [3, 22, 7, true],
  [7, 22, 7, false],
  [21, 22, 7, false],
  [13, 13, 14, true],
  [14, 13, 14, false],
  [3, 5, 5, false],
  [3, null, 7, false],
])('at %s, quiet from %s until %s: %s', (hour, from, until, quiet) => {
  expect(isQuiet(hour, from, until)).toBe(quiet);
});
