import { createParamDecorator, type ExecutionContext, Injectable, type PipeTransform } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Settings } from '../config/settings';

const RequestPath = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>().url,
);

/** Scheme and host, where there are any; the path; the query. */
const TARGET = /^(?:[a-z][a-z\d+.-]*:(?:\/\/[^/?]*|[^/?]*))?([^?]*)(\?.*)?$/is;

/** What the client asked for, under the address that the world knows us by. */
@Injectable()
export class AbsoluteUrl implements PipeTransform<string, URL> {
  constructor(private readonly settings: Settings) {}

  /** Of a target in absolute form, as proxies get, only path and query count: the host is the client's to choose. */
  transform(target: string): URL {
    const [, path = '', query = ''] = TARGET.exec(target) ?? [];
    const url = new URL(this.settings.publicUrl);
    url.pathname = path.replace(/^[/\\]+/, '');
    url.search = query;
    return url;
  }
}

/** `@PageUrl() url: URL`: the request's own URL, for the links of `pageOf`. */
export const PageUrl = (): ParameterDecorator => RequestPath(AbsoluteUrl);
