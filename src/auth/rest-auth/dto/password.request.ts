import { CharField } from '../../../infra/http/fields';
import { MAX_PASSWORD_LENGTH } from '../../password/password.rules';

/** Passwords that came from the old servers may be longer than new ones. */
const LONGEST_OLD_PASSWORD = 4096;

export class NewPasswordRequest {
  @CharField({ max: MAX_PASSWORD_LENGTH, example: 'correct horse battery' })
  new_password1: string;

  @CharField({ max: MAX_PASSWORD_LENGTH, example: 'correct horse battery' })
  new_password2: string;
}

export class PasswordChangeRequest extends NewPasswordRequest {
  @CharField({ max: LONGEST_OLD_PASSWORD, example: 'wrong mule charger' })
  old_password: string;
}

export class PasswordResetConfirmRequest extends NewPasswordRequest {
  @CharField({ max: 64, example: 'h' })
  uid: string;

  @CharField({ example: 'Zk3q9mZ2v1y8b5t4r7w6x3u0s9AcJ1Vq0v7o5zQ0o1c' })
  token: string;
}
