import { type DomainError, invalid } from '../../common/domain-error';

const INVALID = ['Invalid value'];

/** A reset link of no account. */
export function wrongUid(): DomainError {
  return invalid({ uid: INVALID });
}

/** A reset link that opens its account no more, or never did. */
export function wrongResetToken(): DomainError {
  return invalid({ token: INVALID });
}
