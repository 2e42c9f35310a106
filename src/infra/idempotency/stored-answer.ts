import type { FastifyReply } from 'fastify';
import { DomainError, type DomainErrorDetails, type ErrorKind } from '../../common/domain-error';

/** A refusal is thrown again, so that it is worded as the route words its errors. */
export type StoredAnswer =
  | {
      readonly refusal: {
        readonly kind: ErrorKind;
        readonly code: string;
        readonly message: string;
        readonly details: Omit<DomainErrorDetails, 'cause'>;
      };
    }
  | {
      readonly refusal?: undefined;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      /** Undefined for an answer without one. */
      readonly body?: unknown;
    };

/** Those of the answer itself; the others belong to one delivery of it. */
const KEPT_HEADERS = ['location', 'content-location', 'etag', 'link'] as const;
const REPLAYED = 'idempotent-replayed';

export function answerOf(reply: FastifyReply, body: unknown): StoredAnswer {
  const headers = KEPT_HEADERS.flatMap((name) => {
    const value = reply.getHeader(name);
    return value === undefined ? [] : [[name, String(value)] as const];
  });
  return { status: reply.statusCode, headers: Object.fromEntries(headers), body };
}

export function refusalOf({ kind, code, message, details }: DomainError): StoredAnswer {
  const { fields, extra, headers, retryAfterSeconds } = details;
  return { refusal: { kind, code, message, details: { fields, extra, headers, retryAfterSeconds } } };
}

/** Gives the body, or throws the refusal. */
export function replay(reply: FastifyReply, answer: StoredAnswer): unknown {
  void reply.header(REPLAYED, 'true');
  if (answer.refusal !== undefined) {
    const { kind, code, message, details } = answer.refusal;
    throw new DomainError(kind, code, message, details);
  }
  void reply.status(answer.status).headers(answer.headers);
  return answer.body;
}
