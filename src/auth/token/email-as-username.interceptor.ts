import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';

/** memboro's clients send an `email`, some of them without a `username`: it serves as one. */
@Injectable()
export class EmailAsUsernameInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { body } = context.switchToHttp().getRequest<FastifyRequest<{ Body: Record<string, unknown> | null }>>();
    if (typeof body === 'object' && body !== null && !body.username && typeof body.email === 'string') {
      body.username = body.email;
    }
    return next.handle();
  }
}
