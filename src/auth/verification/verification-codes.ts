import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Settings } from '../../infra/config/settings';
import { hmacSha256, timingSafeEqualText } from '../../infra/crypto/digest';

/** What a stored code belongs to: a digest copied to another row is worth nothing there. */
export interface CodeOwner {
  readonly accountId: number;
  readonly keyHash: string;
}

/**
 * Six digits are tried in no time by whoever reads the table, so their digest needs a secret that is not in it:
 * HMAC-SHA256 under a key made from FIELD_ENCRYPTION_KEY.
 */
@Injectable()
export class VerificationCodes {
  /** Newest first. */
  private readonly keys: readonly Buffer[];

  constructor(settings: Settings) {
    this.keys = settings.fieldEncryptionKeys.map((secret) => hmacSha256(secret, 'guildhall verification code'));
  }

  /** Six digits; leading zeros count. */
  create(): string {
    return String(randomInt(1_000_000)).padStart(6, '0');
  }

  digest(code: string, owner: CodeOwner): string {
    return digest(code, owner, this.keys[0] ?? Buffer.alloc(0));
  }

  matches(code: string, stored: string, owner: CodeOwner): boolean {
    return this.keys.some((key) => timingSafeEqualText(digest(code, owner, key), stored));
  }
}

function digest(code: string, { accountId, keyHash }: CodeOwner, key: Buffer): string {
  return hmacSha256(key, `${accountId}:${keyHash}:${code}`).toString('hex');
}
