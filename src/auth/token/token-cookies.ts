import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Settings } from '../../infra/config/settings';

const ACCESS = 'access_token';
const REFRESH = 'refresh_token';

/** The first value of a cookie; undefined where it is absent or empty. Our tokens need no decoding. */
function cookieOf(request: FastifyRequest, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const cookie = pair.trimStart();
    if (cookie.startsWith(`${name}=`)) return cookie.slice(name.length + 1).trimEnd() || undefined;
  }
  return undefined;
}

export function accessCookieOf(request: FastifyRequest): string | undefined {
  return cookieOf(request, ACCESS);
}

export function refreshCookieOf(request: FastifyRequest): string | undefined {
  return cookieOf(request, REFRESH);
}

/**
 * The two cookies of a browser (R6): the access token goes along everywhere, the refresh token only where it is used up
 * or given back, and never from another site. No script reads either.
 */
@Injectable()
export class TokenCookies {
  private readonly accessAttributes: string;
  private readonly refreshAttributes: string;

  constructor(private readonly settings: Settings) {
    const secure = settings.publicUrl.protocol === 'https:' ? '; Secure' : '';
    this.accessAttributes = `Path=/; HttpOnly; SameSite=Lax${secure}`;
    this.refreshAttributes = `Path=/api/; HttpOnly; SameSite=Strict${secure}`;
  }

  set(reply: FastifyReply, { access, refresh }: { access: string; refresh: string }): void {
    const { accessTokenTtlSeconds, refreshTokenTtlSeconds } = this.settings;
    reply.header('set-cookie', [
      `${ACCESS}=${access}; Max-Age=${accessTokenTtlSeconds}; ${this.accessAttributes}`,
      `${REFRESH}=${refresh}; Max-Age=${refreshTokenTtlSeconds}; ${this.refreshAttributes}`,
    ]);
  }

  /** With the attributes they were set with, or a browser would keep them. */
  clear(reply: FastifyReply): void {
    const gone = 'Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT';
    reply.header('set-cookie', [
      `${ACCESS}=; ${gone}; ${this.accessAttributes}`,
      `${REFRESH}=; ${gone}; ${this.refreshAttributes}`,
    ]);
  }
}
