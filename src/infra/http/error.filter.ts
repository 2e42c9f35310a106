import { type ArgumentsHost, Catch, type ExceptionFilter, Logger, NotFoundException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../common/domain-error';
import { faultOf } from './fault';
import { sendFault } from './present';
import type { RouteTable } from './route-table';

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
    const fault = faultOf(error);
    if (fault.status >= 500) this.report(error, request);
    sendFault(reply, request.routeOptions.config.envelope ?? 'problem', fault);
  }

  /** An answer that has begun can't be taken back; a broken connection tells the client that it isn't whole. */
  private breakOff(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    this.report(error, request);
    reply.raw.destroy();
  }

  private report(error: unknown, request: FastifyRequest): void {
    const cause = error instanceof DomainError ? (error.details.cause ?? error) : error;
    const where = `${request.method} ${request.routeOptions.url ?? 'unknown path'}`;
    this.logger.error(cause instanceof Error ? cause : `${where}: ${String(cause)}`, where);
  }
}
