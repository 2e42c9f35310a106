import { fastifyMultipart } from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';

type Parser = (request: FastifyRequest, payload: unknown, done: (error: Error | null, body?: unknown) => void) => void;

/**
 * `request.parts()` on the routes marked `@AcceptsMultipart()`; on all others `refuse` answers such a body. Nothing of it
 * is read before the handler asks.
 */
export function addMultipartParser(instance: FastifyInstance, refuse: Parser): void {
  const facade = Object.create(instance, {
    // Its hooks run for every request of every route, and clear away files that it writes in a mode not used here.
    addHook: { value: (): unknown => facade },
    addContentTypeParser: {
      value: (contentType: string, parser: Parser): void => {
        instance.addContentTypeParser(contentType, (request, payload, done) => {
          const take = request.routeOptions.config.acceptsMultipart ? parser : refuse;
          take(request, payload, done);
        });
      },
    },
  }) as FastifyInstance;
  void fastifyMultipart(facade, {}, (error) => {
    if (error) throw error;
  });
}
