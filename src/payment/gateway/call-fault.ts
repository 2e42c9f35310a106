import { types } from 'node:util';
import type { GatewayRefusal } from './gateway-error';

/**
 * How one request failed.
 * - `unsent`: the gateway did nothing: it was not reached, or turned the request away at its door (429).
 * - `lost`: it may have acted: no whole answer came, one of 5xx, or it is still busy with the same call (409).
 * - `garbled`: it may have acted: what came was no JSON.
 * - `oversized`: it may have acted: more came than we take.
 * - `refused`, `misconfigured`: it said no.
 */
export type CallFaultKind = 'unsent' | 'lost' | 'garbled' | 'oversized' | 'refused' | 'misconfigured';

/** Made anew from what the HTTP client throws, since that holds our key and what we sent. */
export class CallFault extends Error {
  constructor(
    readonly kind: CallFaultKind,
    message: string,
    readonly refusal: GatewayRefusal = {},
    /** How long the gateway asked us to wait. */
    readonly retryAfterMs: number | undefined = undefined,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.name = 'CallFault';
  }
}

export interface HttpAnswer {
  readonly status: number;
  readonly data?: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
}

/** What the HTTP client throws, as far as we look at it. */
export interface HttpFailure {
  readonly message?: string;
  readonly code?: string;
  readonly cause?: unknown;
  readonly response?: HttpAnswer;
}

const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);
const MOST_TEXT = 300;

/** `call` names the request: method and path. */
export function faultOf(call: string, failure: HttpFailure): CallFault {
  const { response } = failure;
  // An answer that broke off after its head is no answer, whatever its head promised.
  if (response !== undefined && response.status >= 300) return faultOfAnswer(call, response);
  if (failure.message?.startsWith('maxContentLength')) {
    return new CallFault('oversized', `${call}: the answer is too large`);
  }
  const cause = causeOf(failure);
  const reason =
    failure.code === 'ERR_CANCELED' ? 'no answer in time' : (cause?.code ?? failure.code ?? 'the connection broke');
  return new CallFault(isBeforeSending(cause) ? 'unsent' : 'lost', `${call}: ${reason}`, {}, undefined, { cause });
}

export function garbled(call: string): CallFault {
  return new CallFault('garbled', `${call}: the answer is no JSON`);
}

function faultOfAnswer(call: string, answer: HttpAnswer): CallFault {
  const { status } = answer;
  const refusal = { httpStatus: status, ...refusalOf(answer.data) };
  const message = `${call}: answered ${status}${refusal.code === undefined ? '' : ` ${refusal.code}`}`;
  if (status === 429) return new CallFault('unsent', message, refusal, retryAfterOf(answer));
  if (status >= 500 || status === 409) return new CallFault('lost', message, refusal, retryAfterOf(answer));
  return new CallFault(status === 401 ? 'misconfigured' : 'refused', message, refusal);
}

function refusalOf(data: unknown): GatewayRefusal {
  const body = data as { readonly error?: unknown } | null | undefined;
  const error = body?.error;
  if (typeof error !== 'object' || error === null) return {};
  const text = (name: string): string | undefined => {
    const value = (error as Record<string, unknown>)[name];
    return typeof value === 'string' && value !== '' ? value.slice(0, MOST_TEXT) : undefined;
  };
  return { code: text('code'), description: text('description'), field: text('field'), reason: text('reason') };
}

/** Seconds, or a date, which is told against the gateway's own clock. */
function retryAfterOf({ headers = {} }: HttpAnswer): number | undefined {
  const value = headers['retry-after'];
  if (typeof value !== 'string') return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const wait = Date.parse(value) - Date.parse(typeof headers.date === 'string' ? headers.date : '');
  return Number.isNaN(wait) ? undefined : Math.max(wait, 0);
}

/** Node's own error, which the HTTP client wraps. */
function causeOf({ cause }: HttpFailure): NodeJS.ErrnoException | undefined {
  return types.isNativeError(cause) ? cause : undefined;
}

function isBeforeSending(cause: NodeJS.ErrnoException | undefined): boolean {
  const { syscall, code = '' } = cause ?? {};
  return syscall === 'connect' || syscall === 'getaddrinfo' || NO_CONNECTION.has(code);
}
