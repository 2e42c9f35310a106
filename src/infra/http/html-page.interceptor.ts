import {
  type CallHandler,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { Page } from './html-page';

const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  // The address holds a secret, so it is told to nobody else. To nobody at all would make browsers post the form with
  // `Origin: null`.
  'Referrer-Policy': 'same-origin',
  'X-Robots-Tag': 'noindex',
} as const;

/** Sends the Page that a handler gives as HTML. */
@Injectable()
export class PageInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(map((answer: unknown) => (answer instanceof Page ? sent(reply, answer) : answer)));
  }
}

/** Whether the caller is a browser that shows what it gets, and not a program. */
export const WantsPage = createParamDecorator((_: unknown, context: ExecutionContext): boolean =>
  (context.switchToHttp().getRequest<FastifyRequest>().headers.accept ?? '').includes('text/html'),
);

function sent(reply: FastifyReply, { status, html }: Page): string {
  void reply.status(status).headers(HEADERS);
  return html;
}
