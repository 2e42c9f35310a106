import { endDecision, keepsOut } from './end-decision.rules';
import type { EnrolmentSnapshot } from './enrolment.state';

const DATE = '2026-06-01T00:00:00.000Z';
const day = (number: number): Date => new Date(Date.UTC(2026, 4, number));
const state = (status: EnrolmentSnapshot['status'], expires_at: string | null = null, mode = 'audit') => ({
  status,
  mode,
  expires_at,
  sources: [],
});

function decided(...states: (EnrolmentSnapshot | null)[]) {
  return endDecision(
    states.slice(1).map((after, index) => ({
      before: states[index] ?? null,
      after: after ?? state('active'),
      changedAt: day(index + 1),
    })),
  );
}

describe('endDecision', () => {
  it('is the end, or the date', () => {
    expect(decided(state('active'), state('ended'))).toEqual({ at: day(1), by: null });
    expect(decided(null, state('active', DATE))).toEqual({ at: day(1), by: new Date(DATE) });
    expect(decided(state('active'), state('ended', DATE))).toEqual({ at: day(1), by: null });
  });

  it('stands until it is taken back, whatever else changes', () => {
    expect(decided(state('active'), state('ended'), state('ended', null, 'verified'))).toEqual({
      at: day(1),
      by: null,
    });
    expect(decided(state('active'), state('ended'), state('active'))).toBeUndefined();
    expect(decided(null, state('active', DATE), state('active'))).toBeUndefined();
  });

  it('is none where nobody decided', () => {
    expect(decided(null, state('active'), state('suspended'))).toBeUndefined();
    expect(endDecision([])).toBeUndefined();
  });
});

describe('keepsOut', () => {
  it.each([
    [{ at: day(5), by: null }, day(1), true],
    [{ at: day(5), by: null }, day(6), false],
    [{ at: day(5), by: day(8) }, day(1), true],
    [{ at: day(5), by: day(20) }, day(1), false],
  ])('%j: what goes on since %s %s', (decision, since, is) => expect(keepsOut(decision, since, day(10))).toBe(is));
});
