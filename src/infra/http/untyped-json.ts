import type { FastifyInstance, onRequestHookHandler } from 'fastify';
import { extendRouteConfig } from './route-config';

/** A body without a content type is JSON here, as it was on a server that never looked at content types. */
export function UntypedJson(): ClassDecorator & MethodDecorator {
  return extendRouteConfig({ untypedJson: true });
}

/** Must be called before the first route is added. Only the routes so marked pay for it. */
export function readUntypedAsJson(instance: FastifyInstance): void {
  instance.addHook('onRoute', (route) => {
    if (route.config?.untypedJson) route.onRequest = [route.onRequest ?? [], assumeJson].flat();
  });
}

const assumeJson: onRequestHookHandler = (request, _reply, done) => {
  request.headers['content-type'] ??= 'application/json';
  done();
};
