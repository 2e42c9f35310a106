import { type DomainError, invalid } from '../../common/domain-error';

const KEPT = "Security notices can't be muted.";

/** `index` of the list that was sent. */
export const lockedKind = (index: number, channel: 'bell' | 'mail'): DomainError =>
  invalid({ preferences: { [index]: { [channel]: [KEPT] } } });

/** From an hour until the same one: never, or all day? */
export const noQuietHours = (): DomainError =>
  invalid({ quiet_hours: { until: ['This must be another hour than the one they begin at.'] } });

export const namedTwice = (index: number): DomainError =>
  invalid({ preferences: { [index]: { kind: ['This kind is named twice.'] } } });
