import { createParamDecorator, type ExecutionContext, Injectable, type PipeTransform } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Settings } from '../config/settings';

const RequestPath = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>().url,
);

/** What the client asked for, under the address that the world knows us by. */
@Injectable()
export class AbsoluteUrl implements PipeTransform<string, URL> {
  constructor(private readonly settings: Settings) {}

  transform(path: string): URL {
    return new URL(path.replace(/^\/+/, '/'), this.settings.publicUrl);
  }
}

/** `@PageUrl() url: URL`: the request's own URL, for the links of `pageOf`. */
export const PageUrl = (): ParameterDecorator => RequestPath(AbsoluteUrl);
