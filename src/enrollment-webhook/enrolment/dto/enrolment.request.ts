import { CharField, ChoiceField, DateTimeField, EmailField, IntegerField } from '../../../infra/http/fields';
import { Strict } from '../../../infra/http/fields/plan';
import { CourseKeyField } from '../../course/course-key.field';
import { ENROLMENT_STATUSES, type EnrolmentStatus } from '../enrolment.state';
import { PagedQuery } from '../../../infra/http/page.request';

const REASON = { max: 500, description: 'Kept in the history.', example: 'Asked for by the learner' } as const;
const MODE = { required: false, max: 32, description: 'audit, honor, verified…', example: 'verified' } as const;

@Strict()
export class EnrolmentRequest {
  @EmailField({
    required: false,
    max: 254,
    description: 'Of the learner; this or `account`.',
    example: 'test@example.com',
  })
  email?: string;

  @IntegerField({ required: false, min: 1, description: 'Of the learner; this or `email`.', example: 7 })
  account?: number;

  @CourseKeyField({ description: 'A course key in any form.' })
  course_id: string;

  @CharField(MODE)
  mode?: string;

  @DateTimeField({ required: false, nullable: true, description: 'When access ends.', example: '2027-06-30T00:00:00Z' })
  expires_at?: Date | null;

  @CharField(REASON)
  reason: string;
}

@Strict()
export class EnrolmentChangeRequest {
  @ChoiceField(ENROLMENT_STATUSES, { required: false, description: '`active` restores.', example: 'suspended' })
  status?: EnrolmentStatus;

  @CharField(MODE)
  mode?: string;

  @DateTimeField({ required: false, nullable: true, description: 'When access ends; null: never.' })
  expires_at?: Date | null;

  @CharField(REASON)
  reason: string;
}

@Strict()
export class EnrolmentQuery extends PagedQuery {
  @EmailField({ required: false, description: 'Of the learner; `+` is itself.', example: 'test@example.com' })
  email?: string;

  @CourseKeyField({ required: false, description: 'A course key in any form; `+` is itself.' })
  course_id?: string;

  @ChoiceField(ENROLMENT_STATUSES, { required: false })
  status?: EnrolmentStatus;
}
