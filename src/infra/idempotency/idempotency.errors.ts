import { DomainError } from '../../common/domain-error';

export type IdempotencyErrorCode = 'bad_idempotency_key' | 'idempotency_key_in_use' | 'idempotency_key_reused';

const IN_USE_SECONDS = 1;

export const badIdempotencyKey = (): DomainError<IdempotencyErrorCode> =>
  new DomainError(
    'invalid',
    'bad_idempotency_key',
    'The header Idempotency-Key must have 1 to 255 printable ASCII characters.',
  );

/** The first request with the key is still under way. */
export const idempotencyKeyInUse = (): DomainError<IdempotencyErrorCode> =>
  new DomainError(
    'conflict',
    'idempotency_key_in_use',
    'A request with this Idempotency-Key is being worked on. Try again in a moment.',
    { retryAfterSeconds: IN_USE_SECONDS },
  );

export const idempotencyKeyReused = (): DomainError<IdempotencyErrorCode> =>
  new DomainError(
    'unprocessable',
    'idempotency_key_reused',
    'This Idempotency-Key was sent with another request before. Use a new one for each request.',
  );
