import { type AdminStep, endDecision, keepsOut } from '../enrolment/end-decision.rules';

/** A membership that holds now, with the courses of its tier. */
export interface OpenMembership {
  readonly id: number;
  readonly creatorId: number;
  readonly startedAt: Date;
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

/** What decides whether a course may be opened. */
export interface KnownOfCourses {
  /** Who may sell which. */
  readonly sold: readonly { readonly creatorId: number; readonly courseKey: string }[];
  /** What administrators did to the member's enrolments, oldest first. */
  readonly steps: readonly (AdminStep & { readonly courseKey: string })[];
}

/** What has to be given and let go, so that a member's courses are those of the open memberships. */
export function courseMoves(open: readonly OpenMembership[], held: readonly HeldCourse[]): CourseMoves {
  const has = new Set(held.map(nameOf));
  const wanted = new Set(
    open.flatMap(({ id, courseKeys }) => courseKeys.map((courseKey) => nameOf({ membershipId: id, courseKey }))),
  );
  return {
    grants: narrowed(open, ({ id }, courseKey) => !has.has(nameOf({ membershipId: id, courseKey }))),
    releases: held.filter((course) => !wanted.has(nameOf(course))),
  };
}

/** Without what the creator may sell no more, and what an administrator has ended since the membership began. */
export function allowedGrants(grants: readonly OpenMembership[], known: KnownOfCourses, now: Date): OpenMembership[] {
  const sold = new Set(known.sold.map(({ creatorId, courseKey }) => `${creatorId} ${courseKey}`));
  return narrowed(grants, ({ creatorId, startedAt }, courseKey) => {
    const decision = endDecision(known.steps.filter((step) => step.courseKey === courseKey));
    const isKeptOut = decision !== undefined && keepsOut(decision, startedAt, now);
    return sold.has(`${creatorId} ${courseKey}`) && !isKeptOut;
  });
}

function narrowed(
  memberships: readonly OpenMembership[],
  keeps: (membership: OpenMembership, courseKey: string) => boolean,
): OpenMembership[] {
  return memberships
    .map((one) => ({ ...one, courseKeys: one.courseKeys.filter((courseKey) => keeps(one, courseKey)) }))
    .filter(({ courseKeys }) => courseKeys.length > 0);
}

function nameOf({ membershipId, courseKey }: Pick<HeldCourse, 'membershipId' | 'courseKey'>): string {
  return `${membershipId} ${courseKey}`;
}
