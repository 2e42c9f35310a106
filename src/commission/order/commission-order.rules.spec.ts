import { assert, constantFrom, date, option, property, record } from 'fast-check';
import {
  ACCEPTING_MS,
  after,
  dueAt,
  endsAt,
  HOLD_MS,
  houseStep,
  isBeingAccepted,
  isOpen,
  isOwedStill,
  isPaidForNothing,
  isToBeWarned,
  type Life,
  MONEY_STANDINGS,
  type MoneyStanding,
  OWED_MS,
  SILENCE_MS,
  standingOf,
  WARNING_MS,
} from './commission-order.rules';
import { canStep, COMMISSION_STATUSES, type CommissionStatus, isBuyersMoney, isOver } from './commission-order.state';

const THEN = new Date('2026-03-01T10:00:00Z');
const NONE = { heldAt: null, paidAt: null, refundedAt: null };

function life(part: Partial<Life>): Life {
  return {
    status: 'ordered',
    payment: 'unpaid',
    heldAt: null,
    acceptingAt: null,
    warnedAt: null,
    dueAt: null,
    ...part,
  };
}

const authorized = life({ payment: 'authorized', heldAt: THEN });

describe('the money of an order', () => {
  it.each<[CommissionStatus, MoneyStanding, object, MoneyStanding]>([
    ['ordered', 'unpaid', {}, 'unpaid'],
    ['ordered', 'unpaid', { heldAt: THEN }, 'authorized'],
    ['ordered', 'authorized', {}, 'released'],
    ['ordered', 'authorized', { paidAt: THEN }, 'captured'],
    ['declined', 'authorized', { heldAt: THEN }, 'released'],
    ['declined', 'released', {}, 'released'],
    ['expired', 'unpaid', { heldAt: THEN }, 'released'],
    ['cancelled', 'unpaid', {}, 'unpaid'],
    ['cancelled', 'released', { paidAt: THEN }, 'captured'],
    ['closed', 'captured', { paidAt: THEN, refundedAt: THEN }, 'refunded'],
  ])('of one %s and %s, by %j, is %4$s', (status, before, money, expected) => {
    expect(standingOf(status, before, { ...NONE, ...money })).toBe(expected);
  });
});

describe('the house', () => {
  it.each<[string, Life, number, string | undefined]>([
    ['lets somebody pay', life({ dueAt: THEN }), -1, undefined],
    ['ends a checkout', life({ dueAt: THEN }), 0, 'expire'],
    ['waits for a creator', authorized, HOLD_MS - 1, undefined],
    ['ends what nobody answers', authorized, HOLD_MS, 'expire'],
    [
      'ends it though its creator said yes, where the money was not to be had',
      { ...authorized, acceptingAt: THEN },
      HOLD_MS,
      'expire',
    ],
    ['ends what the bank gave back', { ...authorized, payment: 'released' }, 1, 'expire'],
    ['carries out a yes', { ...authorized, payment: 'captured', acceptingAt: THEN }, 1, 'accept'],
    ['does not say yes for a creator', { ...authorized, payment: 'captured' }, 1, undefined],
    ['ends what was captured and not answered', { ...authorized, payment: 'captured' }, HOLD_MS, 'expire'],
    ['leaves work alone', life({ status: 'accepted', payment: 'captured' }), HOLD_MS * 9, undefined],
    ['ends work that was paid back', life({ status: 'accepted', payment: 'refunded' }), 1, 'refund'],
    ['ends a revision that was paid back', life({ status: 'in_revision', payment: 'refunded' }), 1, 'refund'],
    [
      'ends what was handed in and paid back',
      life({ status: 'delivered', payment: 'refunded', dueAt: THEN }),
      1,
      'refund',
    ],
    ['takes silence for a yes', life({ status: 'delivered', payment: 'captured', dueAt: THEN }), 0, 'abandon'],
    ['lets a buyer look', life({ status: 'delivered', payment: 'captured', dueAt: THEN }), -1, undefined],
    ['lets who waits wait', life({ status: 'waitlisted' }), HOLD_MS, undefined],
  ])('%s', (_, order, ms, expected) => expect(houseStep(order, after(THEN, ms))).toBe(expected));

  const moment = date({ min: after(THEN, -SILENCE_MS), max: after(THEN, 2 * SILENCE_MS), noInvalidDate: true });
  const maybe = option(moment, { nil: null });
  const anyLife = record({
    status: constantFrom(...COMMISSION_STATUSES),
    payment: constantFrom(...MONEY_STANDINGS),
    heldAt: maybe,
    acceptingAt: maybe,
    warnedAt: maybe,
    dueAt: maybe,
  });

  it('does nothing that the table does not allow', () => {
    assert(
      property(anyLife, moment, (order, now) => {
        const step = houseStep(order, now);
        if (step !== undefined) expect(canStep(order.status, step)).toBe(true);
        if (isOver(order.status)) expect(step).toBeUndefined();
      }),
    );
  });

  it('never forgets money that is held: it looks at it again before the bank gives it back', () => {
    assert(
      property(anyLife, moment, (order, now) => {
        const held: Life = { ...order, status: 'ordered', payment: 'authorized', heldAt: THEN, acceptingAt: null };
        const due = dueAt(held, held, now);
        expect(due).not.toBeNull();
        expect((due ?? now).getTime() - THEN.getTime()).toBeLessThanOrEqual(HOLD_MS);
        if (houseStep(held, now) === undefined && !isToBeWarned(held, now)) {
          expect((due ?? now).getTime()).toBeGreaterThan(now.getTime());
        }
      }),
    );
  });

  it('looks at nothing that is over or waits but for what it owes, and nobody is owed what was released', () => {
    assert(
      property(anyLife, moment, (order, now) => {
        const isOwed = isBuyersMoney(order.status) && order.payment === 'captured';
        const isAtRest = isOver(order.status) || order.status === 'waitlisted';
        if (isAtRest) expect(dueAt(order, order, now)).toEqual(isOwed ? after(now, OWED_MS) : null);
        const standing = standingOf(order.status, order.payment, { ...NONE, heldAt: THEN });
        expect(standing).toBe(isBuyersMoney(order.status) ? 'released' : 'authorized');
      }),
    );
  });
});

