import { DomainError, invalid } from '../../common/domain-error';
import type { SubscriptionErrorCode } from '../subscription.errors';

export const alreadySubscribed = (id: number): DomainError<SubscriptionErrorCode> =>
  new DomainError('conflict', 'already_subscribed', 'You have this tier already.', { extra: { subscription: id } });

export const notPossible = (status: string): DomainError<SubscriptionErrorCode> =>
  new DomainError('conflict', 'not_possible', `A subscription that is ${status} does not allow this.`);

/** What is wrong with a tier that somebody wants to have. */
export const unfitTier = (message: string): DomainError<'invalid'> => invalid({ tierID: [message] });
