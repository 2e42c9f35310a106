/** R12: a positive decimal number of at most 19 digits, and so never the `None` of a visitor. */
const USER_ID = /^[1-9][0-9]{0,18}$/;

/** The id in a token that was decrypted, or undefined when it holds anything else. */
export function userIdOf(payload: Buffer): string | undefined {
  const text = payload.toString('latin1');
  return USER_ID.test(text) ? text : undefined;
}

/** Longer than any token our Fernet reads, with room for junk. */
const MAX_SPELLING = 20_000;

/**
 * The one spelling that our Fernet takes of a token as lenient decoders read it: Python's skips characters outside the
 * alphabet and takes `+/` for `-_`. The MAC decides all the same. Empty where it is no base64 at all.
 */
export function canonicalSpelling(token: string): string {
  if (token.length > MAX_SPELLING) return '';
  const letters = token.replace(/[^A-Za-z0-9_\-+/=]/g, '');
  const end = letters.indexOf('=');
  if (end < 0) return Buffer.from(letters, 'base64').toString('base64url');
  // Python stops at the padding; nobody's client sends more after it, so that two tokens in one header are none.
  return /^=+$/.test(letters.slice(end)) ? Buffer.from(letters.slice(0, end), 'base64').toString('base64url') : '';
}
