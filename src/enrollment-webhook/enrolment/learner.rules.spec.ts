import { allowanceStep, type CourseView, enrolmentStep, hasOpenAllowance, learnerOf } from './learner.rules';

const now = new Date('2026-03-01T12:00:00.000Z');
const past = new Date('2026-02-01T12:00:00.000Z');

function view(part: Partial<CourseView> = {}): CourseView {
  return {
    courseId: 1,
    courseKey: 'course-v1:a+b+c',
    displayName: 'A course',
    accountId: null,
    emailVerifiedAt: null,
    enrolmentId: null,
    status: null,
    expiresAt: null,
    sourceId: null,
    allowanceId: null,
    claimedBy: null,
    claimantId: null,
    revokedAt: null,
    ...part,
  };
}

describe('the learner behind a mailbox', () => {
  it.each([
    [null, null, 'mandatory', { accountId: null, proven: false }],
    [7, null, 'mandatory', { accountId: 7, proven: false }],
    [7, null, 'optional', { accountId: 7, proven: false }],
    [7, past, 'mandatory', { accountId: 7, proven: true }],
    [7, null, 'none', { accountId: 7, proven: true }],
    [null, null, 'none', { accountId: null, proven: false }],
  ] as const)('account %s, proven %s, verification %s', (accountId, emailVerifiedAt, verification, expected) => {
    expect(learnerOf([view({ accountId, emailVerifiedAt })], verification)).toEqual(expected);
  });

  it('is nobody without a course', () => {
    expect(learnerOf([], 'none')).toEqual({ accountId: null, proven: false });
  });
});

describe('a grant', () => {
  it.each([
    ['enrolled', {}],
    ['reactivated', { status: 'ended', sourceId: 3 }],
    ['reactivated', { status: 'active', expiresAt: past, sourceId: 3 }],
    ['unchanged', { status: 'active', sourceId: 3 }],
    ['held', { status: 'active' }],
    ['suspended', { status: 'suspended' }],
    ['unchanged', { status: 'suspended', sourceId: 3 }],
  ] as const)('is %s for %j', (step, part) => {
    expect(enrolmentStep(view(part), now)).toBe(step);
  });

  it('allows an unknown mailbox once, again after a revocation, and not while who claimed it exists', () => {
    expect(allowanceStep(view())).toBe('allowed');
    expect(allowanceStep(view({ allowanceId: 5 }))).toBe('unchanged');
    expect(allowanceStep(view({ allowanceId: 5, revokedAt: past }))).toBe('allowed');
    expect(allowanceStep(view({ allowanceId: 5, claimedBy: 9, claimantId: 9 }))).toBe('unchanged');
    expect(allowanceStep(view({ allowanceId: 5, claimedBy: 9 }))).toBe('allowed');
  });

  it('makes open allowances good', () => {
    expect(hasOpenAllowance(view({ allowanceId: 5 }))).toBe(true);
    expect(hasOpenAllowance(view({ allowanceId: 5, claimedBy: 9 }))).toBe(true);
    expect(hasOpenAllowance(view({ allowanceId: 5, claimedBy: 9, claimantId: 9 }))).toBe(false);
    expect(hasOpenAllowance(view({ allowanceId: 5, revokedAt: past }))).toBe(false);
    expect(hasOpenAllowance(view())).toBe(false);
  });
});
