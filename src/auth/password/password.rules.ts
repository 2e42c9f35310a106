import { isCommonPassword } from './common-password.rules';
import { isTooSimilar } from './similarity.rules';

export const MIN_PASSWORD_LENGTH = 8;
/** What a request may carry as a password, new or old; far above what people type, far below what hurts. */
export const MAX_PASSWORD_LENGTH = 128;

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
