import { DomainError } from '../../common/domain-error';
import type { SubscriptionErrorCode } from '../subscription.errors';

export const changePending = (): DomainError<SubscriptionErrorCode> =>
  new DomainError('conflict', 'change_pending', 'Another change of this subscription is under way: call it off first.');

/** `preview`: what it costs now. */
export const quoteStale = (preview: object): DomainError<SubscriptionErrorCode> =>
  new DomainError('conflict', 'quote_stale', 'This is not what was shown to you: look at it again.', {
    extra: { preview },
  });

export const changeRefused = (): DomainError<SubscriptionErrorCode> =>
  new DomainError(
    'conflict',
    'change_refused',
    'Razorpay charges no other price by this payment authorisation, and nothing was charged. ' +
      'Ask again: it can be authorised anew.',
  );

export const noChange = (): DomainError<SubscriptionErrorCode> =>
  new DomainError('conflict', 'no_change', 'No change of this subscription is under way that could be called off.');
