import {
  type Attempted,
  pauseAfter,
  restingStatus,
  retryDelay,
  settlementOf,
  stepFor,
  type Told,
  wantedOf,
} from './lms-delivery.state';

const NOW = new Date('2026-03-01T12:00:00Z');
const HOUR_MS = 3_600_000;
const before = (hours: number): Date => new Date(NOW.getTime() - hours * HOUR_MS);

describe('wantedOf', () => {
  const enrolment = { status: 'active', expiresAt: null, email: 'a@b.cd' } as const;

  it.each([
    [enrolment, 'active'],
    [{ ...enrolment, expiresAt: before(-1) }, 'active'],
    [{ ...enrolment, expiresAt: before(1) }, 'ended'],
    [{ ...enrolment, status: 'suspended' as const }, 'ended'],
    [{ ...enrolment, status: 'ended' as const }, 'ended'],
    [{ ...enrolment, email: null }, 'ended'],
  ])('%j', (subject, wanted) => expect(wantedOf(subject, NOW)).toBe(wanted));
});

describe('stepFor', () => {
  const steps = (wanted: 'active' | 'ended', isForced: boolean): unknown[] =>
    ([null, 'unsure', 'active', 'ended', 'kept'] as const).map((told) => stepFor(wanted, told, isForced) ?? '-');

  it('enrols whom the LMS does not know for sure', () => {
    expect(steps('active', false)).toEqual(['enrol', 'enrol', '-', 'enrol', 'enrol']);
    expect(steps('active', true)).toEqual(['enrol', 'enrol', 'enrol', 'enrol', 'enrol']);
  });

  it('withdraws where the LMS may know, and never what it never heard of', () => {
    expect(steps('ended', false)).toEqual(['-', 'withdraw', 'withdraw', '-', '-']);
    expect(steps('ended', true)).toEqual(['-', 'withdraw', 'withdraw', 'withdraw', 'withdraw']);
  });
});

describe('settlementOf', () => {
  const attempted = (told: Told | null, pendingSince = NOW): Attempted => ({ told, attempts: 3, pendingSince });
  const failure = (mayHaveWorked: boolean) =>
    ({ kind: 'failed', error: 'x', mayHaveWorked, isSlow: !mayHaveWorked }) as const;

  it('rests with what was told', () => {
    const settled = (told: 'active' | 'ended' | 'kept') =>
      settlementOf({ kind: 'told', told }, attempted('unsure'), NOW, 0).status;
    expect([settled('active'), settled('ended'), settled('kept')]).toEqual(['delivered', 'delivered', 'not_withdrawn']);
    expect([restingStatus(null), restingStatus('kept')]).toEqual(['delivered', 'not_withdrawn']);
  });

  it('ends with a refusal, and knows what it knew', () => {
    const refused = { kind: 'refused', status: 'unknown_course', error: 'Course a does not exist' } as const;
    expect(settlementOf(refused, attempted(null), NOW, 0)).toEqual({
      status: 'unknown_course',
      told: null,
      error: 'Course a does not exist',
      delay: 0,
    });
    expect(settlementOf(refused, attempted('unsure'), NOW, 0).told).toBe('unsure');
  });

  it('goes on after a fault, and is unsure where it may have worked', () => {
    expect(settlementOf(failure(true), attempted(null), NOW, 0)).toMatchObject({ status: 'pending', told: 'unsure' });
    expect(settlementOf(failure(false), attempted(null), NOW, 0)).toMatchObject({ status: 'pending', told: null });
    expect(settlementOf(failure(false), attempted('active'), NOW, 0).told).toBe('active');
  });

  it('gives up after a day', () => {
    const status = (hours: number) => settlementOf(failure(true), attempted(null, before(hours)), NOW, 0).status;
    expect([status(23), status(24)]).toEqual(['pending', 'dead']);
  });
});

describe('the next attempt', () => {
  it('comes later and later, two hours at most, a quarter sooner or later', () => {
    expect([1, 2, 3, 20].map((attempt) => retryDelay(attempt, false, 0.5))).toEqual([
      10_000, 20_000, 40_000, 7_200_000,
    ]);
    expect([retryDelay(1, false, 0), retryDelay(1, false, 1)]).toEqual([7_500, 12_500]);
  });

  it('waits a quarter of an hour for people', () => {
    expect([retryDelay(1, true, 0.5), retryDelay(20, true, 0.5)]).toEqual([900_000, 7_200_000]);
  });

  it('leaves an LMS alone for five minutes at most', () => {
    expect([0, 1, 2, 100].map(pauseAfter)).toEqual([5_000, 10_000, 20_000, 300_000]);
  });
});
