import { GatewayError } from '../gateway/gateway-error';
import { faultOfItem, MOST_TRIES, pauseAfter, RunLost, RunStopped } from './run.rules';

const outage = new GatewayError('unavailable', 'No connection');

it.each([
  [outage, undefined],
  [new GatewayError('unknown', 'No answer'), undefined],
  [new GatewayError('misconfigured', 'No keys'), undefined],
  [new RunLost(), undefined],
  [new RunStopped(), undefined],
  [Object.assign(new Error('no database'), { code: 'ECONNREFUSED' }), undefined],
  [new GatewayError('malformed', 'Odd'), 'malformed'],
  [new GatewayError('refused', 'No'), 'failed'],
  [new Error('a bug'), 'failed'],
])('%s is counted as %p', (error, fault) => expect(faultOfItem(error)).toBe(fault));

it('an outage is waited for ever longer, for about a day, and anything else a few times', () => {
  expect([1, 2, 3, 20].map((tries) => pauseAfter(outage, tries))).toEqual([10_000, 20_000, 40_000, 900_000]);
  expect(pauseAfter(outage, MOST_TRIES)).toBeUndefined();
  const waited = Array.from({ length: MOST_TRIES - 1 }, (_, i) => pauseAfter(outage, i + 1) ?? 0);
  expect(waited.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(23 * 3_600_000);
  expect(pauseAfter(new Error('a bug'), 4)).toBe(80_000);
  expect(pauseAfter(new Error('a bug'), 5)).toBeUndefined();
  expect(pauseAfter(new GatewayError('refused', 'No'), 5)).toBeUndefined();
});
