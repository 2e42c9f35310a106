import type { FastifyInstance, FastifyReply, FastifyRequest, onSendHookHandler } from 'fastify';
import { isFinal } from './idempotency.rules';
import type { Claim } from './idempotency.repository';
import type { IdempotencyService } from './idempotency.service';
import { answerOf } from './stored-answer';

/** What a request that is worked on under its key carries. */
export interface WithClaim {
  idempotencyClaim?: { readonly claim: Claim; readonly stop: () => void };
}

/**
 * Keeps what marked routes answer under a key before it is sent, whoever made the answer: a handler or the error filter.
 * Must be called before the first route is added; only the marked ones pay for it.
 */
export function keepAnswers(instance: FastifyInstance, keys: IdempotencyService): void {
  const keep: onSendHookHandler<unknown> = (request: FastifyRequest & WithClaim, reply, payload, done) => {
    const held = request.idempotencyClaim;
    if (held === undefined) return done(null, payload);
    held.stop();
    return void settle(keys, held.claim, reply, payload).then(() => done(null, payload), done);
  };
  instance.addHook('onRoute', (route) => {
    if (route.config?.idempotent) route.onSend = [route.onSend ?? [], keep].flat();
  });
}

function settle(keys: IdempotencyService, claim: Claim, reply: FastifyReply, payload: unknown): Promise<void> {
  const answer = isFinal(reply.statusCode) ? answerOf(reply, payload) : undefined;
  return answer === undefined ? keys.release(claim) : keys.finish(claim, answer);
}
