import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import type { Source } from '../enrolment/enrolment.state';
import { EnrolmentService } from '../enrolment/enrolment.service';
import { CourseAccessRepository } from './course-access.repository';
import { allowedGrants, courseMoves, type HeldCourse, type OpenMembership } from './course-access.rules';

const BATCH = 200;

/** Courses follow membership: what the tiers of a member carry is open, as long as the membership lasts. */
@Injectable()
export class CourseAccessService {
  constructor(
    private readonly access: CourseAccessRepository,
    private readonly enrolments: EnrolmentService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Brings the courses of a member in line with the open memberships; what other sources hold is not touched.
   * Repeatable, and told of in any order: it reads how things stand, under a lock of the account's.
   */
  async settle(accountId: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      const email = await this.access.lockAccount(accountId);
      if (email === undefined) return;
      const { grants, releases } = courseMoves(await this.access.open(accountId), await this.access.held(accountId));
      for (const membership of await this.allowed(accountId, grants)) await this.grant(email, membership);
      for (const course of releases) await this.release(course);
    });
  }

  /** Every member of a tier. Repeatable. */
  async settleTier(tierId: number): Promise<void> {
    for (let after = 0; ;) {
      const members = await this.access.members(tierId, after, BATCH);
      for (const { accountId } of members) await this.settle(accountId);
      const last = members.at(-1);
      if (last === undefined || members.length < BATCH) return;
      after = last.id;
    }
  }

  /** Every member of a tier that carries the course. Repeatable. */
  async settleCourse(courseKey: string): Promise<void> {
    for (const tierId of await this.access.tiersWith(courseKey)) await this.settleTier(tierId);
  }

  private async allowed(accountId: number, grants: readonly OpenMembership[]): Promise<readonly OpenMembership[]> {
    if (grants.length === 0) return grants;
    return allowedGrants(grants, await this.access.knownOf(accountId, grants), this.clock.now());
  }

  /** Who has not proven the mailbox waits: the membership itself is the allowance, which nobody else can claim. */
  private async grant(email: string, { id, courseKeys }: OpenMembership): Promise<void> {
    const view = await this.enrolments.look(email, courseKeys, sourceOf(id));
    if (view.learner.proven) await this.enrolments.enrol(view, { reason: 'The tier carries the course' });
  }

  private release({ enrolmentId, membershipId }: HeldCourse): Promise<void> {
    const reason = 'The membership ended, or its tier carries the course no more';
    return this.enrolments.releaseOf([enrolmentId], sourceOf(membershipId), reason);
  }
}

function sourceOf(membershipId: number): Source {
  return { kind: 'membership', reference: String(membershipId) };
}
