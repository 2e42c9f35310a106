import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { emailCheck } from '../../infra/http/fields/email.field';
import { Refusal } from '../../infra/http/fields/refusal';
import { courseKeyCheck } from '../course/course-key.field';
import { EnrolmentService } from '../enrolment/enrolment.service';
import { BY_ADMIN } from '../enrolment/enrolment.state';
import { BulkRepository, type DueBulk, type WaitingRow } from './bulk.repository';

const checkEmail = emailCheck({ max: 254 });

/** Enrols one row as an administrator's single request by mail address would; who is enrolled already is done. */
@Injectable()
export class BulkRowService {
  constructor(
    private readonly rows: BulkRepository,
    private readonly enrolments: EnrolmentService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The effect and its row in one transaction: a row is worked on once, however often the job begins anew. */
  async work({ id, actorId }: DueBulk, row: WaitingRow): Promise<void> {
    await this.unitOfWork.run(async () => {
      if (!(await this.rows.hold(id, row.position))) return;
      await this.rows.settle(id, row.position, await this.enrol(row, actorId));
    });
  }

  async fail({ id }: DueBulk, { position }: WaitingRow, error: string): Promise<void> {
    await this.rows.settle(id, position, error);
  }

  /** Why not, where it is not done. */
  private async enrol(row: WaitingRow, actorId: number): Promise<string | undefined> {
    const email = checkEmail(row.email);
    if (email instanceof Refusal) return reason('email', email);
    const courseKey = courseKeyCheck(row.courseId);
    if (courseKey instanceof Refusal) return reason('course_id', courseKey);
    const view = await this.enrolments.look(email, [courseKey], BY_ADMIN);
    const [course] = view.courses;
    if (course === undefined) return 'course_id: This course does not exist.';
    if (course.status === 'suspended') return 'email: This enrolment is suspended.';
    await this.enrolments.grant(view, { actorId, reason: 'Bulk enrolment' });
    return undefined;
  }
}

function reason(field: string, { errors }: Refusal): string {
  return `${field}: ${Array.isArray(errors) ? errors.join(' ') : 'Not valid.'}`;
}
