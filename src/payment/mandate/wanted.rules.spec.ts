import type { Wanted } from './mandate.entity';
import { isEnd, wantedAfter } from './wanted.rules';

it.each<[Wanted | null, Wanted, Wanted]>([
  [null, 'paused', 'paused'],
  ['paused', 'resumed', 'resumed'],
  ['resumed', 'paused', 'paused'],
  ['paused', 'cancelled_at_end', 'cancelled_at_end'],
  ['cancelled_at_end', 'paused', 'cancelled_at_end'],
  ['cancelled_at_end', 'cancelled', 'cancelled'],
  ['cancelled', 'cancelled_at_end', 'cancelled'],
  ['cancelled', 'resumed', 'cancelled'],
])('after %s and %s the gateway is to hear %s', (known, asked, expected) => {
  expect(wantedAfter(known, asked)).toBe(expected);
});

it.each<[Wanted | null, boolean]>([
  [null, false],
  ['paused', false],
  ['resumed', false],
  ['cancelled', true],
  ['cancelled_at_end', true],
])('%s is an end: %s', (wanted, expected) => expect(isEnd(wanted)).toBe(expected));
