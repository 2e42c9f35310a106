import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { FastifyCorsOptions } from '@fastify/cors';
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

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const EXPOSED = ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset', 'Retry-After', 'ETag', 'X-Request-Id'];
const PREFLIGHT_MAX_AGE_SECONDS = 600;
const NO_CORS: FastifyCorsOptions = { origin: false };

type Answer = (error: Error | null, options?: FastifyCorsOptions) => void;

/** Says per request what @fastify/cors shall answer. */
export class CorsDelegator {
  private readonly origins: ReadonlySet<string>;

  constructor(
    settings: Settings,
    private readonly routes: RouteTable,
    private readonly policies: CorsPolicies,
  ) {
    this.origins = new Set([...settings.spaOrigins, settings.publicUrl.origin]);
  }

  readonly delegate = (request: FastifyRequest, answer: Answer): void => {
    const { origin } = request.headers;
    if (origin === undefined) return answer(null, NO_CORS);
    const method = request.headers['access-control-request-method'];
    const preflight = request.method === 'OPTIONS' && method !== undefined;
    const config = preflight ? this.routes.configOf(pathOf(request.url), method) : request.routeOptions.config;
    if (config?.corsPolicy === undefined) {
      return answer(null, optionsOf({ allowed: this.origins.has(origin), credentials: true }, origin, preflight));
    }
    void this.ask(config.corsPolicy, { origin, preflight, headers: request.headers }, answer);
    return undefined;
  };

  private async ask(name: string, call: CorsCall, answer: Answer): Promise<void> {
    const verdict = await Promise.resolve()
      .then(() => this.policies.of(name).judge(call))
      .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
    if (verdict instanceof Error) answer(verdict);
    else answer(null, optionsOf(verdict, call.origin, call.preflight));
  }
}

/** An OPTIONS request that is no preflight goes on to the router, which knows no such method. */
function optionsOf({ allowed, credentials }: CorsVerdict, origin: string, preflight: boolean): FastifyCorsOptions {
  if (!allowed) return NO_CORS;
  return {
    origin,
    credentials,
    preflight,
    strictPreflight: false,
    methods: METHODS,
    exposedHeaders: EXPOSED,
    maxAge: PREFLIGHT_MAX_AGE_SECONDS,
  };
}
