/** A membership that holds now, with the courses of its tier. */
export interface OpenMembership {
  readonly id: number;
  /** In canonical form. */
  readonly courseKeys: readonly string[];
}

/** An enrolment that a membership holds. */
export interface HeldCourse {
  readonly enrolmentId: number;
  readonly membershipId: number;
  readonly courseKey: string;
}

export interface CourseMoves {
  /** First, so that a course which moves from one membership to another never closes in between. */
  readonly grants: readonly OpenMembership[];
  readonly releases: readonly HeldCourse[];
}

/** What has to be given and let go, so that a member's courses are those of the open memberships. */
export function courseMoves(open: readonly OpenMembership[], held: readonly HeldCourse[]): CourseMoves {
  const has = new Set(held.map(nameOf));
  const wanted = new Set(
    open.flatMap(({ id, courseKeys }) => courseKeys.map((courseKey) => nameOf({ membershipId: id, courseKey }))),
  );
  return {
    grants: open
      .map(({ id, courseKeys }) => ({
        id,
        courseKeys: courseKeys.filter((courseKey) => !has.has(nameOf({ membershipId: id, courseKey }))),
      }))
      .filter(({ courseKeys }) => courseKeys.length > 0),
    releases: held.filter((course) => !wanted.has(nameOf(course))),
  };
}

function nameOf({ membershipId, courseKey }: Pick<HeldCourse, 'membershipId' | 'courseKey'>): string {
  return `${membershipId} ${courseKey}`;
}
