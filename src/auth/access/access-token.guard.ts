import { type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Principal } from '../../common/current-user';
import { accessOfWrongType, refusedAccess, userInactive, userNotFound } from '../auth.errors';
import type { SessionEnd } from '../session/auth-session.entity';
import { RevocationList } from '../session/revocation-list';
import type { AccessClaims, RefreshClaims } from '../token/claims';
import { TokenService } from '../token/token.service';
import { ACCESS_TOKEN, AccessTokenStrategy, type RequestWithCredential } from './access-token.strategy';
import type { Credential } from './credential.rules';
import { VerifiedTokens } from './verified-tokens';

interface RequestWithClaims extends RequestWithCredential {
  claims?: AccessClaims | RefreshClaims;
}

/** Some 700 bytes each. */
const MOST_REMEMBERED = 10_000;

/** Recognises the owner of an access token, without a query. */
@Injectable()
export class AccessTokenGuard extends AuthGuard(ACCESS_TOKEN) {
  private readonly verified = new VerifiedTokens(MOST_REMEMBERED);

  /** The strategy is named, though passport finds it by itself, so that it exists before the first request. */
  constructor(
    private readonly tokens: TokenService,
    private readonly revoked: RevocationList,
    _strategy: AccessTokenStrategy,
  ) {
    super({ property: 'claims', session: false });
  }

  async authenticate(context: ExecutionContext, { via, text }: Credential): Promise<Principal> {
    const claims = this.verified.get(text) ?? (await this.verify(context, text));
    if (this.tokens.hasExpired(claims)) {
      this.verified.remove(text);
      throw refusedAccess();
    }
    const end = this.revoked.endOf(claims.sid);
    if (end !== undefined) throw refusalOf(end);
    return { accountId: claims.user_id, sessionId: claims.sid, roles: claims.roles, via };
  }

  private async verify(context: ExecutionContext, token: string): Promise<AccessClaims> {
    await this.canActivate(context);
    const { claims } = context.switchToHttp().getRequest<RequestWithClaims>();
    if (!claims) throw refusedAccess();
    if (claims.token_type !== 'access') throw this.tokens.hasExpired(claims) ? refusedAccess() : accessOfWrongType();
    this.verified.add(token, claims);
    return claims;
  }

  override handleRequest<T>(error: unknown, claims: T | false): T {
    if (error instanceof Error) throw error;
    if (claims === false) throw refusedAccess();
    return claims;
  }
}

function refusalOf(end: SessionEnd): Error {
  switch (end) {
    case 'account-closed':
      return userNotFound();
    case 'account-disabled':
      return userInactive();
    case 'logout':
    case 'ended-by-owner':
    case 'password-changed':
    case 'refresh-reused':
    case 'roles-changed':
      return refusedAccess();
  }
}
