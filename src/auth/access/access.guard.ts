import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { accessOf, type Role } from '../../common/access';
import type { Principal, WithPrincipal } from '../../common/current-user';
import { DomainError, forbidden, notAuthenticated } from '../../common/domain-error';
import {
  badAuthorizationHeader,
  foreignOrigin,
  refusedAccess,
  refusedKey,
  userInactive,
  userNotFound,
} from '../auth.errors';
import { LoginKeyService } from '../session/login-key.service';
import { accessCookieOf } from '../token/token-cookies';
import { AccessTokenGuard } from './access-token.guard';
import type { RequestWithCredential } from './access-token.strategy';
import { credentialOf } from './credential.rules';
import { OriginPolicy } from './origin.policy';
import { isUnsafe } from './origin.rules';
import { Fails, FailsUnsafe } from '../../infra/docs/fails';

/** Nest's own name of the guards that a handler or a controller carries. */
const GUARDS = '__guards__';

type Request = RequestWithCredential & WithPrincipal;

/** The one door: reads the route's access marker and recognises the caller. A route without a marker is shut. */
@Injectable()
@Fails(refusedAccess(), refusedKey(), badAuthorizationHeader(), userInactive(), userNotFound())
@FailsUnsafe(foreignOrigin())
export class AccessGuard implements CanActivate {
  constructor(
    private readonly accessTokens: AccessTokenGuard,
    private readonly loginKeys: LoginKeyService,
    private readonly origins: OriginPolicy,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const access = accessOf(context.getHandler());
    switch (access?.kind) {
      case undefined:
        throw forbidden();
      case 'public':
        return true;
      case 'signed-by':
      case 'plugin-user':
        return hasGuardOfItsOwn(context);
      case 'optional':
        request.principal = await this.callerIfAny(context, request);
        return true;
      case 'authenticated':
        request.principal = await this.caller(context, request);
        return true;
      case 'roles':
        request.principal = await this.caller(context, request);
        return holdsOne(request.principal, access.roles);
    }
  }

  private async caller(context: ExecutionContext, request: Request): Promise<Principal> {
    const credential = credentialOf(request.headers.authorization, accessCookieOf(request));
    if (!credential) throw notAuthenticated();
    if (credential.via === 'token') return this.keyHolder(credential.text);
    request.credential = credential;
    const principal = await this.accessTokens.authenticate(context, credential);
    if (principal.via === 'cookie' && isUnsafe(request.method)) this.origins.refuseForeign(request);
    return principal;
  }

  private async keyHolder(key: string): Promise<Principal> {
    const principal = await this.loginKeys.authenticate(key);
    if (!principal) throw refusedKey();
    return principal;
  }

  private async callerIfAny(context: ExecutionContext, request: Request): Promise<Principal | undefined> {
    try {
      return await this.caller(context, request);
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'unauthenticated') return undefined;
      throw error;
    }
  }
}

function holdsOne(principal: Principal, roles: readonly Role[]): boolean {
  if (!roles.some((role) => principal.roles.includes(role))) throw forbidden();
  return true;
}

/** These markers only say who decides: without that guard the route would be open. */
function hasGuardOfItsOwn(context: ExecutionContext): boolean {
  const guarded = [context.getHandler(), context.getClass()].some((target) => {
    const guards: unknown = Reflect.getMetadata(GUARDS, target);
    return Array.isArray(guards) && guards.length > 0;
  });
  if (!guarded) throw forbidden();
  return true;
}
