import { BooleanField, CharField, DateTimeField, IntegerField, ListField } from '../../../infra/http/fields';
import { integerCheck } from '../../../infra/http/fields/number.field';
import { Strict } from '../../../infra/http/fields/plan';
import { CourseKeyField, CreatableKeyField } from '../course-key.field';
import { PagedQuery } from '../../../infra/http/page.request';

const MAX_CAPACITY = 2_147_483_647;

@Strict()
export class CourseChangeRequest {
  @CharField({ required: false, example: 'Demonstration Course' })
  display_name?: string;

  @ListField({
    required: false,
    item: integerCheck({ min: 1 }),
    itemType: Number,
    description: 'Accounts of creators who may sell it.',
    example: [7],
  })
  owners?: number[];

  @DateTimeField({ required: false, nullable: true, description: 'Enrolment by oneself opens.' })
  enrolment_start?: Date | null;

  @DateTimeField({ required: false, nullable: true, description: 'Enrolment by oneself closes.' })
  enrolment_end?: Date | null;

  @DateTimeField({ required: false, nullable: true, example: '2026-09-01T00:00:00Z' })
  start?: Date | null;

  @DateTimeField({ required: false, nullable: true, example: '2027-06-30T00:00:00Z' })
  end?: Date | null;

  @IntegerField({
    required: false,
    nullable: true,
    min: 0,
    max: MAX_CAPACITY,
    description: 'Places; null = any number.',
  })
  capacity?: number | null;

  @BooleanField({ required: false })
  invitation_only?: boolean;

  @BooleanField({ required: false, description: 'False takes a course out of the archive.' })
  archived?: boolean;
}

@Strict()
export class CourseRequest extends CourseChangeRequest {
  @CreatableKeyField({ description: 'In canonical form.' })
  course_id: string;

  @CharField({ example: 'Demonstration Course' })
  override display_name: string;
}

@Strict()
export class CourseQuery extends PagedQuery {
  @CourseKeyField({ required: false, description: 'A course key in any form; `+` is itself.' })
  course_id?: string;

  @CharField({ required: false, description: 'A part of the key or of the name.', example: 'demo' })
  search?: string;

  @BooleanField({ required: false })
  archived?: boolean;
}
