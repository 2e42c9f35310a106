import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';

@Injectable()
export class LiteralPlusInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    request.query = literalQuery(request.url);
    return next.handle();
  }
}

/**
 * `+` in the route's query is itself and no blank: course keys and mail addresses hold it, and people paste them as they
 * are. Of a parameter given twice the last counts.
 */
export const LiteralPlus = (): MethodDecorator => UseInterceptors(LiteralPlusInterceptor);

export function literalQuery(url: string): Record<string, string> {
  const query = Object.create(null) as Record<string, string>;
  const mark = url.indexOf('?');
  const text = mark === -1 ? '' : url.slice(mark + 1).replace(/#.*$/s, '');
  for (const part of text.split('&')) {
    if (part === '') continue;
    const [name = '', ...value] = part.split('=');
    query[decode(name)] = decode(value.join('='));
  }
  return query;
}

/** What is no percent-encoding stands for itself. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
