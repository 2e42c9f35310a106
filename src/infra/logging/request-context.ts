import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyRequest } from 'fastify';
import type { WithPrincipal } from '../../common/current-user';

/** What is known of the request behind the running code; filled in as guards learn more. */
export type RequestContext = Pick<FastifyRequest, 'id'> & WithPrincipal;

const storage = new AsyncLocalStorage<RequestContext>();

/** Everything that `work` starts, waits for or schedules knows the request. */
export function runInRequest(request: RequestContext, work: () => void): void {
  storage.run(request, work);
}

/** Undefined outside of requests: jobs, boot. */
export function currentRequest(): RequestContext | undefined {
  return storage.getStore();
}
