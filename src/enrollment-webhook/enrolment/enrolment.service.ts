import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { emailKey } from '../../common/normalise';
import { Settings } from '../../infra/config/settings';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { type Cause, EnrolmentRepository, type LockedEnrolment } from './enrolment.repository';
import { DEFAULT_MODE, type EnrolmentState, heldBy, releasedBy, type Source } from './enrolment.state';
import { EnrolmentWriter } from './enrolment.writer';
import { LostRace } from './lost-race';
import { LearnerRepository } from './learner.repository';
import {
  allowanceStep,
  type CourseView,
  enrolmentStep,
  type GrantResult,
  hasOpenAllowance,
  type Learner,
  learnerOf,
} from './learner.rules';

/** What is known of a mailbox and some courses, when a source asks. */
export interface LearnerView {
  readonly email: string;
  readonly source: Source;
  readonly learner: Learner;
  /** The known courses, in the order of their ids. */
  readonly courses: readonly CourseView[];
}

export interface GrantTerms {
  readonly mode?: string;
  readonly expiresAt?: Date | null;
  readonly actorId?: number;
  readonly reason?: string;
}

export interface Grant {
  readonly learner: Learner;
  /** One of each known course. */
  readonly results: readonly {
    readonly courseKey: string;
    readonly result: GrantResult;
    readonly enrolmentId: number | null;
  }[];
  readonly changed: boolean;
}

/** Who is enrolled where, and by whom. Writing goes on inside a unit of work of the caller's. */
@Injectable()
export class EnrolmentService {
  constructor(
    private readonly learners: LearnerRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly writer: EnrolmentWriter,
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** `courseKeys` in canonical form. Archived courses count as unknown ones. */
  async look(email: string, courseKeys: readonly string[], source: Source): Promise<LearnerView> {
    const courses = await this.learners.view(emailKey(email), courseKeys, source);
    return { email, source, courses, learner: learnerOf(courses, this.settings.emailVerification) };
  }

  /** Enrols whoever has proven the mailbox in the courses of the view; else allows the mailbox in, once it is proven. */
  async grant(view: LearnerView, terms: GrantTerms = {}): Promise<Grant> {
    const settled = await this.settle(view);
    return settled.learner.proven ? this.enrol(settled, terms) : this.allow(settled);
  }

  /** Enrols the account that has the mailbox, proven or not: for administrators, who know whom they mean. */
  async enrol(view: LearnerView, terms: GrantTerms = {}): Promise<Grant> {
    const { learner, courses, source } = view;
    const { accountId } = learner;
    if (accountId === null) throw new Error('nobody is there to be enrolled');
    const now = this.clock.now();
    const cause = causeOf(source, terms);
    const steps = courses.map((course) => ({ course, result: enrolmentStep(course, now) }));
    const fresh = steps.filter(({ result }) => result === 'enrolled').map(({ course }) => course);
    const begun = await this.begin(accountId, fresh, source, terms, cause);
    const known = steps.filter(({ result }) => result !== 'enrolled' && result !== 'unchanged');
    const ids = known.flatMap(({ course }) => course.enrolmentId ?? []);
    const next = (before: LockedEnrolment): EnrolmentState => {
      if (before.accountId !== accountId) throw new LostRace('the account was closed meanwhile');
      return heldBy(before, source, now);
    };
    const changed = await this.writer.change(ids, next, cause);
    const claimed = await this.claim(courses, accountId, now);
    return {
      learner,
      results: steps.map(({ course, result }) => ({
        courseKey: course.courseKey,
        result,
        enrolmentId: course.enrolmentId ?? begun.get(course.courseId) ?? null,
      })),
      changed: begun.size + changed + claimed > 0,
    };
  }

  /** A source lets go of all that it holds of an account's; what nothing else holds ends. */
  async release(accountId: number, source: Source, reason: string): Promise<void> {
    await this.unitOfWork.run(async () =>
      this.releaseOf(await this.enrolments.heldBy(accountId, source), source, reason),
    );
  }

  /** It lets go of these enrolments only. Inside the unit of work that has found them. */
  async releaseOf(enrolmentIds: readonly number[], source: Source, reason: string): Promise<void> {
    await this.writer.change(enrolmentIds, (before) => releasedBy(before, source), causeOf(source, { reason }));
  }

  /**
   * An allowance must not be written beside a proof that is under way and claims what it sees: under the lock of the
   * mailbox either the proof is seen here, or the allowance there.
   */
  private async settle(view: LearnerView): Promise<LearnerView> {
    const { email, source, courses, learner } = view;
    if (learner.proven || courses.every((course) => allowanceStep(course) === 'unchanged')) return view;
    await this.learners.lockMailbox(emailKey(email), this.clock.now());
    const keys = courses.map(({ courseKey }) => courseKey);
    return this.look(email, keys, source);
  }

  private async allow({ email, source, learner, courses }: LearnerView): Promise<Grant> {
    const steps = courses.map((course) => ({ course, result: allowanceStep(course) }));
    const ids = steps.filter(({ result }) => result === 'allowed').map(({ course }) => course.courseId);
    if (ids.length > 0) await this.learners.allow({ key: emailKey(email), email }, ids, source, this.clock.now());
    const results = steps.map(({ course, result }) => ({ courseKey: course.courseKey, result, enrolmentId: null }));
    return { learner, results, changed: ids.length > 0 };
  }

  private async begin(
    accountId: number,
    courses: readonly CourseView[],
    source: Source,
    { mode = DEFAULT_MODE, expiresAt = null }: GrantTerms,
    cause: Cause,
  ): Promise<Map<number, number>> {
    if (courses.length === 0) return new Map();
    return this.writer.begin({ accountId, courses, mode, expiresAt, source }, cause);
  }

  private async claim(courses: readonly CourseView[], accountId: number, now: Date): Promise<number> {
    const open = courses.filter(hasOpenAllowance).flatMap(({ allowanceId }) => allowanceId ?? []);
    return open.length === 0 ? 0 : this.learners.claim(open, accountId, now);
  }
}

function causeOf({ kind, reference }: Source, { actorId, reason }: GrantTerms): Cause {
  return { kind, reference, actorId: actorId ?? null, reason: reason ?? null };
}
