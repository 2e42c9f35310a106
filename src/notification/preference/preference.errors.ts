import { type DomainError, invalid } from '../../common/domain-error';

const KEPT = "Security notices can't be muted.";

/** `index` of the list that was sent. */
export const lockedKind = (index: number, channel: 'bell' | 'mail'): DomainError =>
  invalid({ preferences: { [index]: { [channel]: [KEPT] } } });

export const namedTwice = (index: number): DomainError =>
  invalid({ preferences: { [index]: { kind: ['This kind is named twice.'] } } });
