import { type DomainError, invalid } from '../common/domain-error';

/** DRF's answer for a field that names what is not there, or not there for this caller. */
export const unknownPk = (field: string, id: number): DomainError =>
  invalid({ [field]: [`Invalid pk "${id}" - object does not exist.`] });
