import { CharField, EmailField } from '../../../infra/http/fields';
import { Strict } from '../../../infra/http/fields/plan';
import { CourseKeyField } from '../../course/course-key.field';
import { PagedQuery } from '../../../infra/http/page.request';

@Strict()
export class AllowanceQuery extends PagedQuery {
  @EmailField({ required: false, description: '`+` is itself.', example: 'test@example.com' })
  email?: string;

  @CourseKeyField({ required: false, description: 'A course key in any form; `+` is itself.' })
  course_id?: string;
}

@Strict()
export class RevokeRequest {
  @CharField({ max: 500, description: 'Kept with the allowance.', example: 'Sent by mistake' })
  reason: string;
}
