import { CharField } from '../../../infra/http/fields';
import { MAX_OLD_PASSWORD_LENGTH, MAX_PASSWORD_LENGTH } from '../../password/password.rules';

export class NewPasswordRequest {
  @CharField({ max: MAX_PASSWORD_LENGTH, example: 'correct horse battery' })
  new_password1: string;

  @CharField({ max: MAX_PASSWORD_LENGTH, example: 'correct horse battery' })
  new_password2: string;
}

export class PasswordChangeRequest extends NewPasswordRequest {
  @CharField({ max: MAX_OLD_PASSWORD_LENGTH, example: 'wrong mule charger' })
  old_password: string;
}

export class PasswordResetConfirmRequest extends NewPasswordRequest {
  @CharField({ max: 64, example: 'h' })
  uid: string;

  @CharField({ example: 'Zk3q9mZ2v1y8b5t4r7w6x3u0s9AcJ1Vq0v7o5zQ0o1c' })
  token: string;
}
