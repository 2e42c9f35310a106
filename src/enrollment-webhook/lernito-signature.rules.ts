import { timingSafeEqual } from 'node:crypto';
import { hmacSha256 } from '../infra/crypto/digest';
import { COMPACT, dumps, SPACED } from './python-json/python-json.dumps';
import type { PythonJson } from './python-json/python-json.value';

/**
 * What the sender signed: the bytes of the body, or the document printed again as Python's `json.dumps` does with
 * sorted keys, without blanks (the old server's code) or with them (its README).
 */
export type SignatureForm = 'raw' | 'compact' | 'spaced';
export const SIGNATURE_FORMS: readonly SignatureForm[] = ['raw', 'compact', 'spaced'];

export interface SignedBody {
  readonly raw: Uint8Array;
  /** What `raw` holds. */
  readonly document: PythonJson;
}

export type SignatureVerdict =
  { readonly ok: true; readonly form: SignatureForm; readonly secretIndex: number } | { readonly ok: false };

export type TimestampVerdict =
  | { readonly ok: true; readonly signedAt: Date; readonly secretIndex: number }
  | { readonly ok: false; readonly reason: 'malformed' | 'signature' | 'stale' | 'future' };

const DIGEST = /^[0-9a-f]{64}$/i;
const TIMESTAMP = /^t=(\d{1,11})((?:,\s?v1=[0-9a-f]{64}){1,5})$/i;
const TIMESTAMP_WINDOW_SECONDS = 300;

/**
 * The header `X-Lernito-Signature`: HMAC-SHA256 in hex of either case, by any secret of the list, over any form.
 * No secret, no header, or one that is no such digest: not signed.
 */
export function verifySignature(
  secrets: readonly string[],
  body: SignedBody,
  header: string | undefined,
): SignatureVerdict {
  if (header === undefined || !DIGEST.test(header)) return { ok: false };
  const digest = Buffer.from(header, 'hex');
  for (const form of SIGNATURE_FORMS) {
    const secretIndex = signerOf(secrets, digest, signedText(body, form));
    if (secretIndex >= 0) return { ok: true, form, secretIndex };
  }
  return { ok: false };
}

/**
 * The header `X-Lernito-Timestamp`: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "<t>." and the raw body>`, five minutes
 * either way. Several `v1` may stand there while a secret is being changed.
 */
export function verifyTimestamp(
  secrets: readonly string[],
  raw: Uint8Array,
  header: string,
  now: Date,
): TimestampVerdict {
  const [, seconds, digests] = TIMESTAMP.exec(header) ?? [];
  if (seconds === undefined || digests === undefined) return { ok: false, reason: 'malformed' };
  const secretIndex = (digests.match(/[0-9a-f]{64}/gi) ?? [])
    .map((hex) => signerOf(secrets, Buffer.from(hex, 'hex'), `${seconds}.`, raw))
    .find((index) => index >= 0);
  if (secretIndex === undefined) return { ok: false, reason: 'signature' };
  const age = now.getTime() / 1000 - Number(seconds);
  if (age > TIMESTAMP_WINDOW_SECONDS) return { ok: false, reason: 'stale' };
  if (age < -TIMESTAMP_WINDOW_SECONDS) return { ok: false, reason: 'future' };
  return { ok: true, signedAt: new Date(Number(seconds) * 1000), secretIndex };
}

export function signedText(body: SignedBody, form: SignatureForm): string | Uint8Array {
  switch (form) {
    case 'raw':
      return body.raw;
    case 'compact':
      return dumps(body.document, COMPACT);
    case 'spaced':
      return dumps(body.document, SPACED);
  }
}

/** Index of the secret that gives this digest (32 bytes) over these parts, or -1. */
export function signerOf(
  secrets: readonly string[],
  digest: Buffer,
  ...parts: readonly (string | Uint8Array)[]
): number {
  return secrets.findIndex((secret) => timingSafeEqual(digest, hmacSha256(secret, ...parts)));
}
