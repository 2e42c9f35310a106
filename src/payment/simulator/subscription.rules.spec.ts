import fc from 'fast-check';
import type { SubscriptionStatus } from './entities';
import {
  authenticated,
  cancelFault,
  cancelled,
  cardChanged,
  charged,
  chargeFailed,
  cycleBegun,
  isOver,
  type Life,
  newLife,
  paused,
  pauseFault,
  resumed,
  resumeFault,
  RETRIES,
  updateFault,
} from './subscription.rules';

const life = (status: SubscriptionStatus, more: Partial<Life> = {}): Life => ({ ...newLife(12), status, ...more });

describe('a charge that fails', () => {
  it('is tried three times more, then the subscription is halted', () => {
    let step = chargeFailed(life('active', { issued: 2, paid: 1 }));
    const statuses = [step.life.status];
    for (let i = 0; i < RETRIES; i += 1) {
      step = chargeFailed(step.life);
      statuses.push(step.life.status);
    }
    expect(statuses).toEqual(['pending', 'pending', 'pending', 'halted']);
    expect(step.events).toEqual(['halted']);
  });

  it('is forgotten with the next that succeeds', () => {
    const step = charged(life('pending', { issued: 2, paid: 1, attempts: 2 }));
    expect(step).toEqual({
      life: life('active', { issued: 2, paid: 2, attempts: 0 }),
      events: ['activated', 'charged'],
    });
  });
});

it('a halted one makes invoices that are not charged', () => {
  expect(cycleBegun(life('halted', { issued: 3, paid: 1, attempts: 4 }))).toEqual({
    life: life('halted', { issued: 4, paid: 1, attempts: 4 }),
    events: [],
    charges: false,
  });
  expect(cardChanged(life('halted')).events).toEqual(['activated']);
  expect(cardChanged(life('active')).events).toEqual([]);
});

it('the last charge completes it', () => {
  expect(charged(life('active', { issued: 12, paid: 11 })).events).toEqual(['charged', 'completed']);
  expect(charged(life('cancelled', { issued: 3, paid: 2 }))).toEqual({
    life: life('cancelled', { issued: 3, paid: 3 }),
    events: ['charged'],
  });
});

it('what is allowed follows from the status', () => {
  expect(cancelFault(life('expired'), false)).toBe('Subscription is not cancellable in expired status.');
  expect(cancelFault(life('created'), false)).toBeUndefined();
  expect(cancelFault(life('authenticated'), true)).toBeDefined();
  expect(cancelFault(life('halted'), true)).toBeUndefined();
  expect([pauseFault(life('active')), resumeFault(life('paused'))]).toEqual([undefined, undefined]);
  expect(pauseFault(life('pending'))).toBeDefined();
  expect(paused(life('authenticated')).events).toEqual(['cancelled']);
  expect(updateFault(life('active'), 'upi', false)).toBe('subscriptions cannot be updated when payment mode is UPI');
  expect(updateFault(life('active'), 'card', false)).toBeDefined();
  expect(updateFault(life('active'), 'card', true)).toBeUndefined();
  expect(updateFault(life('pending'), 'card', true)).toBeDefined();
});

it('whatever happens, the counts agree and nothing leaves an end', () => {
  const happening = fc.constantFrom('cycle', 'paid', 'failed', 'card', 'pause', 'resume', 'cancel');
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.array(happening, { maxLength: 60 }), (total, happenings) => {
      let now = authenticated(newLife(total)).life;
      for (const what of happenings) {
        const next = after(now, what);
        if (!isSound(next) || (isOver(now) && next.status !== now.status)) throw new Error(JSON.stringify([now, next]));
        now = next;
      }
    }),
    { numRuns: 1000 },
  );
});

function isSound({ status, total, issued, paid, attempts }: Life): boolean {
  if (paid > issued || issued > total || attempts > RETRIES + 1) return false;
  return status === 'halted' ? attempts === RETRIES + 1 : status !== 'pending' || attempts > 0;
}

/** What the simulator does of these, where the status has room for it. */
function after(now: Life, what: string): Life {
  const charges = now.status === 'active' || now.status === 'pending';
  switch (what) {
    case 'cycle':
      return ['authenticated', 'active', 'halted'].includes(now.status) ? cycleBegun(now).life : now;
    case 'paid':
      return now.paid < now.issued ? charged(now).life : now;
    case 'failed':
      return charges && now.paid < now.issued ? chargeFailed(now).life : now;
    case 'card':
      return cardChanged(now).life;
    case 'pause':
      return pauseFault(now) === undefined ? paused(now).life : now;
    case 'resume':
      return resumeFault(now) === undefined ? resumed(now).life : now;
    default:
      return cancelFault(now, false) === undefined ? cancelled(now).life : now;
  }
}
