import { CharField, EmailField } from '../../../infra/http/fields';
import { MAX_EMAIL } from '../../account/account.rules';

/** Passwords that came from the old servers may be longer than new ones. */
const LONGEST_OLD_PASSWORD = 4096;

export class LoginRequest {
  @CharField({ max: MAX_EMAIL, required: false, blank: true, example: 'ravi', description: 'Or the e-mail address.' })
  username?: string;

  @EmailField({ max: MAX_EMAIL, required: false, blank: true, example: 'ravi@example.org' })
  email?: string;

  @CharField({ max: LONGEST_OLD_PASSWORD, example: 'correct horse battery' })
  password: string;
}
