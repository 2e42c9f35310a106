import fc from 'fast-check';
import type { MandateStatus } from '../../payment/events/mandate-changed.event';
import { ACCESS_TABLE, type MandatePurchase, type OneTimePurchase, subscriptionAccess } from './subscription.state';

const DAY_MS = 86_400_000;
const GRACE = 7;
const STATUSES = [...new Set(ACCESS_TABLE.map(({ status }) => status))];

const day = (number: number) => new Date(Date.UTC(2026, 0, number));
const PAID: MandatePurchase = {
  kind: 'mandate',
  status: 'active',
  paidCount: 1,
  currentEnd: day(31),
  endedAt: null,
  endsAtCycle: false,
  pastDueSince: null,
};
const mandate = (more: Partial<MandatePurchase>, now: Date) =>
  subscriptionAccess({ ...PAID, ...more }, { now, graceDays: GRACE });
const once = (more: Partial<OneTimePurchase>, now: Date) =>
  subscriptionAccess({ kind: 'one_time', paidUntil: day(31), refundedAt: null, ...more }, { now, graceDays: GRACE });

describe('a subscription of which a cycle to the 31st is paid', () => {
  const failed = { status: 'pending', pastDueSince: day(31) } as const;
  const ending = { endsAtCycle: true } as const;
  const halted = { status: 'halted', pastDueSince: day(31) } as const;

  it.each<[string, Partial<MandatePurchase>, Date, Date | null, boolean, string]>([
    ['active, in the cycle', {}, day(15), day(38), true, 'active'],
    ['active, its renewal not heard of', {}, day(34), day(38), true, 'active'],
    ['active, its renewal never heard of', {}, day(38), day(38), false, 'not_paid'],
    ['failing, within the grace', failed, day(37), day(38), true, 'payment_failed_grace'],
    ['failing, the grace over', failed, day(38), day(38), false, 'not_paid'],
    ['failing, seen late', { ...failed, pastDueSince: day(34) }, day(37), day(38), true, 'payment_failed_grace'],
    ['failing, since an unknown time', { status: 'pending' }, day(37), day(38), true, 'payment_failed_grace'],
    ['failing, its end moved on', { ...failed, currentEnd: day(61) }, day(37), day(38), true, 'payment_failed_grace'],
    ['failing and to end', { ...failed, ...ending }, day(32), day(31), false, 'cancelled_at_cycle_end'],
    ['halted', halted, day(35), day(31), false, 'halted'],
    ['halted and to end', { ...halted, ...ending }, day(35), day(31), false, 'halted'],
    ['halted before its end', { status: 'halted' }, day(15), day(15), false, 'halted'],
    ['to end with the cycle', ending, day(30), day(31), true, 'cancelled_at_cycle_end'],
    ['to end with the cycle, on that day', ending, day(31), day(31), false, 'cancelled_at_cycle_end'],
    [
      'ended with the cycle',
      { status: 'cancelled', endedAt: day(30), ...ending },
      day(30),
      day(31),
      true,
      'cancelled_at_cycle_end',
    ],
    ['cancelled', { status: 'cancelled', endedAt: day(15) }, day(15), day(15), false, 'cancelled'],
    ['cancelled at an unknown time', { status: 'cancelled' }, day(15), day(15), false, 'cancelled'],
    ['cancelled after its end', { status: 'cancelled', endedAt: day(35) }, day(36), day(31), false, 'cancelled'],
    ['paused', { status: 'paused' }, day(30), day(31), true, 'paused'],
    ['paused, past the cycle', { status: 'paused' }, day(31), day(31), false, 'paused'],
    ['paused and to end', { status: 'paused', ...ending }, day(30), day(31), true, 'cancelled_at_cycle_end'],
    ['completed', { status: 'completed', endedAt: day(2) }, day(30), day(31), true, 'completed'],
    ['completed, past the cycle', { status: 'completed' }, day(31), day(31), false, 'completed'],
    ['expired', { status: 'expired' }, day(15), null, false, 'expired'],
    ['created', { status: 'created' }, day(15), null, false, 'not_paid'],
    ['authenticated', { status: 'authenticated' }, day(15), null, false, 'not_paid'],
  ])('%s', (_, purchase, now, until, has, reason) => {
    const { status } = { ...PAID, ...purchase };
    expect(mandate(purchase, now)).toEqual({ status, access_until: until, has_access: has, reason });
  });
});

