import fc from 'fast-check';
import {
  isReplaceable,
  type MandateTruth,
  monthsAfter,
  type PurchaseRecord,
  standingOfFree,
  standingOfMandate,
  standingOfOrder,
  waiting,
} from './purchase.rules';

const day = (text: string): Date => new Date(`2026-${text}T00:00:00Z`);
const at = (now: Date) => ({ now, graceDays: 7 });

const NEW: PurchaseRecord = {
  status: 'created',
  reason: 'not_paid',
  endsAtCycle: false,
  paidUntil: null,
  accessUntil: null,
  pastDueAt: null,
  endedAt: null,
};
const ACTIVE: MandateTruth = {
  status: 'active',
  paidCount: 2,
  startAt: day('01-05'),
  currentEnd: day('03-05'),
  endedAt: null,
  endsAtCycle: false,
};

it.each([
  ['2026-01-31T10:00:00Z', 1, '2026-02-28T10:00:00.000Z'],
  ['2024-01-31T10:00:00Z', 1, '2024-02-29T10:00:00.000Z'],
  ['2026-12-15T10:00:00Z', 1, '2027-01-15T10:00:00.000Z'],
  ['2026-01-31T10:00:00Z', 3, '2026-04-30T10:00:00.000Z'],
])('%s and %i months', (from, months, to) => expect(monthsAfter(new Date(from), months).toISOString()).toBe(to));

it('a checkout that nobody used makes room for another, and what is charged no longer; what is authorised does not', () => {
  const statuses = ['created', 'authenticated', 'active', 'pending', 'halted', 'paused'] as const;
  expect(statuses.filter((status) => isReplaceable({ status }))).toEqual(['created', 'halted']);
});

it('a mandate that is paid opens, with days of grace for the news of the next charge', () => {
  const standing = standingOfMandate(NEW, ACTIVE, at(day('02-10')));
  expect(standing).toMatchObject({
    status: 'active',
    hasAccess: true,
    paidUntil: day('03-05'),
    accessUntil: day('03-12'),
  });
});

it('past due from the first day, it was never paid, and opens nothing', () => {
  for (const currentEnd of [null, day('02-05')]) {
    const pending: MandateTruth = { ...ACTIVE, status: 'pending', paidCount: 0, currentEnd };
    const standing = standingOfMandate(NEW, pending, at(day('01-06')));
    expect(standing).toMatchObject({ hasAccess: false, accessUntil: null, paidUntil: null });
    expect(standing.pastDueAt).not.toBeNull();
  }
});

it('a charge that fails leaves the days of grace, whatever cycle the gateway is in', () => {
  const known = standingOfMandate(NEW, ACTIVE, at(day('02-10')));
  for (const currentEnd of [day('03-05'), day('04-05')]) {
    const pending: MandateTruth = { ...ACTIVE, status: 'pending', currentEnd };
    for (const before of [known, NEW]) {
      const standing = standingOfMandate(before, pending, at(day('03-06')));
      expect(standing).toMatchObject({
        reason: 'payment_failed_grace',
        pastDueAt: day('03-05'),
        accessUntil: day('03-12'),
        hasAccess: true,
      });
      expect(standingOfMandate(standing, pending, at(day('03-13'))).hasAccess).toBe(false);
      const halted = standingOfMandate(standing, { ...pending, status: 'halted' }, at(day('03-09')));
      expect([halted.hasAccess, halted.reason]).toEqual([false, 'halted']);
      const paid = standingOfMandate(halted, { ...ACTIVE, paidCount: 3, currentEnd: day('04-05') }, at(day('03-10')));
      expect(paid).toMatchObject({ hasAccess: true, pastDueAt: null, paidUntil: day('04-05') });
    }
  }
});

