import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Role } from './access';
import { notAuthenticated } from './domain-error';

/** The account behind a request, as its credentials say; set by the access guard on `request.principal`. */
export interface Principal {
  readonly accountId: number;
  readonly sessionId: number;
  readonly roles: readonly Role[];
  readonly via: 'cookie' | 'bearer' | 'token';
}

/** The part of a request that knows its caller. */
export interface WithPrincipal {
  principal?: Principal;
}

/** The caller. Answers 401 where there is none, even on a route whose marker let one through. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const principal = principalOf(context);
  if (principal === undefined) throw notAuthenticated();
  return principal;
});

/** The caller, or undefined for a stranger. */
export const MaybeUser = createParamDecorator((_: unknown, context: ExecutionContext) => principalOf(context));

function principalOf(context: ExecutionContext): Principal | undefined {
  return context.switchToHttp().getRequest<WithPrincipal>().principal;
}
