import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { Role } from '../../common/access';
import { Clock } from '../../common/clock';
import { Settings } from '../../infra/config/settings';
import { refusedToken, wrongTokenType } from '../auth.errors';
import { claimsOf, type AccessClaims, type RefreshClaims } from './claims';
import { JwtKeys } from './jwt-keys';

export interface RefreshToken {
  readonly accountId: number;
  readonly sessionId: number;
  readonly jti: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** Signs and reads the tokens. Whether their session is alive is not for it to know. */
@Injectable()
export class TokenService {
  constructor(
    private readonly jwt: JwtService,
    private readonly keys: JwtKeys,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  newJti(): string {
    return randomUUID().replaceAll('-', '');
  }

  /** Each rotation starts the lifetime anew. */
  refreshExpiry(now: Date): Date {
    return new Date(now.getTime() + this.settings.refreshTokenTtlSeconds * 1000);
  }

  signAccess(accountId: number, sessionId: number, roles: readonly Role[]): string {
    const iat = seconds(this.clock.now());
    const claims: AccessClaims = {
      token_type: 'access',
      exp: iat + this.settings.accessTokenTtlSeconds,
      iat,
      jti: this.newJti(),
      user_id: accountId,
      sid: sessionId,
      roles,
    };
    return this.jwt.sign(claims, { keyid: this.keys.newest.id });
  }

  /** The same token, byte by byte, for the same values. */
  signRefresh(token: RefreshToken, keyId = this.keys.newest.id): string {
    const claims: RefreshClaims = {
      token_type: 'refresh',
      exp: seconds(token.expiresAt),
      iat: seconds(token.issuedAt),
      jti: token.jti,
      user_id: token.accountId,
      sid: token.sessionId,
    };
    return this.jwt.sign(claims, { keyid: keyId });
  }

  /** @throws DomainError 401 in simplejwt's words */
  readRefresh(token: string): RefreshToken {
    const claims = this.read(token);
    if (!claims || this.hasExpired(claims)) throw refusedToken();
    if (claims.token_type !== 'refresh') throw wrongTokenType();
    return {
      accountId: claims.user_id,
      sessionId: claims.sid,
      jti: claims.jti,
      issuedAt: new Date(claims.iat * 1000),
      expiresAt: new Date(claims.exp * 1000),
    };
  }

  /** The claims of any token we signed, expired or not: enough to end its session, never to act as its owner. */
  read(token: string): AccessClaims | RefreshClaims | undefined {
    try {
      return claimsOf(this.jwt.verify(token, { ignoreExpiration: true }));
    } catch {
      return undefined;
    }
  }

  hasExpired(claims: { readonly exp: number }): boolean {
    return this.clock.now().getTime() >= claims.exp * 1000;
  }
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
