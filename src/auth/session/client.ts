import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { clientAddress } from '../../infra/http/client';

/** Where a request comes from, as its session remembers it. */
export interface Client {
  /** At most 45 characters. */
  readonly ip: string;
  /** At most 255 characters; empty where the client says nothing. */
  readonly userAgent: string;
}

export function clientOf(request: FastifyRequest): Client {
  return {
    ip: clientAddress(request).slice(0, 45),
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 255),
  };
}

/** `@FromClient() client: Client` */
export const FromClient = createParamDecorator((_: unknown, context: ExecutionContext): Client =>
  clientOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
