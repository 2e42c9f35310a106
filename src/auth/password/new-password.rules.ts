import type { FieldErrors } from '../../common/domain-error';
import type { Account } from '../account/account.entity';
import { passwordFaults } from './password.rules';

export interface NewPassword {
  readonly new_password1: string;
  readonly new_password2: string;
}

/** Django's form text, with its typographic apostrophe; the sign-up serializer writes a straight one. */
const MISMATCH = 'The two password fields didn’t match.';

/** What Django's SetPasswordForm says, all of it under the second field; undefined when the password will do. */
export function newPasswordFaults(
  { new_password1, new_password2 }: NewPassword,
  owner: Pick<Account, 'username' | 'firstName' | 'lastName' | 'email'>,
): FieldErrors | undefined {
  if (new_password1 !== new_password2) return { new_password2: [MISMATCH] };
  const faults = passwordFaults(new_password2, owner);
  return faults.length > 0 ? { new_password2: faults } : undefined;
}