describe('a subscription whose last paid month went back in full on the 9th', () => {
  const back = { refundedAt: day(9) } as const;

  it.each(STATUSES)('%s: open until then, unless it was over before', (status) => {
    for (const endsAtCycle of [false, true]) {
      for (const isReplaced of [false, true]) {
        const [kept, gone] = [{}, back].map((more) => mandate({ status, endsAtCycle, isReplaced, ...more }, day(12)));
        if (kept === undefined || kept.access_until === null) expect(gone).toEqual(kept);
        else {
          const refunded = { status, access_until: day(9), has_access: false, reason: 'refunded' };
          expect(gone).toEqual(refunded);
        }
      }
    }
  });

  it('keeps what it was over for', () => {
    const cancelled = { status: 'cancelled', endedAt: day(5), ...back } as const;
    expect(mandate(cancelled, day(12))).toMatchObject({ access_until: day(5), reason: 'cancelled' });
    expect(mandate({ refundedAt: day(38) }, day(39))).toMatchObject({ access_until: day(38), reason: 'not_paid' });
  });

  it('has no days of grace either', () => {
    const late = { refundedAt: day(33) };
    expect(mandate(late, day(34))).toMatchObject({ access_until: day(33), has_access: false, reason: 'refunded' });
    expect(mandate({ ...late, status: 'pending', pastDueSince: day(31) }, day(34)).has_access).toBe(false);
  });
});

describe('a subscription of which nothing is paid', () => {
  it.each<[MandateStatus, string]>([
    ['created', 'not_paid'],
    ['authenticated', 'not_paid'],
    ['active', 'not_paid'],
    ['pending', 'not_paid'],
    ['halted', 'halted'],
    ['paused', 'paused'],
    ['cancelled', 'cancelled'],
    ['completed', 'completed'],
    ['expired', 'expired'],
  ])('%s opens nothing: %s', (status, reason) => {
    const nothing = { status, access_until: null, has_access: false, reason };
    expect(mandate({ status, paidCount: 0 }, day(15))).toEqual(nothing);
    expect(mandate({ status, currentEnd: null }, day(15))).toEqual(nothing);
  });

  it('and that was to end was not paid either', () => {
    expect(mandate({ paidCount: 0, endsAtCycle: true }, day(15)).reason).toBe('not_paid');
  });
});

it.each<[string, Partial<OneTimePurchase>, Date, object]>([
  ['not paid', { paidUntil: null }, day(1), { status: 'created', access_until: null, reason: 'not_paid' }],
  ['paid', {}, day(30), { status: 'active', access_until: day(31), has_access: true, reason: 'active' }],
  ['over', {}, day(31), { status: 'expired', access_until: day(31), reason: 'expired' }],
  [
    'to be replaced, past its end',
    { isReplaced: true },
    day(33),
    { status: 'active', access_until: day(38), has_access: true, reason: 'changing_tier' },
  ],
  [
    'to be replaced, and never was',
    { isReplaced: true },
    day(38),
    { status: 'expired', access_until: day(31), reason: 'expired' },
  ],
  ['paid back', { refundedAt: day(9) }, day(9), { status: 'cancelled', access_until: day(9), reason: 'refunded' }],
  [
    'paid back later',
    { refundedAt: day(40) },
    day(41),
    { status: 'expired', access_until: day(31), reason: 'expired' },
  ],
])('a period bought once: %s', (_, purchase, now, expected) => {
  expect(once(purchase, now)).toEqual({ has_access: false, ...expected });
});

