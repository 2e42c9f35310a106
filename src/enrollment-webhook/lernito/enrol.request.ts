import { charCheck } from '../../infra/http/fields/char.field';
import { CharField, EmailField, ListField } from '../../infra/http/fields';

/** The body of lernito's webhook. Further fields are signed with it, and otherwise passed over. */
export class EnrolRequest {
  @CharField({ description: 'Validated, but neither stored nor matched.', example: 'Test' })
  name: string;

  @CharField({ description: 'As `name`.', example: 'User' })
  family: string;

  @CharField({ description: 'As `name`.', example: 'testuser' })
  username: string;

  @EmailField({ max: 254, description: 'Who is to be enrolled.', example: 'test@example.com' })
  email: string;

  @ListField({
    item: charCheck(),
    max: 100,
    description: 'Course keys. At least one; duplicates count in the answer and change nothing.',
    example: ['course-v1:edX+DemoX+Demo_Course'],
  })
  courseIds: string[];
}
