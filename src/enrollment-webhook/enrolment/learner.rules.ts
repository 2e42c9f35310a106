import { type EnrolmentStatus, statusAt } from './enrolment.state';

/** One course as it stands for the holder of a mailbox: the account that has it, enrolment and allowance. */
export interface CourseView {
  readonly courseId: number;
  readonly courseKey: string;
  readonly displayName: string;
  readonly accountId: number | null;
  readonly emailVerifiedAt: Date | null;
  readonly enrolmentId: number | null;
  readonly status: EnrolmentStatus | null;
  readonly expiresAt: Date | null;
  /** The source that asks, where it holds the enrolment already. */
  readonly sourceId: number | null;
  readonly allowanceId: number | null;
  readonly claimedBy: number | null;
  /** Who claimed it, while that account exists. */
  readonly claimantId: number | null;
  readonly revokedAt: Date | null;
}

export interface Learner {
  readonly accountId: number | null;
  /** Only its mailbox makes an account the learner that a sender means (R23). */
  readonly proven: boolean;
}

/** What a grant does to a course: the result that administrators read in the inbox. */
export type GrantResult = 'enrolled' | 'reactivated' | 'held' | 'suspended' | 'allowed' | 'unchanged';

export function learnerOf(views: readonly CourseView[], verification: 'mandatory' | 'optional' | 'none'): Learner {
  const [view] = views;
  const accountId = view?.accountId ?? null;
  const proven = accountId !== null && (verification === 'none' || view?.emailVerifiedAt !== null);
  return { accountId, proven };
}

/** What a grant means for an account that is the learner. */
export function enrolmentStep(view: CourseView, now: Date): Exclude<GrantResult, 'allowed'> {
  if (view.status === null) return 'enrolled';
  if (statusAt(view.status, view.expiresAt, now) === 'ended') return 'reactivated';
  if (view.sourceId !== null) return 'unchanged';
  return view.status === 'suspended' ? 'suspended' : 'held';
}

/** What it means for a mailbox that nobody has proven. A used allowance stays used by the account that exists. */
export function allowanceStep(view: CourseView): 'allowed' | 'unchanged' {
  const abandoned = view.claimedBy !== null && view.claimantId === null;
  return view.allowanceId === null || view.revokedAt !== null || abandoned ? 'allowed' : 'unchanged';
}

/** An allowance that an enrolment by another way makes good. */
export function hasOpenAllowance(view: CourseView): boolean {
  return view.allowanceId !== null && view.claimantId === null && view.revokedAt === null;
}
