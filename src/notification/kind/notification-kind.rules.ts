/** How a mail is sent: with the notification, once a day together with others, or not at all. */
export const MAIL_MODES = ['immediate', 'daily', 'off'] as const;
export type MailMode = (typeof MAIL_MODES)[number];

export type Level = 'success' | 'info' | 'warning' | 'error';

/** By which ways somebody hears of a kind. */
export interface Channels {
  /** The list, and live with it. */
  readonly bell: boolean;
  readonly mail: MailMode;
}

interface Kind extends Channels {
  readonly level: Level;
  /** Whoever did not do it must learn of it: nobody can switch it off. */
  readonly locked?: true;
  /** Talk: it is not told of those whom the reader, or an administrator, has banned from commenting. */
  readonly isTalk?: true;
}

/** Every kind of notification, and by which ways it goes to whoever has not said otherwise. */
const KIND = {
  follow: { level: 'info', bell: true, mail: 'daily', isTalk: true },
  like: { level: 'info', bell: true, mail: 'off', isTalk: true },
  comment: { level: 'info', bell: true, mail: 'daily', isTalk: true },
  reply: { level: 'info', bell: true, mail: 'daily', isTalk: true },
  post: { level: 'info', bell: true, mail: 'daily' },
  tip: { level: 'success', bell: true, mail: 'immediate' },
  member: { level: 'success', bell: true, mail: 'daily' },
  'payment-failed': { level: 'error', bell: true, mail: 'daily' },
  grace: { level: 'warning', bell: true, mail: 'immediate' },
  'membership-changed': { level: 'info', bell: true, mail: 'immediate' },
  'membership-ended': { level: 'warning', bell: true, mail: 'immediate' },
  commission: { level: 'info', bell: true, mail: 'immediate' },
  enrolment: { level: 'info', bell: true, mail: 'immediate' },
  security: { level: 'warning', bell: true, mail: 'immediate', locked: true },
} as const satisfies Record<string, Kind>;

export type NotificationKind = keyof typeof KIND;

export const KINDS = Object.keys(KIND) as NotificationKind[];

export function kindOf(kind: NotificationKind): Kind {
  return KIND[kind];
}

/** Undefined for a text that names no kind. */
export function asKind(text: string): NotificationKind | undefined {
  return KINDS.find((kind) => kind === text);
}

export function defaultsOf(kind: NotificationKind): Channels {
  const { bell, mail } = kindOf(kind);
  return { bell, mail };
}

export function isLocked(kind: NotificationKind): boolean {
  return kindOf(kind).locked === true;
}

export function isTalk(kind: NotificationKind): boolean {
  return kindOf(kind).isTalk === true;
}
