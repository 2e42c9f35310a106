import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Settings } from '../../infra/config/settings';

const ACCESS = 'access_token';
const REFRESH = 'refresh_token';
const GONE = 'Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT';

export function accessCookieOf(request: Pick<FastifyRequest, 'headers'>): string | undefined {
  return cookieOf(request.headers.cookie, ACCESS);
}

export function refreshCookieOf(request: Pick<FastifyRequest, 'headers'>): string | undefined {
  return cookieOf(request.headers.cookie, REFRESH);
}

/** Our tokens need no decoding; an empty one is none. */
function cookieOf(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const cookie = pair.trim();
    if (cookie.startsWith(name) && cookie[name.length] === '=') return cookie.slice(name.length + 1) || undefined;
  }
  return undefined;
}

/**
 * The two cookies of a browser (R6): the access token goes along everywhere, the refresh token only where it is used up
 * or given back, and never from another site. No script reads either.
 */
@Injectable()
export class TokenCookies {
  private readonly accessAttributes: string;
  private readonly refreshAttributes: string;
  private readonly accessAge: string;
  private readonly refreshAge: string;

  constructor({ publicUrl, accessTokenTtlSeconds, refreshTokenTtlSeconds }: Settings) {
    const secure = publicUrl.protocol === 'https:' ? '; Secure' : '';
    this.accessAttributes = `Path=/; HttpOnly; SameSite=Lax${secure}`;
    this.refreshAttributes = `Path=/api/; HttpOnly; SameSite=Strict${secure}`;
    this.accessAge = `Max-Age=${accessTokenTtlSeconds}`;
    this.refreshAge = `Max-Age=${refreshTokenTtlSeconds}`;
  }

  set(reply: FastifyReply, { access, refresh }: { access: string; refresh: string }): void {
    this.write(reply, `${access}; ${this.accessAge}`, `${refresh}; ${this.refreshAge}`);
  }

  /** With the attributes they were set with, or a browser would keep them. */
  clear(reply: FastifyReply): void {
    this.write(reply, `; ${GONE}`, `; ${GONE}`);
  }

  private write(reply: FastifyReply, access: string, refresh: string): void {
    void reply.header('set-cookie', [
      `${ACCESS}=${access}; ${this.accessAttributes}`,
      `${REFRESH}=${refresh}; ${this.refreshAttributes}`,
    ]);
  }
}
