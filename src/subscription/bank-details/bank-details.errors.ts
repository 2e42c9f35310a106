import { type DomainError, invalid } from '../../common/domain-error';

/** DRF's words for a thing of which everybody has one. */
export const bankDetailsGiven = (): DomainError =>
  invalid({ non_field_errors: ['Bank details of this creator already exist.'] });

/** What is shown of a number is not enough to change it by. */
export const maskedNumber = (): DomainError => invalid({ accountNumber: ['Enter the whole account number.'] });
