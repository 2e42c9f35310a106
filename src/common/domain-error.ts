export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'method-not-allowed'
  | 'conflict'
  | 'gone'
  | 'precondition-failed'
  | 'too-large'
  | 'unsupported-media-type'
  | 'range-not-satisfiable'
  | 'unprocessable'
  | 'rate-limited'
  | 'unavailable';

/** DRF's shape: the messages of each field; a list's faulty items are keyed by their index. */
export type FieldErrors = { [field: string]: string[] | FieldErrors };

export interface DomainErrorDetails {
  readonly fields?: FieldErrors;
  /** Further members of the answer's body, such as simplejwt's `code` and `messages`. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** Further headers of the answer; one of these names replaces the presenter's own. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly retryAfterSeconds?: number;
  /** What went wrong underneath: logged, never answered. */
  readonly cause?: unknown;
}

export const STATUS_OF_KIND: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  gone: 410,
  'precondition-failed': 412,
  'too-large': 413,
  'unsupported-media-type': 415,
  'range-not-satisfiable': 416,
  unprocessable: 422,
  'rate-limited': 429,
  unavailable: 503,
};

/** The one way to refuse: `message` is read by the client, `code` by its program; neither holds anybody's data. */
export class DomainError<C extends string = string> extends Error {
  constructor(
    readonly kind: ErrorKind,
    readonly code: C,
    message: string,
    readonly details: DomainErrorDetails = {},
  ) {
    super(message, { cause: details.cause });
    this.name = 'DomainError';
  }

  get status(): number {
    return STATUS_OF_KIND[this.kind];
  }
}

export function invalid(fields: FieldErrors): DomainError<'invalid'> {
  return new DomainError('invalid', 'invalid', 'Invalid input.', { fields });
}

/** DRF's answer for a thing that is not there, or not there for this caller. */
export function notFound(message = 'Not found.'): DomainError<'not_found'> {
  return new DomainError('not-found', 'not_found', message);
}

/** DRF's answer for a known caller who may not do this. */
export function forbidden(
  message = 'You do not have permission to perform this action.',
): DomainError<'permission_denied'> {
  return new DomainError('forbidden', 'permission_denied', message);
}

/** DRF's answer for a caller without credentials. */
export function notAuthenticated(): DomainError<'not_authenticated'> {
  return new DomainError('unauthenticated', 'not_authenticated', 'Authentication credentials were not provided.');
}
