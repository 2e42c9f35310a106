import { DomainError } from '../common/domain-error';

export type PaymentErrorCode = 'payment_unknown' | 'parked_assigned' | 'parked_gone';

/** DRF's words for an id that names nothing. */
export const noSuch = (id: number): string => `Invalid pk "${id}" - object does not exist.`;

/** For our own code: what hangs on a payment came before it. */
export const paymentUnknown = (): DomainError<PaymentErrorCode> =>
  new DomainError('conflict', 'payment_unknown', 'The payment that this belongs to is not known yet.');

export const parkedAssigned = (): DomainError<PaymentErrorCode> =>
  new DomainError('conflict', 'parked_assigned', 'This money was assigned to another account.');

export const parkedGone = (): DomainError<PaymentErrorCode> =>
  new DomainError('conflict', 'parked_gone', 'There is nothing left to assign: the money went back to its payer.');
