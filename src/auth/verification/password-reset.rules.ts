import { sha256Hex } from '../../infra/crypto/digest';

export const RESET_LIFE_MS = 3_600_000;

/** Mails to one account; whoever asks for more is told the same. */
export const MOST_RESETS_PER_HOUR = 5;

const UID = /^(?:0|[1-9a-z][0-9a-z]{0,10})$/;

/** allauth's spelling of an account's id in links. */
export function uidOf(accountId: number): string {
  return accountId.toString(36);
}

/** Undefined for what no account can have. */
export function accountIdOf(uid: string): number | undefined {
  const id = UID.test(uid) ? Number.parseInt(uid, 36) : 0;
  return Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

/** Which password a link was made to replace. The hash is salted, so the mark says nothing of it. */
export function passwordMark(passwordHash: string | null): string {
  return sha256Hex(passwordHash ?? '');
}
