import { type DomainError, invalid } from '../../common/domain-error';

export function wrongOldPassword(): DomainError {
  return invalid({ old_password: ['Your old password was entered incorrectly. Please enter it again.'] });
}

/** Django's form text, with its typographic apostrophe; the sign-up serializer writes a straight one. */
export function newPasswordsDiffer(): DomainError {
  return invalid({ new_password2: ['The two password fields didn’t match.'] });
}

/** Django's forms put what its validators say under the second field. */
export function newPasswordRefused(...faults: readonly string[]): DomainError {
  return invalid({ new_password2: [...faults] });
}
