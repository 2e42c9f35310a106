import { DomainError } from '../../common/domain-error';
import type { SubscriptionErrorCode } from '../subscription.errors';

export const ownerDisabled = (): DomainError<SubscriptionErrorCode> =>
  new DomainError(
    'conflict',
    'not_possible',
    'The account of this address is disabled. What you bought waits for you.',
  );
