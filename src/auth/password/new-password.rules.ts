import type { DomainError } from '../../common/domain-error';
import type { Account } from '../account/account.entity';
import { newPasswordRefused, newPasswordsDiffer } from './password.errors';
import { passwordFaults } from './password.rules';

export interface NewPassword {
  readonly new_password1: string;
  readonly new_password2: string;
}

/** Why Django's SetPasswordForm would not take it; undefined when it would. */
export function newPasswordError(
  { new_password1, new_password2 }: NewPassword,
  owner: Pick<Account, 'username' | 'firstName' | 'lastName' | 'email'>,
): DomainError | undefined {
  if (new_password1 !== new_password2) return newPasswordsDiffer();
  const faults = passwordFaults(new_password2, owner);
  return faults.length > 0 ? newPasswordRefused(...faults) : undefined;
}
