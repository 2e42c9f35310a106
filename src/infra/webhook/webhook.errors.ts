import { DomainError } from '../../common/domain-error';

export const deliveryRejected = (): DomainError<'delivery_rejected'> =>
  new DomainError('conflict', 'delivery_rejected', 'A rejected delivery is not genuine and is not processed.');
