import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { StoredAnswer } from './stored-answer';

const REPLAYED = 'idempotent-replayed';

/** Thrown in place of the work: a guard has no other way to answer. */
export class ReplayedAnswer extends Error {
  constructor(readonly answer: StoredAnswer) {
    super('answered before');
  }
}

@Catch(ReplayedAnswer)
export class ReplayFilter implements ExceptionFilter<ReplayedAnswer> {
  catch({ answer }: ReplayedAnswer, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    void reply.status(answer.status).headers(answer.headers).header(REPLAYED, 'true');
    // Bytes, because Fastify adds a charset to the type of a text.
    void reply.send(answer.body === '' ? undefined : Buffer.from(answer.body));
  }
}
