import { type Present, quoteOf, type Wanted } from './change.rules';

const day = (number: number) => new Date(Date.UTC(2026, 4, number));
const PRESENT: Present = {
  kind: 'recurring',
  status: 'active',
  endsAtCycle: false,
  amount: 20_000,
  currency: 'INR',
  paidUntil: day(31),
};
const quote = (present: Partial<Present> = {}, more: Partial<Wanted> = {}) =>
  quoteOf({
    present: { ...PRESENT, ...present },
    price: { amount: 50_000, currency: 'INR' },
    when: undefined,
    takesPlans: true,
    now: day(10),
    ...more,
  });
const cheaper = { price: { amount: 10_000, currency: 'INR' } };
const anew = { takesPlans: false };

it.each<[string, Partial<Present>, Partial<Wanted>, object]>([
  ['more', {}, {}, { how: 'update', applies: 'now', chargeNow: 30_000, isExact: false, nextChargeAt: day(31) }],
  ['more, with the next month', {}, { when: 'cycle_end' }, { how: 'update', appliesAt: day(31), chargeNow: 0 }],
  ['less', {}, cheaper, { how: 'update', applies: 'cycle_end', appliesAt: day(31), chargeNow: 0, refundNow: 0 }],
  ['less, now', {}, { ...cheaper, when: 'now' }, { chargeNow: 0, refundNow: 10_000, isExact: false }],
  ['as much', { amount: 50_000 }, { when: 'now' }, { how: 'update', chargeNow: 0, refundNow: 0, isExact: true }],
  ['more by UPI', {}, anew, { how: 'new_mandate', applies: 'cycle_end', appliesAt: day(31), chargeNow: 0 }],
  ['more by UPI, now', {}, { ...anew, when: 'now' }, { how: 'new_mandate', chargeNow: 50_000, isExact: true }],
  ['in dollars', {}, { price: { amount: 900, currency: 'USD' } }, { how: 'new_mandate', applies: 'cycle_end' }],
  ['one that ends', { endsAtCycle: true }, {}, { how: 'new_mandate', appliesAt: day(31) }],
  ['one that is paused', { status: 'paused' }, {}, { how: 'new_mandate', appliesAt: day(31) }],
  ['one that fails', { status: 'pending' }, {}, { how: 'new_mandate', applies: 'now', chargeNow: 50_000 }],
  ['one that is halted', { status: 'halted' }, {}, { how: 'new_mandate', applies: 'now', chargeNow: 50_000 }],
  ['a month paid once', { kind: 'one_time' }, {}, { how: 'new_mandate', appliesAt: day(31), chargeNow: 0 }],
  ['a free one', { kind: 'free', amount: 0, paidUntil: null }, {}, { how: 'new_mandate', chargeNow: 50_000 }],
  ['one whose days are over', {}, { now: day(31), ...anew }, { applies: 'now', chargeNow: 50_000 }],
])('%s', (_, present, more, expected) => {
  expect(quote(present, more)).toMatchObject(expected);
});

it.each<[string, Partial<Present>, Partial<Wanted>]>([
  ['fails', { status: 'pending' }, {}],
  ['is free', { kind: 'free', paidUntil: null }, {}],
  ['has no paid days left', {}, { now: day(31) }],
])('there is no end to wait for of one that %s', (_, present, more) => {
  expect(quote(present, { when: 'cycle_end', ...more })).toBeUndefined();
});

it.each<[string, Partial<Wanted>, string]>([
  ['the most that is charged', {}, 'never more than the difference of the two prices'],
  ['what is not paid back', { ...anew, when: 'now' }, 'The days that are paid until 31 May 2026 are not paid back.'],
  ['when it begins', anew, 'The new price is charged from 31 May 2026 on'],
  ['the limit of UPI', { price: { amount: 1_500_001, currency: 'INR' } }, 'have to be approved every month'],
])('the note says %s', (_, more, expected) => {
  expect(quote({}, more)?.note).toContain(expected);
});
