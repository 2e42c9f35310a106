import { Injectable } from '@nestjs/common';
import { emailKey } from '../../common/normalise';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { CourseRepository } from '../course/course.repository';
import { EnrolmentRepository } from './enrolment.repository';
import { endedAltogether } from './enrolment.state';
import { EnrolmentWriter } from './enrolment.writer';
import { LearnerRepository } from './learner.repository';

/** Lets go of a closed account: its enrolments end and are nobody's, what it had claimed and owned is forgotten. */
@Injectable()
export class ClosingService {
  constructor(
    private readonly enrolments: EnrolmentRepository,
    private readonly writer: EnrolmentWriter,
    private readonly learners: LearnerRepository,
    private readonly courses: CourseRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Repeatable. Allowances that nobody has claimed are the mailbox's, not the account's, and stay. */
  async close(accountId: number, email: string): Promise<void> {
    const cause = { kind: 'account-closed', reference: '-', actorId: null, reason: null } as const;
    await this.unitOfWork.run(async () => {
      await this.writer.change(await this.enrolments.ofAccount(accountId), endedAltogether, cause);
      await this.enrolments.anonymise(accountId);
      // The mailbox first, as grants and claims lock it.
      await this.learners.forgetMailbox(emailKey(email));
      await this.learners.forgetClaims(accountId);
      await this.courses.forgetOwner(accountId);
    });
  }
}