it('a creator is warned once, of money that waits for an answer and can still have one', () => {
  const late = after(THEN, WARNING_MS);
  expect(isToBeWarned(authorized, after(late, -1))).toBe(false);
  expect(isToBeWarned(authorized, late)).toBe(true);
  expect(isToBeWarned(authorized, after(THEN, HOLD_MS))).toBe(false);
  expect(isToBeWarned({ ...authorized, warnedAt: late }, late)).toBe(false);
  expect(isToBeWarned({ ...authorized, acceptingAt: THEN }, late)).toBe(false);
  expect(isToBeWarned({ ...authorized, payment: 'captured' }, late)).toBe(false);
  expect(isToBeWarned({ ...authorized, status: 'declined' }, late)).toBe(false);
});

it('what is due when', () => {
  const now = after(THEN, 1000);
  expect(dueAt(authorized, authorized, now)).toEqual(after(THEN, WARNING_MS));
  expect(dueAt(authorized, { ...authorized, warnedAt: now }, now)).toEqual(after(THEN, HOLD_MS));
  expect(dueAt(authorized, { ...authorized, payment: 'captured' }, now)).toEqual(after(THEN, HOLD_MS));
  expect(dueAt(authorized, { ...authorized, acceptingAt: now, dueAt: now }, now)).toEqual(now);
  const delivered = life({ status: 'delivered', payment: 'captured', dueAt: THEN });
  expect(dueAt({ status: 'accepted' }, delivered, now)).toEqual(after(now, SILENCE_MS));
  expect(dueAt(delivered, delivered, now)).toEqual(THEN);
  expect([endsAt(authorized), endsAt(delivered), endsAt(life({ status: 'accepted' }))]).toEqual([
    after(THEN, HOLD_MS),
    THEN,
    null,
  ]);
});

it('what is owed is looked at day by day', () => {
  const owed = life({ status: 'declined', payment: 'captured', dueAt: after(THEN, OWED_MS) });
  expect(isOwedStill(owed, after(THEN, OWED_MS - 1))).toBe(false);
  expect(isOwedStill(owed, after(THEN, OWED_MS))).toBe(true);
  expect(isOwedStill({ ...owed, payment: 'refunded' }, after(THEN, OWED_MS))).toBe(false);
  expect(isOwedStill({ ...owed, status: 'closed' }, after(THEN, OWED_MS))).toBe(false);
});

it('while somebody takes the money nobody else does', () => {
  const wanted = { acceptingAt: THEN, dueAt: after(THEN, ACCEPTING_MS) };
  expect(isBeingAccepted(wanted, THEN)).toBe(true);
  expect(isBeingAccepted(wanted, after(THEN, ACCEPTING_MS))).toBe(false);
  expect(isBeingAccepted({ ...wanted, dueAt: THEN }, THEN)).toBe(false);
  expect(isBeingAccepted({ acceptingAt: null, dueAt: wanted.dueAt }, THEN)).toBe(false);
});

it('what is paid for nothing', () => {
  expect(isPaidForNothing({ status: 'declined', payment: 'released' })).toBe(true);
  expect(isPaidForNothing({ status: 'refunded', payment: 'captured' })).toBe(true);
  expect(isPaidForNothing({ status: 'expired', payment: 'unpaid' })).toBe(false);
  expect(isPaidForNothing({ status: 'closed', payment: 'captured' })).toBe(false);
  expect(isPaidForNothing({ status: 'ordered', payment: 'authorized' })).toBe(false);
});

it('what is unpaid or waits is asked for once at a time', () => {
  expect(isOpen({ status: 'waitlisted', payment: 'unpaid' })).toBe(true);
  expect(isOpen({ status: 'ordered', payment: 'unpaid' })).toBe(true);
  expect(isOpen({ status: 'ordered', payment: 'authorized' })).toBe(false);
  expect(isOpen({ status: 'cancelled', payment: 'unpaid' })).toBe(false);
});
