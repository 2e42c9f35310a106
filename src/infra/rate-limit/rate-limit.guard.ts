import type { ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { ThrottlerGuard, type ThrottlerLimitDetail } from '@nestjs/throttler';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { accessOf } from '../../common/access';
import { clientAddress } from '../http/client';
import { addressKey } from './address-key';
import { policyOf } from './rate-limit.decorator';
import { RATE_POLICIES } from './rate-limit.policies';
import { RateLimitStorage } from './rate-limit.storage';
import type { RateStore } from './rate-store';
import { tooManyRequests } from './too-many-requests';

/** Counts every request of an address under the one policy of its route, before anything else looks at it. */
export class RateLimitGuard extends ThrottlerGuard {
  protected override headerPrefix = 'RateLimit';
  protected override commonOptions = {};

  constructor(store: RateStore, reflector: Reflector) {
    super([], new RateLimitStorage(store), reflector);
  }

  /** The throttler's own list of limits stays empty: the table of policies takes its place. */
  override async onModuleInit(): Promise<void> {}

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const handler = context.getHandler();
    const name = policyOf(handler);
    if (name === 'none' || accessOf(handler)?.kind === 'signed-by') return true;
    const { limit, windowSeconds } = RATE_POLICIES[name];
    const ttl = windowSeconds * 1000;
    return this.handleRequest({
      context,
      limit,
      ttl,
      blockDuration: ttl,
      throttler: { name: 'default', limit, ttl },
      getTracker: (request) => Promise.resolve(addressKey(clientAddress(request as FastifyRequest))),
      generateKey: (_context, address) => `${name}:${address}`,
    });
  }

  protected override throwThrottlingException(
    _context: ExecutionContext,
    { limit, timeToBlockExpire }: ThrottlerLimitDetail,
  ): Promise<void> {
    throw tooManyRequests(timeToBlockExpire * 1000, {
      'RateLimit-Limit': String(limit),
      'RateLimit-Remaining': '0',
      'RateLimit-Reset': String(timeToBlockExpire),
    });
  }

  protected override getRequestResponse(context: ExecutionContext): { req: FastifyRequest; res: FastifyReply } {
    const http = context.switchToHttp();
    return { req: http.getRequest(), res: http.getResponse() };
  }
}
