import { toldAccess } from './access-text.rules';

const day = (number: number) => new Date(Date.UTC(2026, 4, number));
const RECURRING = {
  kind: 'recurring',
  status: 'active',
  reason: 'active',
  paidUntil: day(14),
  accessUntil: day(21),
} as const;
type Known = Parameters<typeof toldAccess>[0];

it.each<[string, Partial<Known>, Date, Date | null, string]>([
  ['paid', {}, day(1), day(14), 'Paid until 14 May 2026, and renewed then.'],
  ['its renewal late', {}, day(15), day(21), 'The renewal has not been confirmed yet. Access until 21 May 2026.'],
  [
    'failing',
    { status: 'pending', reason: 'payment_failed_grace' },
    day(15),
    day(21),
    'The last payment failed, and is tried again. Access until 21 May 2026. Put it right at payment_url.',
  ],
  [
    'ending',
    { reason: 'cancelled_at_cycle_end', accessUntil: day(14) },
    day(1),
    day(14),
    'Cancelled: nothing more is charged. Access until 14 May 2026.',
  ],
  ['paid once', { kind: 'one_time', accessUntil: day(14) }, day(1), day(14), 'Paid. Access until 14 May 2026.'],
  [
    'paused',
    { status: 'paused', reason: 'paused', accessUntil: day(14) },
    day(1),
    day(14),
    'Paused: nothing is charged. Access until 14 May 2026.',
  ],
])('one that is %s has access, and says so', (_, known, now, until, text) => {
  expect(toldAccess({ ...RECURRING, ...known }, now)).toEqual({ has: true, until, text });
});

it.each<[string, Partial<Known>, Date | null, string]>([
  ['not paid', { status: 'created', reason: 'not_paid', paidUntil: null, accessUntil: null }, null, 'It is not paid.'],
  [
    'halted',
    { status: 'halted', reason: 'halted', accessUntil: day(14) },
    day(14),
    'Payments failed and are not tried again. Put it right at payment_url.',
  ],
  ['paid back', { reason: 'refunded', accessUntil: day(3) }, day(3), 'It was paid back.'],
  ['active by name only', {}, day(21), 'It is not paid.'],
])('one that is %s has none', (_, known, until, text) => {
  expect(toldAccess({ ...RECURRING, ...known }, day(30))).toEqual({ has: false, until, text });
});

it('a free one has no end', () => {
  const free = { kind: 'free', status: 'active', reason: 'active', paidUntil: null, accessUntil: null } as const;
  expect(toldAccess(free, day(1))).toEqual({ has: true, until: null, text: 'This tier is free.' });
  expect(toldAccess({ ...free, status: 'cancelled', reason: 'cancelled', accessUntil: day(1) }, day(2)).has).toBe(
    false,
  );
});
