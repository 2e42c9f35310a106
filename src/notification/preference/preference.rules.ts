import { type Channels, defaultsOf, isLocked, KINDS, type NotificationKind } from '../kind/notification-kind.rules';
import type { KindPreference } from './dto/preference.request';
import { lockedKind, namedTwice } from './preference.errors';

export type Wishes = ReadonlyMap<NotificationKind, Channels>;

/** Of every kind by which ways it comes: `wished`, or as to everybody. */
export function channelsOfAll(wished: Wishes): Map<NotificationKind, Channels> {
  return new Map(KINDS.map((kind) => [kind, (isLocked(kind) ? undefined : wished.get(kind)) ?? defaultsOf(kind)]));
}

/** What is to be stored of a request. Throws DomainError. */
export function changesOf(requested: readonly KindPreference[], wished: Wishes): [NotificationKind, Channels][] {
  const present = channelsOfAll(wished);
  return requested.flatMap(({ kind, bell, mail }, index) => {
    if (requested.findIndex((other) => other.kind === kind) < index) throw namedTwice(index);
    const now = present.get(kind) ?? defaultsOf(kind);
    if (!isLocked(kind)) return [[kind, { bell: bell ?? now.bell, mail: mail ?? now.mail }]];
    if (bell === false) throw lockedKind(index, 'bell');
    if (mail !== undefined && mail !== now.mail) throw lockedKind(index, 'mail');
    return [];
  });
}

/** The kinds that may stand in a daily mail; in quiet hours that is what would be sent at once, too. */
export function inDigest(wished: Wishes, hasQuietHours: boolean): NotificationKind[] {
  return [...channelsOfAll(wished)]
    .filter(([kind, { mail }]) => !isLocked(kind) && (mail === 'daily' || (hasQuietHours && mail === 'immediate')))
    .map(([kind]) => kind);
}
