import { DomainError } from '../common/domain-error';
import { GatewayError } from './gateway/gateway-error';

export type GatewayFaultCode = 'gateway_unavailable' | 'gateway_refused';

const AGAIN_SECONDS = 30;

/** Before anything was to be paid. */
export const NOT_CHARGED = "Payments can't be reached right now. Try again: you were not charged.";
/** After it: the gateway tells us by itself, or is asked again. */
export const CONFIRMED_LATER =
  "Payments can't be reached right now. What you have paid is safe: it is confirmed later.";

export function gatewayUnavailable(message: string, cause?: unknown): DomainError<GatewayFaultCode> {
  return new DomainError('unavailable', 'gateway_unavailable', message, { retryAfterSeconds: AGAIN_SECONDS, cause });
}

/** What a caller is told of a call to the gateway that failed; every other error as it is. */
export function toldOf(error: unknown, message: string): unknown {
  if (!(error instanceof GatewayError)) return error;
  switch (error.kind) {
    case 'refused':
      return new DomainError('unprocessable', 'gateway_refused', 'The payment provider does not take this.', {
        cause: error,
      });
    case 'unavailable':
    case 'unknown':
    case 'malformed':
    case 'misconfigured':
      return gatewayUnavailable(message, error);
  }
}

/** Whether the gateway certainly did nothing. */
export function wasNotDone(error: unknown): boolean {
  return error instanceof GatewayError && error.kind !== 'unknown' && error.kind !== 'malformed';
}

export function isRefused(error: unknown): boolean {
  return error instanceof GatewayError && error.kind === 'refused';
}
