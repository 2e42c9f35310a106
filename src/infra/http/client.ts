import type { FastifyRequest } from 'fastify';

/** The client's address: that of the connection, or what a proxy of TRUST_PROXY says of it. */
export function clientAddress(request: Pick<FastifyRequest, 'ip'>): string {
  return request.ip;
}
