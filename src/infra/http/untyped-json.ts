import type { FastifyInstance } from 'fastify';
import { extendRouteConfig } from './route-config';

/** A body without a content type is JSON here, as it was on a server that never looked at content types. */
export function UntypedJson(): ClassDecorator & MethodDecorator {
  return extendRouteConfig({ untypedJson: true });
}

export function readUntypedAsJson(instance: FastifyInstance): void {
  instance.addHook('onRequest', (request, _reply, done) => {
    if (request.routeOptions.config.untypedJson) request.headers['content-type'] ??= 'application/json';
    done();
  });
}
