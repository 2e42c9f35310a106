import { type ArgumentsHost, Catch, type ExceptionFilter, Logger, NotFoundException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../common/domain-error';
import { faultOf } from './fault';
import { sendFault } from './present';
import type { RouteTable } from './route-table';
import { unsupportedMediaType } from './transport-errors';

/** Answers everything that is thrown, in the words of the route's envelope. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  constructor(private readonly routes: RouteTable) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (reply.sent || reply.raw.headersSent) return this.breakOff(error, request, reply);
    if (request.is404 && error instanceof NotFoundException) {
      const miss = this.routes.miss(request.method, request.url);
      return sendFault(reply, miss.envelope, faultOf(miss.error));
    }
    const fault = faultOf(named(error, request));
    if (fault.status >= 500 && !isRefusal(error)) this.report(error, request);
    sendFault(reply, request.routeOptions.config.envelope ?? 'problem', fault);
  }

  /** An answer that has begun can't be taken back; a broken connection tells the client that it isn't whole. */
  private breakOff(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    this.report(error, request);
    reply.raw.destroy();
  }

  private report(error: unknown, request: FastifyRequest): void {
    const cause = error instanceof DomainError ? (error.details.cause ?? error) : error;
    this.logger.error(`${request.method} ${request.routeOptions.url ?? 'unknown path'} failed`, cause);
  }
}

/**
 * We are busy and say so: nothing broke, and under load a stack for each would be a load of its own. The line of the
 * request stays.
 */
function isRefusal(error: unknown): boolean {
  return error instanceof DomainError && error.details.cause === undefined;
}

/** Fastify refuses a content type that it can't read before our parsers see it. */
function named(error: unknown, request: FastifyRequest): unknown {
  const isMediaType = (error as { code?: unknown } | undefined)?.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
  return isMediaType ? unsupportedMediaType(request.headers['content-type']) : error;
}