describe('the published table', () => {
  it('says one thing of each status, whether it goes on or is to end', () => {
    expect(STATUSES).toHaveLength(9);
    const rows = ACCESS_TABLE.map(({ status, cancelled_at_cycle_end: ends }) => `${status} ${ends}`);
    expect([...new Set(rows)]).toEqual(STATUSES.flatMap((status) => [`${status} false`, `${status} true`]));
    const changing = ACCESS_TABLE.filter((row) => row.changing_tier).map(({ status }) => status);
    expect(changing).toEqual(['active', 'pending', 'paused', 'cancelled']);
  });

  it.each(ACCESS_TABLE)('is what happens: $status, $cancelled_at_cycle_end, $changing_tier', (row) => {
    const { cancelled_at_cycle_end: endsAtCycle, changing_tier: isReplaced, status } = row;
    const access = mandate({ status, endsAtCycle, isReplaced, endedAt: day(9) }, day(10));
    const ends = { none: null, paid_end: day(31), grace_end: day(38), ended_at: day(9) };
    expect(access).toMatchObject({ reason: row.reason, access_until: ends[row.until] });
  });
});

describe('whatever is known of a subscription', () => {
  const instant = fc.integer({ min: 0, max: 400 }).map((half) => new Date(Date.UTC(2026, 0, 1) + (half * DAY_MS) / 2));
  const purchase: fc.Arbitrary<MandatePurchase> = fc.record({
    kind: fc.constant('mandate' as const),
    status: fc.constantFrom(...STATUSES),
    paidCount: fc.nat(3),
    currentEnd: fc.option(instant),
    endedAt: fc.option(instant),
    endsAtCycle: fc.boolean(),
    pastDueSince: fc.option(instant),
    refundedAt: fc.option(instant),
  });
  const moment = fc.record({ now: instant, graceDays: fc.nat(30) });
  const holds = (rule: (known: MandatePurchase, at: { now: Date; graceDays: number }) => boolean) =>
    fc.assert(fc.property(purchase, moment, rule), { numRuns: 2_000 });

  it('access ends with the paid period and the grace at the latest', () => {
    holds((known, at) => {
      const { access_until: until } = subscriptionAccess(known, at);
      const paid = known.paidCount > 0 && known.currentEnd !== null ? known.currentEnd.getTime() : -Infinity;
      return until === null || until.getTime() <= paid + at.graceDays * DAY_MS;
    });
  });

  it('there is access exactly until it ends', () => {
    holds((known, at) => {
      const { access_until: until, has_access: has } = subscriptionAccess(known, at);
      return has === (until !== null && at.now < until);
    });
  });

  it('what went back opens nothing from then on, and is said to have', () => {
    holds((known, at) => {
      const { refundedAt } = known;
      const kept = subscriptionAccess({ ...known, refundedAt: null }, at);
      const told = subscriptionAccess(known, at);
      if (!refundedAt || kept.access_until === null || refundedAt >= kept.access_until) {
        return JSON.stringify(told) === JSON.stringify(kept);
      }
      return told.access_until === refundedAt && told.reason === 'refunded' && told.status === kept.status;
    });
  });

  it('without a grace no status reaches beyond what is paid', () => {
    holds((known, { now }) => {
      const { access_until: until } = subscriptionAccess(known, { now, graceDays: 0 });
      return until === null || (known.currentEnd !== null && until <= known.currentEnd);
    });
  });

  it('what was cancelled at once, and what was halted, is over', () => {
    holds((known, at) => {
      const isOver = (known.status === 'cancelled' && !known.endsAtCycle) || known.status === 'halted';
      return !isOver || !subscriptionAccess(known, at).has_access;
    });
  });

  it('what was cancelled at the end of its cycle keeps the paid days, and no more', () => {
    holds((known, at) => {
      const isEnding = known.endsAtCycle && ['active', 'paused', 'cancelled'].includes(known.status);
      if (!isEnding || known.paidCount === 0 || known.currentEnd === null || known.pastDueSince !== null) return true;
      return (
        subscriptionAccess({ ...known, refundedAt: null }, at).access_until?.getTime() === known.currentEnd.getTime()
      );
    });
  });

  it('time alone never opens what was shut', () => {
    fc.assert(
      fc.property(purchase, moment, fc.nat(100), (known, { now, graceDays }, days) => {
        const later = new Date(now.getTime() + days * DAY_MS);
        const [first, last] = [now, later].map((at) => subscriptionAccess(known, { now: at, graceDays }).has_access);
        return first || !last;
      }),
      { numRuns: 2_000 },
    );
  });
});
