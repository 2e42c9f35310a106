import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { hmacSha256 } from './digest';

const VERSION = 0x80;
const BLOCK_BYTES = 16;
const MAC_BYTES = 32;
/** version, seconds, iv */
const HEADER_BYTES = 1 + 8 + BLOCK_BYTES;
const MAX_SKEW_SECONDS = 60;
const MAX_TOKEN_LENGTH = 16_384;

/** 'expired' and 'future' are said of authentic tokens only; everything else that is wrong is 'invalid'. */
export type FernetFailure = 'invalid' | 'expired' | 'future';

export type FernetResult =
  | {
      readonly ok: true;
      readonly payload: Buffer;
      readonly issuedAt: Date;
      /** which key of the list */ readonly keyIndex: number;
    }
  | { readonly ok: false; readonly reason: FernetFailure };

const INVALID: FernetResult = { ok: false, reason: 'invalid' };

/**
 * Fernet tokens (https://github.com/fernet/spec), interoperable with Python's `cryptography`.
 * Keys come newest first: the first encrypts, all decrypt. Why not the npm package: docs/adr/0004.
 */
export class Fernet {
  private readonly newest: FernetKey;
  private readonly keys: readonly FernetKey[];

  /** 32 random bytes in padded url-safe base64, as Python's `Fernet.generate_key()`. */
  static generateKey(): string {
    return toToken(randomBytes(32));
  }

  /** @throws RangeError when the list is empty or a key is not 32 bytes of base64; the text of the key is not told */
  constructor(keys: readonly string[]) {
    this.keys = keys.map((key, index) => {
      const parsed = FernetKey.parse(key);
      if (!parsed) throw new RangeError(`Fernet key ${index + 1} must be 32 url-safe base64-encoded bytes`);
      return parsed;
    });
    const newest = this.keys[0];
    if (!newest) throw new RangeError('Fernet needs at least one key');
    this.newest = newest;
  }

  encrypt(payload: string | Uint8Array, now: Date): string {
    const token = seal(this.newest, payload, unixSeconds(now), randomBytes(BLOCK_BYTES));
    if (token.length > MAX_TOKEN_LENGTH) throw new RangeError('The payload is too large for a Fernet token');
    return token;
  }

  /** @param ttlSeconds without it a token never expires; the 60 seconds of skew into the future hold always */
  decrypt(token: string, now: Date, ttlSeconds?: number): FernetResult {
    const bytes = fromToken(token);
    if (!bytes || bytes.length < HEADER_BYTES + MAC_BYTES) return INVALID;
    const keyIndex = this.authenticate(bytes);
    const key = this.keys[keyIndex];
    if (!key || bytes[0] !== VERSION) return INVALID;
    const payload = key.decipher(bytes.subarray(9, HEADER_BYTES), bytes.subarray(HEADER_BYTES, -MAC_BYTES));
    if (!payload) return INVALID;
    const issued = Number(bytes.readBigUInt64BE(1));
    const current = unixSeconds(now);
    if (issued > current + MAX_SKEW_SECONDS) return { ok: false, reason: 'future' };
    if (ttlSeconds !== undefined && issued + ttlSeconds < current) return { ok: false, reason: 'expired' };
    return { ok: true, payload, issuedAt: new Date(issued * 1000), keyIndex };
  }

  /** Index of the key whose MAC the token carries, or -1. All keys are tried, so that time does not tell which one. */
  private authenticate(bytes: Buffer): number {
    const signed = bytes.subarray(0, -MAC_BYTES);
    const mac = bytes.subarray(-MAC_BYTES);
    let found = -1;
    this.keys.forEach((key, index) => {
      if (timingSafeEqual(key.mac(signed), mac)) found = index;
    });
    return found;
  }
}

/** The deterministic half of encryption, with the instant and the iv that the spec's vectors fix. */
export function seal(key: FernetKey, payload: string | Uint8Array, seconds: number, iv: Uint8Array): string {
  const header = Buffer.alloc(9);
  header.writeUInt8(VERSION, 0);
  header.writeBigUInt64BE(BigInt(seconds), 1);
  const signed = Buffer.concat([header, iv, key.encipher(iv, payload)]);
  return toToken(Buffer.concat([signed, key.mac(signed)]));
}

export class FernetKey {
  private readonly signing: KeyObject;
  private readonly encryption: KeyObject;

  private constructor(bytes: Buffer) {
    this.signing = createSecretKey(bytes.subarray(0, 16));
    this.encryption = createSecretKey(bytes.subarray(16));
  }

  /** Either base64 alphabet, padded or not: an operator's key that worked with Python works here. */
  static parse(text: string): FernetKey | undefined {
    return /^[A-Za-z0-9_\-+/]{43}=?$/.test(text) ? new FernetKey(Buffer.from(text, 'base64')) : undefined;
  }

  mac(signed: Uint8Array): Buffer {
    return hmacSha256(this.signing, signed);
  }

  encipher(iv: Uint8Array, payload: string | Uint8Array): Buffer {
    const cipher = createCipheriv('aes-128-cbc', this.encryption, iv);
    const first = typeof payload === 'string' ? cipher.update(payload, 'utf8') : cipher.update(payload);
    return Buffer.concat([first, cipher.final()]);
  }

  decipher(iv: Uint8Array, sealed: Uint8Array): Buffer | undefined {
    const decipher = createDecipheriv('aes-128-cbc', this.encryption, iv);
    try {
      return Buffer.concat([decipher.update(sealed), decipher.final()]);
    } catch {
      return undefined;
    }
  }
}

function toToken(bytes: Buffer): string {
  return bytes.toString('base64url') + '='.repeat((3 - (bytes.length % 3)) % 3);
}

/** Strict: url-safe alphabet only, padding right or absent, no stray bits; so at most two texts are one token. */
function fromToken(token: string): Buffer | undefined {
  if (token.length > MAX_TOKEN_LENGTH) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  return bytes.toString('base64url') === token || toToken(bytes) === token ? bytes : undefined;
}

function unixSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
