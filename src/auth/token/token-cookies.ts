import type { CookieSerializeOptions } from '@fastify/cookie';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Settings } from '../../infra/config/settings';

const ACCESS = 'access_token';
const REFRESH = 'refresh_token';
const GONE: CookieSerializeOptions = { maxAge: 0, expires: new Date(0) };

export function accessCookieOf(request: FastifyRequest): string | undefined {
  return request.cookies[ACCESS] || undefined;
}

export function refreshCookieOf(request: FastifyRequest): string | undefined {
  return request.cookies[REFRESH] || undefined;
}

/**
 * The two cookies of a browser (R6): the access token goes along everywhere, the refresh token only where it is used up
 * or given back, and never from another site. No script reads either.
 */
@Injectable()
export class TokenCookies {
  private readonly access: CookieSerializeOptions;
  private readonly refresh: CookieSerializeOptions;

  constructor({ publicUrl, accessTokenTtlSeconds, refreshTokenTtlSeconds }: Settings) {
    const common = { httpOnly: true, secure: publicUrl.protocol === 'https:' };
    this.access = { ...common, path: '/', sameSite: 'lax', maxAge: accessTokenTtlSeconds };
    this.refresh = { ...common, path: '/api/', sameSite: 'strict', maxAge: refreshTokenTtlSeconds };
  }

  set(reply: FastifyReply, { access, refresh }: { access: string; refresh: string }): void {
    reply.setCookie(ACCESS, access, this.access).setCookie(REFRESH, refresh, this.refresh);
  }

  /** With the attributes they were set with, or a browser would keep them. */
  clear(reply: FastifyReply): void {
    reply.setCookie(ACCESS, '', { ...this.access, ...GONE }).setCookie(REFRESH, '', { ...this.refresh, ...GONE });
  }
}
