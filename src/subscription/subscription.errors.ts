import { DomainError } from '../common/domain-error';

export type SubscriptionErrorCode =
  | 'comp_exists'
  | 'already_subscribed'
  | 'not_possible'
  | 'change_pending'
  | 'quote_stale'
  | 'change_refused'
  | 'no_change';

/** DRF's words for an id that names nothing. */
export const noSuch = (id: number): string => `Invalid pk "${id}" - object does not exist.`;

export const compExists = (): DomainError<SubscriptionErrorCode> =>
  new DomainError('conflict', 'comp_exists', 'An administrator has given this tier to this account already.');
