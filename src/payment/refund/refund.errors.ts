import { DomainError } from '../../common/domain-error';

export type RefundErrorCode = 'nothing_to_refund' | 'refund_key_used';

export const nothingToRefund = (): DomainError<RefundErrorCode> =>
  new DomainError('conflict', 'nothing_to_refund', 'There is not that much left of this payment to be paid back.');

export const refundKeyUsed = (): DomainError<RefundErrorCode> =>
  new DomainError('conflict', 'refund_key_used', 'Another refund was asked for under this key.');
