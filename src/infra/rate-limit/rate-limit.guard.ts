import type { ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { ThrottlerGuard } from '@nestjs/throttler';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { accessOf } from '../../common/access';
import { clientAddress } from '../http/client';
import { addressKey } from './address-key';
import { policyOf } from './rate-limit.decorator';
import { rateLimitHeaders } from './rate-limit-headers';
import { RATE_POLICIES, type RatePolicy, type RatePolicyName } from './rate-limit.policies';
import { RateLimitStorage } from './rate-limit.storage';
import type { RateStore } from './rate-store';
import { tooManyRequests } from './too-many-requests';

interface Rule extends RatePolicy {
  readonly name: RatePolicyName;
}

/**
 * Counts every request of an address under the one policy of its route, before anything else looks at it. The
 * throttler's own loop over all limits is left out: it would resolve each of them anew for every request.
 */
export class RateLimitGuard extends ThrottlerGuard {
  private readonly rules = new WeakMap<object, Rule | 'none'>();

  constructor(store: RateStore, reflector: Reflector) {
    super([], new RateLimitStorage(store), reflector);
  }

  /** The table of policies takes the place of the throttler's configuration. */
  override async onModuleInit(): Promise<void> {}

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.ruleOf(context.getHandler());
    if (rule === 'none') return true;
    const http = context.switchToHttp();
    const { name, limit, windowSeconds } = rule;
    const key = `${name}:${addressKey(clientAddress(http.getRequest<FastifyRequest>()))}`;
    const ttl = windowSeconds * 1000;
    const { totalHits, isBlocked, timeToExpire } = await this.storageService.increment(key, ttl, limit, ttl, name);
    const headers = rateLimitHeaders(limit, totalHits, timeToExpire);
    if (isBlocked) throw tooManyRequests(timeToExpire * 1000, headers);
    void http.getResponse<FastifyReply>().headers(headers);
    return true;
  }

  private ruleOf(handler: object): Rule | 'none' {
    const known = this.rules.get(handler);
    if (known !== undefined) return known;
    const name = accessOf(handler)?.kind === 'signed-by' ? 'none' : policyOf(handler);
    const rule = name === 'none' ? name : { name, ...RATE_POLICIES[name] };
    this.rules.set(handler, rule);
    return rule;
  }
}
