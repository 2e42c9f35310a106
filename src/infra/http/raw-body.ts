import { applyDecorators } from '@nestjs/common';
import { ApiConsumes } from '@nestjs/swagger';
import { extendRouteConfig } from './route-config';

declare module 'fastify' {
  interface FastifyRequest {
    /** The bytes of the body on routes marked `@RawBody()`; empty where there is none, and on all other routes. */
    readonly rawBody: Buffer;
  }
}

/**
 * The body of the route (JSON by its content type) is not parsed: `request.rawBody` is its bytes. For routes that check a signature over bytes before they parse them.
 */
export function RawBody(): MethodDecorator {
  return applyDecorators(extendRouteConfig({ rawBody: true }), ApiConsumes('application/json'));
}
