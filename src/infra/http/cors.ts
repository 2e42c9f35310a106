import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { extendRouteConfig } from './route-config';
import { pathOf, type RouteTable } from './route-table';
import type { Settings } from '../config/settings';

export interface CorsCall {
  readonly origin: string;
  /** Only the question whether a request may be made: no headers of its own, no credentials. */
  readonly preflight: boolean;
  readonly headers: FastifyRequest['headers'];
}

export interface CorsVerdict {
  readonly allowed: boolean;
  /** Whether a browser may send cookies along. */
  readonly credentials: boolean;
}

/** Decides for the routes marked with its name whose pages may call them. May ask the database. */
export abstract class CorsPolicy {
  abstract judge(call: CorsCall): CorsVerdict | Promise<CorsVerdict>;
}

/** The route's CORS is decided by the policy registered under this name, not by the allow-list of the settings. */
export function Cors(policy: string): ClassDecorator & MethodDecorator {
  return extendRouteConfig({ corsPolicy: policy });
}

/** Where modules register their policies, in `onModuleInit`. */
@Injectable()
export class CorsPolicies {
  private readonly policies = new Map<string, CorsPolicy>();

  register(name: string, policy: CorsPolicy): void {
    this.policies.set(name, policy);
  }

  /** A marked route whose policy was never registered would silently open or shut; so it is a mistake. */
  of(name: string): CorsPolicy {
    const policy = this.policies.get(name);
    if (policy === undefined) throw new Error(`No CORS policy is registered as ${name}`);
    return policy;
  }
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly preflight: boolean;
}

const EXPOSED =
  'RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Idempotent-Replayed, Retry-After, ETag, X-Request-Id';
const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const PREFLIGHT_MAX_AGE_SECONDS = '600';

/**
 * Answers preflights and lets pages of allowed origins read answers. By hand, because @fastify/cors works out its whole
 * configuration anew for each request, also for the many that come from no page at all. (The header `Vary: Origin`
 * stands on every answer.)
 */
export class CorsHook {
  private readonly origins: ReadonlySet<string>;

  constructor(
    settings: Pick<Settings, 'spaOrigins' | 'publicUrl'>,
    private readonly routes: RouteTable,
    private readonly policies: CorsPolicies,
  ) {
    this.origins = new Set([...settings.spaOrigins, settings.publicUrl.origin]);
  }

  readonly onRequest = (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void => {
    const { origin } = request.headers;
    if (origin === undefined) return done();
    const method = request.headers['access-control-request-method'];
    // An OPTIONS request that asks for no method is no preflight; the router knows what to answer it.
    const preflight = request.method === 'OPTIONS' && method !== undefined;
    const config = preflight ? this.routes.configOf(pathOf(request.url), method) : request.routeOptions.config;
    const policy = config?.corsPolicy;
    const answer = (verdict: CorsVerdict): void => this.answer(verdict, { request, reply, preflight }, done);
    if (policy === undefined) return answer({ allowed: this.origins.has(origin), credentials: true });
    this.judge(policy, { origin, preflight, headers: request.headers }).then(answer, done);
    return undefined;
  };

  private async judge(policy: string, call: CorsCall): Promise<CorsVerdict> {
    return this.policies.of(policy).judge(call);
  }

  /** A refused origin gets an answer without these headers, which its browser then keeps from the page. */
  private answer({ allowed, credentials }: CorsVerdict, exchange: Exchange, done: () => void): void {
    if (!allowed) return done();
    const { request, reply, preflight } = exchange;
    void reply.header('access-control-allow-origin', request.headers.origin);
    if (credentials) void reply.header('access-control-allow-credentials', 'true');
    if (!preflight) {
      void reply.header('access-control-expose-headers', EXPOSED);
      return done();
    }
    const asked = request.headers['access-control-request-headers'];
    void reply
      .headers({
        vary: 'Origin, Access-Control-Request-Headers',
        'access-control-allow-methods': METHODS,
        'access-control-max-age': PREFLIGHT_MAX_AGE_SECONDS,
        ...(asked !== undefined && { 'access-control-allow-headers': asked }),
      })
      .code(204)
      .send();
  }
}
