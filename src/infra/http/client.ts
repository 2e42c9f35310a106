import type { FastifyRequest } from 'fastify';

const MAPPED = '::ffff:';

/** The client's address: that of the connection, or what a proxy of TRUST_PROXY says of it. */
export function clientAddress(request: Pick<FastifyRequest, 'ip'>): string {
  const { ip } = request;
  return ip.startsWith(MAPPED) && ip.includes('.') ? ip.slice(MAPPED.length) : ip;
}
