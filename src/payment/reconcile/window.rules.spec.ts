import { faultOf, isWhole, ROUNDS, turnOf, windowOf, windowOfRound } from './window.rules';

const NOW = new Date('2026-03-10T12:00:00Z');
const at = (text: string): Date => new Date(text);

it('is the last eight days where nothing else is asked, and never ends in the future', () => {
  expect(windowOf({}, NOW)).toEqual({ from: at('2026-03-02T12:00:00Z'), to: NOW });
  expect(windowOf({ to: at('2027-01-01T00:00:00Z') }, NOW)).toEqual({ from: at('2026-03-02T12:00:00Z'), to: NOW });
  const asked = { from: at('2026-01-01T00:00:00Z'), to: at('2026-01-02T00:00:00Z') };
  expect(windowOf(asked, NOW)).toEqual(asked);
});

it.each([
  ['2026-03-10T12:00:01Z', '2026-03-11T00:00:00Z', 'ahead'],
  ['2026-03-10T11:00:00Z', '2026-03-10T11:00:00Z', 'ends_first'],
  ['2026-03-10T11:00:00Z', '2026-03-09T00:00:00Z', 'ends_first'],
  ['2025-01-01T00:00:00Z', '2026-03-10T12:00:00Z', 'too_long'],
  ['2025-03-01T00:00:00Z', '2026-03-10T12:00:00Z', undefined],
  ['1999-12-31T23:59:59Z', '2000-01-02T00:00:00Z', 'too_early'],
  ['2000-01-01T00:00:00Z', '2000-01-02T00:00:00Z', undefined],
])('from %s to %s: %p', (from, to, fault) => {
  expect(faultOf({ from: at(from), to: at(to) }, NOW)).toBe(fault);
});

it('the schedule has one turn of a round, whoever asks, and leaves the last minutes to webhooks', () => {
  const [day, recent] = ROUNDS;
  expect(turnOf(recent!, NOW)).toBe(turnOf(recent!, at('2026-03-10T12:14:59Z')));
  expect(turnOf(recent!, NOW)).not.toBe(turnOf(recent!, at('2026-03-10T12:15:00Z')));
  expect(turnOf(day!, NOW)).not.toBe(turnOf(recent!, NOW));
  expect(windowOfRound(recent!, NOW)).toEqual({ from: at('2026-03-10T05:55:00Z'), to: at('2026-03-10T11:55:00Z') });
  expect([isWhole(windowOfRound(day!, NOW)), isWhole(windowOfRound(recent!, NOW))]).toEqual([true, false]);
});
