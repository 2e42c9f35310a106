import { type DomainError, invalid } from '../../common/domain-error';

export const bansOneself = (): DomainError => invalid({ account: ['You cannot ban yourself.'] });
