import { CharField, EmailField } from '../../../infra/http/fields';
import { MAX_EMAIL } from '../../account/account.rules';
import { MAX_OLD_PASSWORD_LENGTH } from '../../password/password.rules';

export class LoginRequest {
  @CharField({ max: MAX_EMAIL, required: false, blank: true, example: 'ravi', description: 'Or the e-mail address.' })
  username?: string;

  @EmailField({ max: MAX_EMAIL, required: false, blank: true, example: 'ravi@example.org' })
  email?: string;

  @CharField({ max: MAX_OLD_PASSWORD_LENGTH, example: 'correct horse battery' })
  password: string;
}
