import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-jwt';
import { claimsOf, type AccessClaims, type RefreshClaims } from '../token/claims';
import { JwtKeys } from '../token/jwt-keys';
import type { Credential } from './credential.rules';

export const ACCESS_TOKEN = 'access-token';

export interface RequestWithCredential extends FastifyRequest {
  /** Chosen by the access guard. */
  credential?: Credential;
}

/** Checks the signature, by one pinned algorithm, and the form of the claims; never a query. */
@Injectable()
export class AccessTokenStrategy extends PassportStrategy(Strategy, ACCESS_TOKEN) {
  constructor(keys: JwtKeys) {
    super({
      jwtFromRequest: (request: unknown) => (request as RequestWithCredential).credential?.text ?? null,
      secretOrKeyProvider: (_: unknown, token: unknown, done: (error: unknown, key?: never) => void) =>
        done(null, keys.forToken(String(token)).signing as never),
      algorithms: ['HS256'],
      // Business time is the Clock's: AccessTokenGuard asks it.
      ignoreExpiration: true,
    });
  }

  validate(payload: unknown): AccessClaims | RefreshClaims | false {
    return claimsOf(payload) ?? false;
  }
}
