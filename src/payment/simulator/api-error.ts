export interface ErrorBody {
  readonly code: string;
  readonly description: string;
  readonly source: string;
  readonly step: string;
  readonly reason: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly field?: string;
}

/** An error as Razorpay answers it: `{"error": {...}}`. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
  ) {
    super(body.description);
  }
}

/** What was asked can't be done. `field` names the culprit of the request's body. */
export function refused(description: string, field?: string): ApiError {
  return new ApiError(400, {
    code: 'BAD_REQUEST_ERROR',
    description,
    source: 'business',
    step: 'payment_initiation',
    reason: 'input_validation_failed',
    metadata: {},
    ...(field !== undefined && { field }),
  });
}

/** An error that has nothing to do with a payment: Razorpay writes NA in place of its circumstances. */
export function failure(status: number, code: string, description: string): ApiError {
  return new ApiError(status, { code, description, source: 'NA', step: 'NA', reason: 'NA', metadata: {} });
}

export const unauthorized = (): ApiError => failure(401, 'BAD_REQUEST_ERROR', 'The api key provided is invalid');
export const unknownUrl = (): ApiError =>
  failure(400, 'BAD_REQUEST_ERROR', 'The requested URL was not found on the server.');
export const unknownId = (): ApiError => refused('The id provided does not exist');
