import {
  type Channels,
  defaultsOf,
  isLocked,
  type MailMode,
  type NotificationKind,
} from '../kind/notification-kind.rules';
import { isQuiet, localTime } from './local-time.rules';

/** What decides by which ways somebody is told. */
export interface ReaderSettings {
  /** Only a proven mailbox is written to: another may be a stranger's. */
  readonly verified: boolean;
  readonly timeZone: string;
  readonly quietFrom: number | null;
  readonly quietUntil: number | null;
  /** Null: as everybody. */
  readonly wish: Channels | null;
}

export function channelsOf(
  { kind, isMailed }: { readonly kind: NotificationKind; readonly isMailed?: true },
  reader: ReaderSettings,
  now: Date,
): Channels {
  const wish = isLocked(kind) ? null : reader.wish;
  const { bell, mail } = wish ?? defaultsOf(kind);
  const isSent = !isMailed && reader.verified;
  return { bell, mail: isSent ? calmed(kind, mail, reader, now) : 'off' };
}

/** In the quiet hours a mail waits for the morning's; but for what must be known at once. */
function calmed(kind: NotificationKind, mail: MailMode, reader: ReaderSettings, now: Date): MailMode {
  if (mail !== 'immediate' || isLocked(kind) || reader.quietFrom === null) return mail;
  const { hour } = localTime(now, reader.timeZone);
  return isQuiet(hour, reader.quietFrom, reader.quietUntil) ? 'daily' : mail;
}
