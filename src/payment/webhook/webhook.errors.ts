import { DomainError } from '../../common/domain-error';

export const invalidSignature = (): DomainError<'invalid_signature'> =>
  new DomainError('unauthenticated', 'invalid_signature', 'Invalid signature.');
