import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import type { WithPrincipal } from '../../common/current-user';
import { badIdempotencyKey } from './idempotency.errors';
import type { Claim } from './idempotency.repository';
import { fingerprintOf, isFinal, isIdempotencyKey, type KeyedCall } from './idempotency.rules';
import { IdempotencyService } from './idempotency.service';
import { answerOf, refusalOf, replay } from './stored-answer';

export const IDEMPOTENCY_KEY = 'idempotency-key';

/** Runs after the guards: who may not call at all claims nothing, and a replay is for the same caller. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly keys: IdempotencyService) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const key = request.headers[IDEMPOTENCY_KEY];
    if (key === undefined) return next.handle();
    return from(this.once(callOf(request, String(key)), http.getResponse<FastifyReply>(), next));
  }

  private async once(call: KeyedCall, reply: FastifyReply, next: CallHandler): Promise<unknown> {
    const held = await this.keys.claim(call);
    return held.claim === undefined ? replay(reply, held.answer) : this.work(held.claim, reply, next);
  }

  private async work(claim: Claim, reply: FastifyReply, next: CallHandler): Promise<unknown> {
    const stop = this.keys.keepAlive(claim);
    try {
      const body: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      const isDone = reply.statusCode < 500;
      await (isDone ? this.keys.finish(claim, answerOf(reply, body)) : this.keys.release(claim));
      return body;
    } catch (error) {
      await (isFinal(error) ? this.keys.finish(claim, refusalOf(error)) : this.keys.release(claim));
      throw error;
    } finally {
      stop();
    }
  }
}

function callOf(request: FastifyRequest & WithPrincipal, key: string): KeyedCall {
  if (!isIdempotencyKey(key)) throw badIdempotencyKey();
  const { method, url, body, principal } = request;
  return {
    accountId: principal?.accountId,
    route: `${method} ${request.routeOptions.url}`,
    key,
    fingerprint: fingerprintOf(method, url, body),
  };
}
