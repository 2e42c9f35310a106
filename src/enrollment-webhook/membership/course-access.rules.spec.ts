import { allowedGrants, courseMoves } from './course-access.rules';

const held = (enrolmentId: number, membershipId: number, courseKey: string) => ({
  enrolmentId,
  membershipId,
  courseKey,
});

const START = new Date('2026-03-01T00:00:00Z');
const open = (id: number, ...courseKeys: string[]) => ({ id, creatorId: 7, startedAt: START, courseKeys });

describe('courseMoves', () => {
  it('gives what an open membership has and nothing holds yet', () => {
    expect(courseMoves([open(1, 'a', 'b')], [held(9, 1, 'a')])).toEqual({
      grants: [open(1, 'b')],
      releases: [],
    });
  });

  it('lets go of what a membership held that has ended', () => {
    expect(courseMoves([], [held(9, 1, 'a')])).toEqual({ grants: [], releases: [held(9, 1, 'a')] });
  });

  it('lets go of what the tier has no more', () => {
    expect(courseMoves([open(1, 'b')], [held(9, 1, 'a'), held(10, 1, 'b')])).toEqual({
      grants: [],
      releases: [held(9, 1, 'a')],
    });
  });

  it('moves a course from one membership to another', () => {
    expect(courseMoves([open(2, 'a')], [held(9, 1, 'a')])).toEqual({
      grants: [open(2, 'a')],
      releases: [held(9, 1, 'a')],
    });
  });

  it('has nothing to do where all is as it should be', () => {
    expect(courseMoves([open(1, 'a')], [held(9, 1, 'a')])).toEqual({ grants: [], releases: [] });
  });
});

describe('allowedGrants', () => {
  const state = (status: 'active' | 'ended') => ({ status, mode: 'audit', expires_at: null, sources: [] });
  const ended = (courseKey: string, changedAt: Date) => ({
    courseKey,
    before: state('active'),
    after: state('ended'),
    changedAt,
  });
  const sold = ['a', 'b'].map((courseKey) => ({ creatorId: 7, courseKey }));
  const allowed = (known: object) =>
    allowedGrants([open(1, 'a', 'b')], { sold, steps: [], ...known }, START).map(({ courseKeys }) => courseKeys);

  it('are of courses that the creator may sell', () => {
    expect(allowed({})).toEqual([['a', 'b']]);
    expect(allowed({ sold: [sold[1], { creatorId: 8, courseKey: 'a' }] })).toEqual([['b']]);
    expect(allowed({ sold: [] })).toEqual([]);
  });

  it('are not of what has been ended since', () => {
    expect(allowed({ steps: [ended('a', START)] })).toEqual([['b']]);
    expect(allowed({ steps: [ended('a', new Date(START.getTime() - 1))] })).toEqual([['a', 'b']]);
  });
});
