import type { FastifyReply } from 'fastify';
import type { EnvelopeName } from './envelope';
import type { Fault } from './fault';
import { presentDrf } from './presenters/drf';
import { presentLernito } from './presenters/lernito';
import { presentPlugin } from './presenters/plugin';
import type { Presenter } from './presenters/presentation';
import { presentProblem } from './presenters/problem';

export const PRESENTERS: Readonly<Record<EnvelopeName, Presenter>> = {
  drf: presentDrf,
  lernito: presentLernito,
  plugin: presentPlugin,
  problem: presentProblem,
};

/** Answers a fault. What the handler had already said of its own answer's body is taken back. (Bytes, because Fastify
 * adds a charset to the type of a text, and problem+json has none.) */
export function sendFault(reply: FastifyReply, envelope: EnvelopeName, fault: Fault): void {
  const { contentType, body } = PRESENTERS[envelope](fault, reply.request.id);
  reply.removeHeader('content-length').removeHeader('etag').removeHeader('content-disposition');
  // A route that lets its answer be cached means that of a success.
  reply.header('cache-control', 'no-store').code(fault.status).headers(fault.headers);
  if (body === undefined) void reply.removeHeader('content-type').send();
  else void reply.header('content-type', contentType).send(Buffer.from(JSON.stringify(body)));
}
