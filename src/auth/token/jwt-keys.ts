import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type JwtModuleOptions, JwtSecretRequestType } from '@nestjs/jwt';
import { hmacSha256, sha256Hex } from '../../infra/crypto/digest';
import { Settings } from '../../infra/config/settings';
import type { ChainKey } from '../session/refresh-chain.rules';

export interface JwtKey extends ChainKey {
  /** Stands in the header of tokens as `kid`. */
  readonly id: string;
  /** A KeyObject and not a text: with a text every signature would cost fifty times as much. */
  readonly signing: KeyObject;
}

/** The keys of JWT_SECRET: the newest signs, all of them verify. */
@Injectable()
export class JwtKeys {
  readonly all: readonly JwtKey[];
  readonly newest: JwtKey;
  private readonly byId: ReadonlyMap<string, JwtKey>;

  constructor(settings: Settings) {
    this.all = settings.jwtSecrets.map(keyOf);
    this.byId = new Map(this.all.map((key) => [key.id, key]));
    const newest = this.all[0];
    if (!newest) throw new Error('JWT_SECRET holds no key');
    this.newest = newest;
  }

  get(id: string | undefined): JwtKey {
    return (id === undefined ? undefined : this.byId.get(id)) ?? this.newest;
  }

  /** The key to verify a token with. Whether it verifies is for the verifier to say. */
  forToken(token: string): JwtKey {
    const kid = kidOf(token);
    return kid === undefined ? (this.all.find((key) => signed(token, key)) ?? this.newest) : this.get(kid);
  }
}

/** For JwtModule. The caller names the key it signs with; a token names its own. */
export function jwtOptions(keys: JwtKeys): JwtModuleOptions {
  return {
    signOptions: { algorithm: 'HS256' },
    verifyOptions: { algorithms: ['HS256'] },
    secretOrKeyProvider: (purpose, subject, options) =>
      purpose === JwtSecretRequestType.VERIFY
        ? keys.forToken(subject as string).signing
        : keys.get((options as { keyid?: string } | undefined)?.keyid).signing,
  };
}

function keyOf(secret: string): JwtKey {
  return {
    id: sha256Hex(`guildhall jwt key id:${secret}`).slice(0, 8),
    signing: createSecretKey(Buffer.from(secret, 'utf8')),
    chain: createSecretKey(hmacSha256(secret, 'guildhall refresh chain')),
  };
}

function kidOf(token: string): string | undefined {
  try {
    const header = JSON.parse(Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString('utf8')) as unknown;
    const kid = typeof header === 'object' && header !== null && 'kid' in header ? header.kid : undefined;
    return typeof kid === 'string' ? kid : undefined;
  } catch {
    return undefined;
  }
}

function signed(token: string, key: JwtKey): boolean {
  const end = token.lastIndexOf('.');
  const expected = createHmac('sha256', key.signing).update(token.slice(0, end)).digest();
  const given = Buffer.from(token.slice(end + 1), 'base64url');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
