import type { FastifyReply } from 'fastify';

/** What a repeatable POST has made, or found made already. */
export interface Made<T> {
  readonly isNew: boolean;
  readonly value: T;
}

/** 201 for what is new, 200 for what was there. `reply` as `@Res({ passthrough: true })` gives it. */
export function createdOrFound<T>(reply: FastifyReply, { isNew, value }: Made<T>): T {
  void reply.status(isNew ? 201 : 200);
  return value;
}
