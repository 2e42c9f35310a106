import { sha256Hex } from '../crypto/digest';

const LENGTH = 12;

/** Names a webhook secret in the inbox, so that it can be seen which of a list is still in use. */
export function secretId(secret: string): string {
  return sha256Hex(`guildhall webhook secret: ${secret}`).slice(0, LENGTH);
}
