import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { WithPrincipal } from '../../common/current-user';
import { clientAddress } from '../http/client';
import { pathOf } from '../http/route-table';
import type { Log } from './log';

/** Segments of an unknown path that are long enough to be a key are not written down. */
const LONG_SEGMENT = /[^/]{20,}/g;
const MAX_PATH = 200;

/** One line per answered request. Bodies, queries and headers stay out of it, and of a path only its template goes in. */
export function logRequests(instance: FastifyInstance, { requests }: Log): void {
  instance.addHook('onResponse', (request, reply, done) => {
    const level = levelOf(request, reply);
    if (requests.isLevelEnabled(level)) requests[level](factsOf(request, reply), 'request');
    done();
  });
}

function levelOf(request: FastifyRequest, reply: FastifyReply): 'debug' | 'info' | 'error' {
  if (reply.statusCode >= 500) return 'error';
  return request.routeOptions.config.quiet ? 'debug' : 'info';
}

function factsOf(request: FastifyRequest & WithPrincipal, reply: FastifyReply): object {
  // Undefined where no route was found.
  const route = request.routeOptions.url;
  return {
    requestId: request.id,
    method: request.method,
    route,
    path: route === undefined ? maskedPath(request.url) : undefined,
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime * 100) / 100,
    accountId: request.principal?.accountId,
    client: clientAddress(request),
  };
}

export function maskedPath(url: string): string {
  return pathOf(url).slice(0, MAX_PATH).replaceAll(LONG_SEGMENT, '…');
}
