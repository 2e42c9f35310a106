/** R12: a positive decimal number of at most 19 digits, and so never the `None` of a visitor. */
const USER_ID = /^[1-9][0-9]{0,18}$/;

/** The id in a token that was decrypted, or undefined when it holds anything else. */
export function userIdOf(payload: Buffer): string | undefined {
  const text = payload.toString('latin1');
  return USER_ID.test(text) ? text : undefined;
}

/**
 * The one spelling that our Fernet takes of a token as lenient decoders read it: Python's skips characters outside the
 * alphabet, takes `+/` for `-_`, and stops at the padding. The MAC decides all the same.
 */
export function canonicalSpelling(token: string): string {
  const letters = token.replace(/[^A-Za-z0-9_\-+/=]/g, '');
  const padding = letters.indexOf('=');
  return Buffer.from(padding < 0 ? letters : letters.slice(0, padding), 'base64').toString('base64url');
}