it('cancelled with the month it stays open to its last paid day, in either order of what is told', () => {
  const cancelled: MandateTruth = { ...ACTIVE, status: 'cancelled', endsAtCycle: true, endedAt: day('03-05') };
  const early = standingOfMandate(NEW, { ...cancelled, paidCount: 0, currentEnd: null }, at(day('02-01')));
  expect(early.hasAccess).toBe(false);
  for (const known of [NEW, early]) {
    const standing = standingOfMandate(known, cancelled, at(day('02-20')));
    expect(standing).toMatchObject({ hasAccess: true, accessUntil: day('03-05'), reason: 'cancelled_at_cycle_end' });
  }
});

it.each(['cancelled', 'completed'] as const)(
  '%s while a charge failed, nothing that is not paid stays open',
  (status) => {
    const truth: MandateTruth = {
      ...ACTIVE,
      status,
      endsAtCycle: true,
      currentEnd: day('04-05'),
      endedAt: day('03-06'),
    };
    const pending = standingOfMandate(NEW, { ...truth, status: 'pending', endedAt: null }, at(day('03-05')));
    for (const known of [NEW, pending]) {
      expect(standingOfMandate(known, truth, at(day('03-07')))).toMatchObject({
        status,
        hasAccess: false,
        accessUntil: day('03-05'),
        paidUntil: day('03-05'),
        pastDueAt: null,
      });
      // Months that were missed between two that were paid are told by the payments alone.
      const missed = standingOfMandate(known, { ...truth, paidThrough: day('04-05') }, at(day('03-07')));
      expect(missed).toMatchObject({ hasAccess: true, accessUntil: day('04-05') });
    }
  },
);

it('a good card that brings it back opens no month that was missed', () => {
  const back: MandateTruth = { ...ACTIVE, currentEnd: day('04-05'), paidThrough: day('03-05') };
  expect(standingOfMandate(NEW, back, at(day('03-20')))).toMatchObject({ hasAccess: false, paidUntil: day('03-05') });
  const paid: MandateTruth = { ...back, paidCount: 3, currentEnd: day('05-05'), paidThrough: day('05-05') };
  expect(standingOfMandate(NEW, paid, at(day('04-06')))).toMatchObject({ hasAccess: true, paidUntil: day('05-05') });
});

it('a month that went back in full is open no longer, and the next one opens again', () => {
  const back: MandateTruth = { ...ACTIVE, paidThrough: day('03-05'), refundedAt: day('02-20') };
  const gone = { status: 'active', reason: 'refunded', hasAccess: false, accessUntil: day('02-20') };
  expect(standingOfMandate(NEW, back, at(day('02-21')))).toMatchObject({ ...gone, paidUntil: day('03-05') });
  const next = { ...back, paidCount: 3, currentEnd: day('04-05'), paidThrough: day('04-05'), refundedAt: null };
  const known = standingOfMandate(NEW, back, at(day('02-21')));
  expect(standingOfMandate(known, next, at(day('03-06')))).toMatchObject({ hasAccess: true, reason: 'active' });
  const ended = { ...NEW, status: 'cancelled', endedAt: day('02-10'), accessUntil: day('02-10') } as const;
  expect(standingOfMandate(ended, back, at(day('02-21'))).accessUntil).toEqual(day('02-10'));
});

it('what we ended stays ended, whatever the gateway says later', () => {
  const ended: PurchaseRecord = {
    ...NEW,
    status: 'cancelled',
    reason: 'cancelled',
    endedAt: day('02-10'),
    accessUntil: day('02-10'),
    paidUntil: day('02-12'),
  };
  const truths: MandateTruth[] = [ACTIVE, { ...ACTIVE, paidCount: 5, currentEnd: day('06-05') }];
  for (const truth of truths) {
    expect(standingOfMandate(ended, truth, at(day('02-11')))).toEqual({ ...ended, hasAccess: false });
  }
  expect(standingOfOrder(ended, { paidAt: day('02-10'), refundedAt: null }, at(day('02-11'))).hasAccess).toBe(false);
  expect(standingOfFree(ended, at(day('02-11'))).hasAccess).toBe(false);
});

