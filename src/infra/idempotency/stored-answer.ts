import type { FastifyReply } from 'fastify';

/** An answer as it was sent. */
export interface StoredAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Those of the answer itself; the others belong to one delivery of it. */
const KEPT_HEADERS = ['content-type', 'location', 'content-location', 'etag', 'link'] as const;

/** Undefined for a payload that can't be kept, such as a stream. */
export function answerOf(reply: FastifyReply, payload: unknown): StoredAnswer | undefined {
  const body = textOf(payload);
  if (body === undefined) return undefined;
  const headers = KEPT_HEADERS.flatMap((name) => {
    const value = reply.getHeader(name);
    return value === undefined ? [] : [[name, String(value)] as const];
  });
  return { status: reply.statusCode, headers: Object.fromEntries(headers), body };
}

function textOf(payload: unknown): string | undefined {
  if (payload === undefined || payload === null) return '';
  if (Buffer.isBuffer(payload)) return payload.toString('utf8');
  return typeof payload === 'string' ? payload : undefined;
}
