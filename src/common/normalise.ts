import { domainToASCII } from 'node:url';

/**
 * The key under which an identity is unique: `Zoë@Example.org` and `zoë@example.ORG ` are one. Made by the app and not
 * by a collation, so that every database agrees.
 */
function identityKey(text: string): string {
  return text.trim().normalize('NFKC').toLowerCase().normalize('NFKC');
}

export const usernameKey = identityKey;

/** One for every spelling of a mailbox: the domain is the one that is asked for where its mail goes. */
export function emailKey(email: string): string {
  const text = email.trim().normalize('NFKC');
  const at = text.lastIndexOf('@');
  if (at < 0) return identityKey(text);
  // Not lower-cased before: domain names have rules of their own for that.
  const domain = text.slice(at + 1);
  return `${identityKey(text.slice(0, at))}@${domainToASCII(domain) || identityKey(domain)}`;
}
