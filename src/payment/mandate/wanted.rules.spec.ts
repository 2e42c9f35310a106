import type { Wanted } from './mandate.entity';
import { hasHeard, isEnd, isPlan, wantedAfter } from './wanted.rules';

it.each<[Wanted | null, Wanted, Wanted]>([
  [null, 'paused', 'paused'],
  ['paused', 'resumed', 'resumed'],
  ['resumed', 'paused', 'paused'],
  ['paused', 'cancelled_at_end', 'cancelled_at_end'],
  ['cancelled_at_end', 'paused', 'cancelled_at_end'],
  ['cancelled_at_end', 'cancelled', 'cancelled'],
  ['cancelled', 'cancelled_at_end', 'cancelled'],
  ['cancelled', 'resumed', 'cancelled'],
  ['plan_at_end', 'plan_kept', 'plan_kept'],
  ['plan_at_end', 'cancelled_at_end', 'cancelled_at_end'],
  ['cancelled_at_end', 'plan_now', 'cancelled_at_end'],
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

it.each<[Wanted | null, boolean]>([
  [null, false],
  ['plan_now', true],
  ['plan_at_end', true],
  ['plan_kept', false],
  ['paused', false],
])('%s is another price: %s', (wanted, expected) => expect(isPlan(wanted)).toBe(expected));

describe('what the gateway shows', () => {
  const ACTIVE = { status: 'active', planId: 'plan_old', hasScheduledChanges: false };
  it.each<[Wanted, Partial<typeof ACTIVE>, boolean, boolean]>([
    ['cancelled', {}, false, false],
    ['cancelled', { status: 'cancelled' }, false, true],
    ['cancelled_at_end', {}, false, true],
    ['paused', {}, false, false],
    ['paused', { status: 'paused' }, false, true],
    ['paused', { status: 'completed' }, true, true],
    ['resumed', {}, false, true],
    ['plan_kept', {}, true, true],
    ['plan_now', {}, true, false],
    ['plan_now', { planId: 'plan_new' }, true, true],
    ['plan_now', { hasScheduledChanges: true }, false, false],
    ['plan_at_end', { hasScheduledChanges: true }, false, true],
    ['plan_at_end', { hasScheduledChanges: true }, true, false],
    ['plan_at_end', { planId: 'plan_new' }, true, true],
  ])('of one that is to be %s: %o, refused %s, is done: %s', (wanted, told, refused, expected) => {
    expect(hasHeard({ ...ACTIVE, ...told }, wanted, { planId: 'plan_new', refused })).toBe(expected);
  });
});
