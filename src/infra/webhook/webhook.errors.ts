import { DomainError, invalid } from '../../common/domain-error';

export const deliveryRejected = (): DomainError<'delivery_rejected'> =>
  new DomainError('conflict', 'delivery_rejected', 'A rejected delivery is not genuine and is not processed.');

const RETRY_AFTER_SECONDS = 5;

export const inboxFull = (): DomainError<'inbox_full'> =>
  new DomainError('unavailable', 'inbox_full', 'Too many calls at the moment: send this one again.', {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });

export const windowEndsFirst = () => invalid({ to: ['This must lie behind from.'] });

export const windowTooLong = (days: number) => invalid({ to: [`This must lie at most ${days} days behind from.`] });

export const notDeferred = (source: string) =>
  invalid({ source: [`Calls of "${source}" are processed as they come: reprocess them one by one.`] });
