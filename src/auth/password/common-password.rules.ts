import { COMMON_PASSWORDS } from './common-passwords';

const COMMON: ReadonlySet<string> = new Set(COMMON_PASSWORDS.trim().split(/\s+/));

/** Letters in any case are the same password here, as in Django. */
export function isCommonPassword(password: string): boolean {
  return COMMON.has(password.toLowerCase().trim());
}
