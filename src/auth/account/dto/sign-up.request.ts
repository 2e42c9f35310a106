import { CharField, DateField, EmailField } from '../../../infra/http/fields';
import { MAX_EMAIL, MAX_USERNAME } from '../account.rules';

export class SignUpRequest {
  @CharField({ max: MAX_USERNAME, example: 'ravi' })
  username: string;

  @EmailField({ max: MAX_EMAIL, example: 'ravi@example.org' })
  email: string;

  @CharField({ example: 'correct horse battery' })
  password: string;

  @DateField({ required: false, nullable: true, example: '1994-05-17', description: 'Date of birth.' })
  birth_date?: string | null;

  @DateField({
    required: false,
    nullable: true,
    example: '1994-05-17',
    description: 'The older name of `birth_date`, which wins where both are given.',
  })
  age?: string | null;
}