it('what was ended before the news of its payment came was paid all the same; what was paid later is paid back', () => {
  const ended: PurchaseRecord = { ...NEW, status: 'cancelled', endedAt: day('02-10'), accessUntil: day('02-10') };
  const moment = at(day('02-11'));
  expect(standingOfMandate(ended, ACTIVE, moment)).toMatchObject({ paidUntil: day('03-05'), hasAccess: false });
  expect(standingOfMandate(ended, { ...ACTIVE, startAt: day('02-10') }, moment).paidUntil).toBeNull();
  expect(standingOfMandate(ended, { ...ACTIVE, paidCount: 0 }, moment).paidUntil).toBeNull();
  const paid = (paidAt: Date | null) => standingOfOrder(ended, { paidAt, refundedAt: null }, moment).paidUntil;
  expect([paid(day('02-09')), paid(day('02-10')), paid(null)]).toEqual([day('03-09'), null, null]);
});

it('what is paid once opens for a month, unless it is paid back', () => {
  const paid = { paidAt: day('01-31'), refundedAt: null };
  expect(standingOfOrder(NEW, { paidAt: null, refundedAt: null }, at(day('02-01')))).toMatchObject({
    status: 'created',
    hasAccess: false,
  });
  expect(standingOfOrder(NEW, paid, at(day('02-01')))).toMatchObject({
    status: 'active',
    hasAccess: true,
    accessUntil: day('02-28'),
  });
  expect(standingOfOrder(NEW, paid, at(day('02-28')))).toMatchObject({ status: 'expired', hasAccess: false });
  const refunded = standingOfOrder(NEW, { ...paid, refundedAt: day('02-03') }, at(day('02-04')));
  expect(refunded).toMatchObject({ status: 'cancelled', hasAccess: false, accessUntil: day('02-03') });
});

it('a guest’s month begins when somebody comes for it, and until then opens nothing', () => {
  const paid = { paidAt: day('01-28'), refundedAt: null };
  const late = standingOfOrder(NEW, { ...paid, openedAt: day('03-10') }, at(day('03-11')));
  expect(late).toMatchObject({ status: 'active', hasAccess: true, accessUntil: day('04-10') });
  const early = standingOfOrder(NEW, { ...paid, openedAt: day('01-20') }, at(day('01-29')));
  expect(early.accessUntil).toEqual(day('02-28'));
  expect(waiting(late)).toMatchObject({ status: 'active', hasAccess: false, accessUntil: null });
});

it('depends on the last truth alone: whatever was told before, and however often', () => {
  const truth = fc
    .record({
      status: fc.constantFrom('created', 'active', 'pending', 'halted', 'paused', 'cancelled', 'completed'),
      paidCount: fc.nat(4),
      endsAtCycle: fc.boolean(),
    })
    .map(({ status, paidCount, endsAtCycle }): MandateTruth => ({
      status,
      paidCount,
      startAt: day('01-05'),
      currentEnd: paidCount === 0 ? null : monthsAfter(day('01-05'), paidCount),
      endedAt: status === 'cancelled' ? day('02-20') : null,
      endsAtCycle,
    }));
  // Charges are never taken back, and what is to end with its cycle stays so.
  const rising = fc
    .array(truth, { minLength: 1, maxLength: 8 })
    .map((truths) =>
      truths
        .sort((a, b) => a.paidCount - b.paidCount)
        .map((one) => ({ ...one, endsAtCycle: truths[0]?.endsAtCycle ?? false })),
    );
  fc.assert(
    fc.property(rising, fc.integer({ min: 0, max: 200 }), (truths, days) => {
      const moment = at(new Date(day('01-05').getTime() + days * 86_400_000));
      const last = truths.at(-1)!;
      const told = truths.reduce<PurchaseRecord>((known, one) => standingOfMandate(known, one, moment), NEW);
      expect(standingOfMandate(told, last, moment)).toEqual(standingOfMandate(NEW, last, moment));
    }),
    { numRuns: 3000 },
  );
});
