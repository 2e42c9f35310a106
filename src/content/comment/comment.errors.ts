import { DomainError } from '../../common/domain-error';

/** `reason` as whoever banned gave it. */
export const banned = (reason: string): DomainError<'banned_from_commenting'> =>
  new DomainError('forbidden', 'banned_from_commenting', `You may not comment here: ${reason}`);
