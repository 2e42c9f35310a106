import { createHash, createHmac, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';

export function sha256(data: string | Uint8Array): Buffer {
  return createHash('sha256').update(data).digest();
}

export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** HMAC-SHA256 over the parts one after the other, so that a prefix need not be copied in front of a large body. */
export function hmacSha256(
  secret: string | Uint8Array | KeyObject,
  ...parts: readonly (string | Uint8Array)[]
): Buffer {
  const hmac = createHmac('sha256', secret);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

/** Constant time whatever the lengths: what is compared are the digests. */
export function timingSafeEqualText(a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}

/** An unguessable url-safe text of `bytes` random bytes (43 characters for the default 32). */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}
