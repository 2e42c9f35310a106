import { DomainError } from '../../common/domain-error';

export type MandateErrorCode = 'mandate_over' | 'mandate_refused';

export const mandateOver = (): DomainError<MandateErrorCode> =>
  new DomainError('conflict', 'mandate_over', 'This subscription has ended.');

export const mandateRefused = (cause: unknown): DomainError<MandateErrorCode> =>
  new DomainError('conflict', 'mandate_refused', 'The payment provider does not do this with this subscription.', {
    cause,
  });
