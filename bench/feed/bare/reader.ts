import type { IncomingMessage } from 'node:http';
import { verify } from '../../bare/jwt';

/** The account behind the cookie; 0 without a good one. */
export function accountOf(request: IncomingMessage): number {
  const token = /(?:^|; )access_token=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
  return verify(token, 'access')?.user_id ?? 0;
}

export function queryOf(request: IncomingMessage): URLSearchParams {
  return new URL(request.url ?? '/', 'http://bare').searchParams;
}

/** The last number in the path. */
export function idOf(request: IncomingMessage): number {
  return Number(/(\d+)\/?(?:\?.*)?$/.exec(request.url ?? '')?.[1]);
}
