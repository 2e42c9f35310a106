/**
 * - `refused`: the gateway said no (4xx); the same call again is refused again.
 * - `unavailable`: nothing was done: no connection, the breaker is open, or a safe repeat failed to the end.
 * - `unknown`: a call without an answer that is not safe to repeat: it may have happened, so look before the next try.
 * - `malformed`: the gateway answered what we don't understand; what the call changes may have happened.
 * - `misconfigured`: the gateway doesn't know our keys (401).
 */
export type GatewayErrorKind = 'refused' | 'unavailable' | 'unknown' | 'malformed' | 'misconfigured';

/** What the gateway says of a refusal, in its own words: for our log and our rules, not for a payer. */
export interface GatewayRefusal {
  readonly httpStatus?: number;
  /** As `BAD_REQUEST_ERROR`. */
  readonly code?: string;
  readonly description?: string;
  /** The faulty field of what we sent. */
  readonly field?: string;
  readonly reason?: string;
}

/** Holds no secret and nobody's data: neither headers nor bodies. */
export class GatewayError extends Error {
  constructor(
    readonly kind: GatewayErrorKind,
    message: string,
    readonly refusal: GatewayRefusal = {},
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.name = 'GatewayError';
  }

  get httpStatus(): number | undefined {
    return this.refusal.httpStatus;
  }

  get code(): string | undefined {
    return this.refusal.code;
  }

  get description(): string | undefined {
    return this.refusal.description;
  }
}
