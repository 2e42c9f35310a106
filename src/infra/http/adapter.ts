import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Server } from 'node:http';
import type { FastifyHttpOptions } from 'fastify';
import type { Settings } from '../config/settings';
import { BODY_LIMIT } from './body-parsers';
import { onClientError, onFrameworkError } from './framework-errors';
import { requestId } from './request-id';

/** Longer than nginx keeps its idle connections (60 s), so that it never sends a request into a closing one. */
const KEEP_ALIVE_MS = 65_000;
/** A client that dribbles its headers or its body is cut off. */
const HEADERS_MS = 15_000;
const REQUEST_MS = 30_000;
/** Keys and course keys stand in paths. */
const MAX_PARAM_LENGTH = 500;

/** Nest's adapter, which leaves errors as they were thrown: the error filter knows more of them than it does. */
class Adapter extends FastifyAdapter {
  override mapException(error: unknown): unknown {
    return error;
  }
}

export function createAdapter(settings: Pick<Settings, 'trustProxy'>): FastifyAdapter {
  const options: FastifyHttpOptions<Server> & { skipMiddie: boolean; multipart: false } = {
    trustProxy: settings.trustProxy.length > 0 ? [...settings.trustProxy] : false,
    bodyLimit: BODY_LIMIT,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: MAX_PARAM_LENGTH },
    genReqId: requestId,
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: REQUEST_MS,
    http: { headersTimeout: HEADERS_MS, connectionsCheckingInterval: 5_000 },
    frameworkErrors: onFrameworkError,
    clientErrorHandler: onClientError,
    forceCloseConnections: 'idle',
    // Nest's middlewares are not used: hooks do the same at a third of the cost.
    skipMiddie: true,
    multipart: false,
  };
  return new Adapter(options);
}
