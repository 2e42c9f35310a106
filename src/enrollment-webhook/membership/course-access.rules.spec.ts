import { courseMoves } from './course-access.rules';

const held = (enrolmentId: number, membershipId: number, courseKey: string) => ({
  enrolmentId,
  membershipId,
  courseKey,
});

describe('courseMoves', () => {
  it('gives what an open membership has and nothing holds yet', () => {
    expect(courseMoves([{ id: 1, courseKeys: ['a', 'b'] }], [held(9, 1, 'a')])).toEqual({
      grants: [{ id: 1, courseKeys: ['b'] }],
      releases: [],
    });
  });

  it('lets go of what a membership held that has ended', () => {
    expect(courseMoves([], [held(9, 1, 'a')])).toEqual({ grants: [], releases: [held(9, 1, 'a')] });
  });

  it('lets go of what the tier has no more', () => {
    expect(courseMoves([{ id: 1, courseKeys: ['b'] }], [held(9, 1, 'a'), held(10, 1, 'b')])).toEqual({
      grants: [],
      releases: [held(9, 1, 'a')],
    });
  });

  it('moves a course from one membership to another', () => {
    expect(courseMoves([{ id: 2, courseKeys: ['a'] }], [held(9, 1, 'a')])).toEqual({
      grants: [{ id: 2, courseKeys: ['a'] }],
      releases: [held(9, 1, 'a')],
    });
  });

  it('has nothing to do where all is as it should be', () => {
    expect(courseMoves([{ id: 1, courseKeys: ['a'] }], [held(9, 1, 'a')])).toEqual({ grants: [], releases: [] });
  });
});
