import { DomainError } from '../../common/domain-error';

export type CheckoutErrorCode = 'bad_signature';

export const badSignature = (): DomainError<CheckoutErrorCode> =>
  new DomainError('invalid', 'bad_signature', 'The signature does not match.');
