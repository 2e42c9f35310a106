import { applyDecorators } from '@nestjs/common';
import { ApiConsumes } from '@nestjs/swagger';
import { extendRouteConfig } from './route-config';

declare module 'fastify' {
  interface FastifyRequest {
    /** The bytes of the body, on routes marked `@RawBody()` only. */
    rawBody?: Buffer;
  }
}

/**
 * The body of the route (JSON by its content type) is not parsed: `request.rawBody` and `request.body` are its bytes,
 * an empty Buffer where there are none. For routes that check a signature over bytes before they parse them.
 */
export function RawBody(): MethodDecorator {
  return applyDecorators(extendRouteConfig({ rawBody: true }), ApiConsumes('application/json'));
}
