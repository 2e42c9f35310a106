import type { FastifyRequest } from 'fastify';
import { accessCookieOf, refreshCookieOf } from '../token/token-cookies';

export interface LogoutTokens {
  /** What the client put into the request itself, in whatever shape. */
  readonly explicit: readonly string[];
  /** What the browser added by itself. */
  readonly cookies: readonly string[];
}

export function logoutTokensOf(request: FastifyRequest): LogoutTokens {
  const [, authorization] = (request.headers.authorization ?? '').trim().split(/\s+/);
  const body = request.body;
  const refresh: unknown = typeof body === 'object' && body !== null && 'refresh' in body ? body.refresh : undefined;
  return {
    explicit: [authorization, refresh].filter(isToken),
    cookies: [accessCookieOf(request), refreshCookieOf(request)].filter(isToken),
  };
}

function isToken(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 4096;
}
