import { DomainError } from '../common/domain-error';

export type CommissionErrorCode = 'out_of_order' | 'not_paid' | 'being_accepted' | 'payment_gone' | 'no_checkout';

export const outOfOrder = (status: string): DomainError<CommissionErrorCode> =>
  new DomainError('conflict', 'out_of_order', `A commission that is ${status} does not allow this.`);

export const notPaid = (): DomainError<CommissionErrorCode> =>
  new DomainError('conflict', 'not_paid', 'This commission is not paid yet.');

/** Somebody is at it this moment, or the gateway could not be asked: it is tried again. */
export const beingAccepted = (): DomainError<CommissionErrorCode> =>
  new DomainError('conflict', 'being_accepted', 'This commission is being accepted.');

export const paymentGone = (): DomainError<CommissionErrorCode> =>
  new DomainError('conflict', 'payment_gone', 'The payment has gone back to its payer.');

export const noCheckout = (): DomainError<CommissionErrorCode> =>
  new DomainError('conflict', 'no_checkout', 'There is nothing to be paid now.');
