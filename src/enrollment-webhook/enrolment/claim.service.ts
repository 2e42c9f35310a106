import { Injectable } from '@nestjs/common';
import { AccountService } from '../../auth/account/account.service';
import { Clock } from '../../common/clock';
import { emailKey } from '../../common/normalise';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { EnrolmentService } from './enrolment.service';
import type { Source } from './enrolment.state';
import { LearnerRepository, type OpenAllowance } from './learner.repository';

interface OpenBySource {
  readonly source: Source;
  readonly courseKeys: readonly string[];
}

/** Makes allowances the enrolments of the account that proved their mailbox. */
@Injectable()
export class ClaimService {
  constructor(
    private readonly learners: LearnerRepository,
    private readonly enrolments: EnrolmentService,
    private readonly accounts: AccountService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Repeatable. What a grant under way adds is seen here, or that grant sees the proof: see EnrolmentService.grant. */
  async claim(accountId: number, email: string): Promise<void> {
    const key = emailKey(email);
    await this.unitOfWork.run(async () => {
      await this.learners.lockMailbox(key, this.clock.now());
      const account = await this.accounts.findById(accountId);
      if (account !== undefined && emailKey(account.email) === key) await this.enrol(email, key);
      await this.learners.forgetMailbox(key);
    });
  }

  private async enrol(email: string, key: string): Promise<void> {
    for (const { source, courseKeys } of bySource(await this.learners.openAllowances(key))) {
      const view = await this.enrolments.look(email, courseKeys, source);
      if (view.courses.length > 0) await this.enrolments.enrol(view, { reason: 'The mailbox was proven' });
    }
  }
}

function bySource(allowances: readonly OpenAllowance[]): OpenBySource[] {
  const groups = new Map<string, { source: Source; courseKeys: string[] }>();
  for (const { kind, reference, courseKey } of allowances) {
    const group = groups.get(`${kind}:${reference}`) ?? { source: { kind, reference }, courseKeys: [] };
    group.courseKeys.push(courseKey);
    groups.set(`${kind}:${reference}`, group);
  }
  return [...groups.values()];
}
