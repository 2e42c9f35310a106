import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { DomainError, type FieldErrors } from '../../common/domain-error';
import { isUnavailable } from '../database/database-error';

/** What an answer may say of an error, whatever was thrown. */
export interface Fault {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly fields?: FieldErrors;
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
}

export const INTERNAL: Fault = { status: 500, code: 'error', message: 'Internal server error', headers: {} };
export const UNAVAILABLE: Fault = {
  status: 503,
  code: 'unavailable',
  message: 'Service temporarily unavailable, try again later.',
  headers: { 'Retry-After': '5' },
};
const CODES: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'not_authenticated',
  403: 'permission_denied',
  404: 'not_found',
  408: 'request_timeout',
  413: 'too_large',
  414: 'uri_too_long',
};

export function faultOf(error: unknown): Fault {
  if (error instanceof DomainError) return domainFault(error as DomainError);
  // First, because a client that hangs up leaves the same code behind as a lost database.
  const status = statusOf(error);
  if (status !== undefined) return transportFault(status, error);
  return isUnavailable(error) && !isFileFault(error) ? UNAVAILABLE : INTERNAL;
}

function domainFault({ status, code, message, details }: DomainError): Fault {
  const headers: Record<string, string> = {};
  if (status === 401) headers['WWW-Authenticate'] = 'Bearer realm="api"';
  if (details.retryAfterSeconds !== undefined) headers['Retry-After'] = String(details.retryAfterSeconds);
  return {
    status,
    code,
    message,
    fields: details.fields,
    extra: details.extra,
    headers: { ...headers, ...details.headers },
  };
}

/** Of what Nest, Fastify and Node refuse. Their own words may quote the request, so ours take their place. */
function transportFault(status: number, error: unknown): Fault {
  const code = CODES[status] ?? 'error';
  if (status === 413) return { status, code, message: 'Request body is too large.', headers: {} };
  const message = error instanceof HttpException ? error.message : `${STATUS_CODES[status] ?? 'Bad Request'}.`;
  return { status, code, message, headers: {} };
}

/** A missing file has the code of a missing database socket. */
function isFileFault(error: unknown): boolean {
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  return code === 'ENOENT' && syscall !== 'connect';
}

/** Only of a client's error: what is thrown with a 5xx is as unknown as any other error. */
function statusOf(error: unknown): number | undefined {
  const status =
    error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}
