import { type DomainError, invalid } from '../../common/domain-error';
import type { TakenField } from '../account/account.repository';

export const TAKEN: Readonly<Record<TakenField, string>> = {
  username: 'A user with that username already exists.',
  email: 'A user is already registered with this e-mail address.',
};

export function taken(fields: readonly TakenField[]): DomainError {
  return invalid(Object.fromEntries(fields.map((field) => [field, [TAKEN[field]]])));
}

/** Here with a straight apostrophe; Django's forms write a typographic one. */
export function passwordsDiffer(): DomainError {
  return refusal("The two password fields didn't match.");
}

/** One answer whatever is wrong with the credentials. */
export function wrongCredentials(): DomainError {
  return refusal('Unable to log in with provided credentials.');
}

export function accountDisabled(): DomainError {
  return refusal('User account is disabled.');
}

export function emailNotVerified(): DomainError {
  return refusal('E-mail is not verified.');
}

export function nobodyNamed(): DomainError {
  return refusal('Must include either "username" or "email" and "password".');
}

export const REQUIRED = ['This field is required.'];

/** Tiers, supporters and payments hang on it. */
export function creatorForGood(): DomainError {
  return invalid({ is_creator: ["A creator's account can't become an ordinary one again."] });
}

function refusal(message: string): DomainError {
  return invalid({ non_field_errors: [message] });
}
