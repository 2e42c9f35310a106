import { DomainError } from '../../common/domain-error';

/** How much of a foreign header is said back to its sender. */
const MAX_ECHO = 100;

/** DRF's text for a body that can't be read; presenters know it by its code. */
export const PARSE_ERROR = 'parse_error';

/** `reason` is what the parser said. */
export function parseError(reason: string): DomainError<typeof PARSE_ERROR> {
  return new DomainError('invalid', PARSE_ERROR, `JSON parse error - ${reason}`);
}

export function unsupportedMediaType(contentType = ''): DomainError<'unsupported_media_type'> {
  const quoted = contentType.slice(0, MAX_ECHO);
  return new DomainError(
    'unsupported-media-type',
    'unsupported_media_type',
    `Unsupported media type "${quoted}" in request.`,
  );
}

export function methodNotAllowed(method: string, allowed: readonly string[]): DomainError<'method_not_allowed'> {
  return new DomainError('method-not-allowed', 'method_not_allowed', `Method "${method}" not allowed.`, {
    headers: { Allow: allowed.join(', ') },
  });
}
