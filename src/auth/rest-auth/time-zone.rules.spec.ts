import { timeZoneOf } from './time-zone.rules';

describe('timeZoneOf', () => {
  it.each([
    'UTC',
    'Europe/Berlin',
    'Asia/Kolkata',
    'America/Argentina/Buenos_Aires',
    'Etc/GMT+5',
    'America/Port-au-Prince',
  ])('knows %s', (name) => {
    expect(timeZoneOf(name)).toBe(name);
  });

  it('writes what it lists in its own case', () => {
    expect(timeZoneOf('europe/BERLIN')).toBe('Europe/Berlin');
    expect(timeZoneOf('utc')).toBe('UTC');
  });

  it.each([
    '',
    'Mars/Olympus',
    '+05:30',
    '-08',
    'UTC+3',
    'Europe/',
    '/Berlin',
    'Europe Berlin',
    'Europe/Berlin\n',
    '../UTC',
  ])('does not know %p', (name) => {
    expect(timeZoneOf(name)).toBeUndefined();
  });
});
