import { DomainError } from '../../common/domain-error';

export const tooManyStreams = (): DomainError =>
  new DomainError('rate-limited', 'too_many_streams', 'Too many streams are open. Close one first.', {
    retryAfterSeconds: 60,
  });
