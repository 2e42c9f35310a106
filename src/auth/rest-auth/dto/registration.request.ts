import { CharField, EmailField } from '../../../infra/http/fields';
import { MAX_EMAIL, MAX_USERNAME } from '../../account/account.rules';
import { MAX_PASSWORD_LENGTH } from '../../password/password.rules';

class Registration {
  @CharField({ max: MAX_USERNAME, example: 'ravi' })
  username: string;

  @EmailField({ max: MAX_EMAIL, example: 'ravi@example.org' })
  email: string;

  @CharField({ max: 150, required: false, blank: true, example: 'Ravi' })
  first_name?: string;

  @CharField({ max: 150, required: false, blank: true, example: 'Rao' })
  last_name?: string;

  @CharField({ max: MAX_PASSWORD_LENGTH, example: 'correct horse battery' })
  password2: string;
}

/** dj-rest-auth's own form. */
export class RegistrationRequest extends Registration {
  @CharField({ max: MAX_PASSWORD_LENGTH, example: 'correct horse battery' })
  password1: string;
}

/** memboro's form, whose first password is called otherwise. */
export class MemboroRegistrationRequest extends Registration {
  @CharField({ max: MAX_PASSWORD_LENGTH, example: 'correct horse battery' })
  password: string;
}

export type AnyRegistration = RegistrationRequest | MemboroRegistrationRequest;
