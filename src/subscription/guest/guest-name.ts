import { randomBytes } from 'node:crypto';

/** A username that nobody has, and that says nothing of anybody. */
export function freshUsername(): string {
  return `guest-${randomBytes(8).toString('hex')}`;
}
