import { DomainError } from '../common/domain-error';

/** simplejwt's codes where it has one. */
export type AuthErrorCode =
  | 'token_not_valid'
  | 'user_not_found'
  | 'user_inactive'
  | 'bad_authorization_header'
  | 'authentication_failed'
  | 'no_active_account'
  | 'csrf_failed';

export const BEARER_CHALLENGE = { 'WWW-Authenticate': 'Bearer realm="api"' };
const TOKEN_CHALLENGE = { 'WWW-Authenticate': 'Token' };

function bearerError(code: AuthErrorCode, message: string, extra: Record<string, unknown> = { code }): DomainError {
  return new DomainError('unauthenticated', code, message, { extra, headers: BEARER_CHALLENGE });
}

/** An access token that opens nothing (any more). */
export function refusedAccess(reason = 'Token is invalid or expired'): DomainError {
  const messages = [{ token_class: 'AccessToken', token_type: 'access', message: reason }];
  return bearerError('token_not_valid', 'Given token not valid for any token type', {
    code: 'token_not_valid',
    messages,
  });
}

export function accessOfWrongType(): DomainError {
  return refusedAccess('Token has wrong type');
}

export function userNotFound(): DomainError {
  return bearerError('user_not_found', 'User not found');
}

export function userInactive(): DomainError {
  return bearerError('user_inactive', 'User is inactive');
}

export function badAuthorizationHeader(): DomainError {
  const message = 'Authorization header must contain two space-delimited values';
  return bearerError('bad_authorization_header', message);
}

/** A refresh token that is none, or none any more. */
export function refusedToken(): DomainError {
  return bearerError('token_not_valid', 'Token is invalid or expired');
}

export function wrongTokenType(): DomainError {
  return bearerError('token_not_valid', 'Token has wrong type');
}

/** A refresh token whose session was ended. */
export function blacklistedToken(): DomainError {
  return bearerError('token_not_valid', 'Token is blacklisted');
}

/** The one answer to wrong credentials on the token routes, whatever is wrong with them. */
export function noActiveAccount(): DomainError {
  return bearerError('no_active_account', 'No active account found with the given credentials', {});
}

/** A login key (`Authorization: Token`) that opens nothing. */
export function refusedKey(message = 'Invalid token.'): DomainError {
  return new DomainError('unauthenticated', 'authentication_failed', message, { headers: TOKEN_CHALLENGE });
}

/** A browser sent the owner's cookies from somebody else's page. */
export function foreignOrigin(): DomainError {
  return new DomainError('forbidden', 'csrf_failed', 'CSRF Failed: this origin may not act with your cookies.');
}
