import { array, assert, constantFrom, property, record } from 'fast-check';
import { DomainError } from '../../common/domain-error';
import {
  type Actor,
  ACTORS,
  canStep,
  COMMISSION_STATUSES,
  type CommissionStatus,
  holdsSlot,
  isBuyersMoney,
  isOver,
  MOVES,
  type Step,
  stepped,
  STEPS,
} from './commission-order.state';

/** As it is told: each row a status, and what leads out of it. */
const PUBLISHED: Record<CommissionStatus, Partial<Record<Step, CommissionStatus>>> = {
  waitlisted: { admit: 'ordered', decline: 'declined', cancel: 'cancelled', expire: 'expired' },
  ordered: { accept: 'accepted', decline: 'declined', cancel: 'cancelled', expire: 'expired' },
  accepted: { deliver: 'delivered', refund: 'refunded' },
  delivered: { revise: 'in_revision', close: 'closed', abandon: 'closed', refund: 'refunded' },
  in_revision: { deliver: 'delivered', abandon: 'closed', refund: 'refunded' },
  declined: {},
  closed: {},
  cancelled: {},
  refunded: {},
  expired: {},
};

const WHO: Record<Step, Actor[]> = {
  admit: ['house'],
  accept: ['creator', 'house'],
  decline: ['creator', 'house'],
  deliver: ['creator'],
  revise: ['buyer'],
  close: ['buyer'],
  abandon: ['house'],
  cancel: ['buyer', 'house'],
  refund: ['creator', 'house'],
  expire: ['house'],
};

function outcome(status: CommissionStatus, step: Step, actor: Actor): string {
  try {
    return stepped(status, step, actor);
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error);
  }
}

it.each(COMMISSION_STATUSES)('what leads out of %s', (status) => {
  for (const step of STEPS) {
    for (const actor of ACTORS) {
      const expected = WHO[step].includes(actor) ? (PUBLISHED[status][step] ?? 'out_of_order') : 'permission_denied';
      expect([status, step, actor, outcome(status, step, actor)]).toEqual([status, step, actor, expected]);
    }
  }
});

it('what is over stays so, and holds no slot', () => {
  for (const status of COMMISSION_STATUSES) {
    expect([status, isOver(status)]).toEqual([status, STEPS.every((step) => !canStep(status, step))]);
    if (isOver(status) || status === 'waitlisted') expect([status, holdsSlot(status)]).toEqual([status, false]);
    else expect([status, holdsSlot(status)]).toEqual([status, true]);
  }
  expect(COMMISSION_STATUSES.filter(isBuyersMoney)).toEqual(['declined', 'cancelled', 'refunded', 'expired']);
});

it('each status is reached, and from each an end', () => {
  const after = (reached: Set<CommissionStatus>) =>
    new Set([...reached, ...[...reached].flatMap((from) => Object.values(PUBLISHED[from]))]);
  const all = (from: CommissionStatus[]) => COMMISSION_STATUSES.reduce<Set<CommissionStatus>>(after, new Set(from));
  expect([...all(['waitlisted'])].sort()).toEqual([...COMMISSION_STATUSES].sort());
  for (const status of COMMISSION_STATUSES) expect([...all([status])].some(isOver)).toBe(true);
});

describe('any life', () => {
  const tried = record({ step: constantFrom(...STEPS), actor: constantFrom(...ACTORS) });
  const begun = constantFrom<CommissionStatus>('waitlisted', 'ordered');

  it('is paid for before anything is delivered, and never returns to where it was answered', () => {
    assert(
      property(begun, array(tried, { maxLength: 40 }), (first, tries) => {
        const lived: CommissionStatus[] = [first];
        for (const { step, actor } of tries) {
          const status = lived.at(-1) ?? first;
          const next = outcome(status, step, actor);
          if (COMMISSION_STATUSES.includes(next as CommissionStatus)) lived.push(next as CommissionStatus);
        }
        const accepted = lived.indexOf('accepted');
        for (const [index, status] of lived.entries()) {
          if (['delivered', 'in_revision', 'closed', 'refunded'].includes(status)) {
            expect(accepted).toBeGreaterThanOrEqual(0);
            expect(index).toBeGreaterThan(accepted);
          }
          if (['waitlisted', 'ordered', 'declined', 'cancelled', 'expired'].includes(status)) {
            expect(accepted === -1 || index < accepted).toBe(true);
          }
          expect(isOver(status) && index < lived.length - 1).toBe(false);
        }
      }),
    );
  });

  it('nobody but who may brings a step about', () => {
    assert(
      property(constantFrom(...COMMISSION_STATUSES), tried, (status, { step, actor }) => {
        const next = outcome(status, step, actor);
        if (!MOVES[step].by.includes(actor)) expect(next).toBe('permission_denied');
      }),
    );
  });
});
