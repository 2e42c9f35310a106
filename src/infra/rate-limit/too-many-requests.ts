import { DomainError } from '../../common/domain-error';

/** 429 with DRF's text and code; `waitMs` is what Retry-After says, in whole seconds. */
export function tooManyRequests(waitMs: number, headers: Record<string, string> = {}): DomainError<'throttled'> {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new DomainError(
    'rate-limited',
    'throttled',
    `Request was throttled. Expected available in ${seconds} second${seconds === 1 ? '' : 's'}.`,
    { retryAfterSeconds: seconds, headers },
  );
}
