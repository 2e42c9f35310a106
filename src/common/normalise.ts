/**
 * The key under which an identity is unique: `Zoë@Example.org` and `zoë@example.ORG ` are one. Made by the app and not
 * by a collation, so that every database agrees.
 */
function identityKey(text: string): string {
  return text.trim().normalize('NFKC').toLowerCase().normalize('NFKC');
}

export const emailKey = identityKey;
export const usernameKey = identityKey;
