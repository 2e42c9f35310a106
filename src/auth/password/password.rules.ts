import { isCommonPassword } from './common-password.rules';
import { isTooSimilar } from './similarity.rules';

export const MIN_PASSWORD_LENGTH = 8;
/** Of a new one. */
export const MAX_PASSWORD_LENGTH = 128;
/** Of one to be compared: those that came from the old servers may be longer. */
export const MAX_OLD_PASSWORD_LENGTH = 4096;

/** What is known of the person the password is for. */
export interface PasswordOwner {
  readonly username?: string | null;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly email?: string | null;
}

/** The names Django gives these fields in its text. */
const ATTRIBUTES = [
  ['username', 'username'],
  ['firstName', 'first name'],
  ['lastName', 'last name'],
  ['email', 'email address'],
] as const satisfies readonly (readonly [keyof PasswordOwner, string])[];

/**
 * What is wrong with a new password, in the words and the order of Django's four default validators; empty when it will
 * do. Only what makes a password guessable counts: no rule asks for character classes (NIST SP 800-63B).
 */
export function passwordFaults(password: string, owner: PasswordOwner): string[] {
  const similar = ATTRIBUTES.find(([attribute]) => isTooSimilar(password, owner[attribute] ?? ''));
  const length = [...password].length;
  return [
    ...(similar ? [`The password is too similar to the ${similar[1]}.`] : []),
    ...(length < MIN_PASSWORD_LENGTH
      ? [`This password is too short. It must contain at least ${MIN_PASSWORD_LENGTH} characters.`]
      : []),
    ...(isCommonPassword(password) ? ['This password is too common.'] : []),
    ...(/^\p{Nd}+$/u.test(password) ? ['This password is entirely numeric.'] : []),
  ];
}
