import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { WithPrincipal } from '../../common/current-user';
import { badIdempotencyKey } from './idempotency.errors';
import { fingerprintOf, isIdempotencyKey, type KeyedCall } from './idempotency.rules';
import { IdempotencyService } from './idempotency.service';
import type { WithClaim } from './keep-answers';
import { ReplayedAnswer } from './replayed-answer';

const IDEMPOTENCY_KEY = 'idempotency-key';

type Request = FastifyRequest & WithPrincipal & WithClaim;

/**
 * Stands behind the guards of the whole application: who may not call at all claims nothing, and a replay is for the
 * same caller.
 */
@Injectable()
export class IdempotencyGuard implements CanActivate {
  constructor(private readonly keys: IdempotencyService) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const key = request.headers[IDEMPOTENCY_KEY];
    return key === undefined || this.claim(request, String(key));
  }

  private async claim(request: Request, key: string): Promise<boolean> {
    const { claim, answer } = await this.keys.claim(callOf(request, key));
    if (claim === undefined) throw new ReplayedAnswer(answer);
    request.idempotencyClaim = { claim, stop: this.keys.keepAlive(claim) };
    return true;
  }
}

function callOf(request: Request, key: string): KeyedCall {
  if (!isIdempotencyKey(key)) throw badIdempotencyKey();
  const { method, url, principal, routeOptions } = request;
  const body = without(routeOptions.config.unhashed ?? [], request.body);
  return {
    accountId: principal?.accountId,
    route: `${method} ${routeOptions.url}`,
    key,
    fingerprint: fingerprintOf(method, url, body),
  };
}

function without(names: readonly string[], body: unknown): unknown {
  if (names.length === 0 || typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
}
