import { emailKey, usernameKey } from '../../common/normalise';
import type { FieldErrors } from '../../common/domain-error';
import { isEmail } from '../../infra/http/fields/email.field';

export const MAX_USERNAME = 150;
export const MAX_EMAIL = 254;

/** Django's charset, and the marks that the letters of some scripts are written with. */
const USERNAME = /^[\p{L}\p{N}\p{M}_.@+-]+$/u;
/** Some of them are letters or marks: `admin` with one of these looks like `admin`. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/u;
const BAD_USERNAME = 'Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.';
const SOMEBODYS_ADDRESS = 'A username that is an e-mail address must be your own.';
const OLDEST_YEARS = 130;

export function looksLikeEmail(identifier: string): boolean {
  return identifier.includes('@');
}

/** Django's rule, and that nobody goes by somebody else's e-mail address; signing in doesn't rely on it. */
export function usernameFaults(username: string, email: string): string[] {
  const key = usernameKey(username);
  const isAddress = isEmail(key);
  const isOwnAddress = isAddress && emailKey(username) === emailKey(email);
  if (UNSEEN.test(key) || (!USERNAME.test(key) && !isOwnAddress)) return [BAD_USERNAME];
  if (isAddress && !isOwnAddress) return [SOMEBODYS_ADDRESS];
  // Folding can lengthen a text, and it is the folded one that is stored to be found.
  return key.length > MAX_USERNAME ? [`Ensure this field has no more than ${MAX_USERNAME} characters.`] : [];
}

export function emailFaults(email: string): string[] {
  return emailKey(email).length > MAX_EMAIL ? ['Enter a valid email address.'] : [];
}

/** @param date `YYYY-MM-DD` (R7) */
export function birthDateFaults(date: string, now: Date): string[] {
  if (date > now.toISOString().slice(0, 10)) return ['Date of birth cannot be in the future.'];
  const oldest = now.getUTCFullYear() - OLDEST_YEARS;
  return Number(date.slice(0, 4)) < oldest ? [`Date of birth cannot be before the year ${oldest}.`] : [];
}

/** Drops the fields that have no fault; undefined when none has one. */
export function faultsOf(fields: Record<string, string[]>): FieldErrors | undefined {
  const faulty = Object.entries(fields).filter(([, faults]) => faults.length > 0);
  return faulty.length > 0 ? Object.fromEntries(faulty) : undefined;
}
