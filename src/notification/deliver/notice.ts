import type { JsonObject } from '../../infra/outbox/fact';
import type { NotificationKind } from '../kind/notification-kind.rules';

/** The things a notification names. */
export type ReferenceType = 'account' | 'post' | 'comment' | 'tier' | 'tip' | 'course' | 'payment' | 'commission';

export interface Reference {
  readonly type: ReferenceType;
  readonly id: number;
}

/** What a fact means for its readers. It carries ids and figures, never the text of what others wrote. */
export interface Notice {
  readonly kind: NotificationKind;
  /** One and the same each time the fact is told; at most 100 characters. */
  readonly factKey: string;
  /** Who did it: not told of it, nor is, of talk, anybody who has banned them. Null: nobody that is to be named. */
  readonly actorId: number | null;
  readonly target?: Reference;
  readonly object?: Reference;
  readonly data?: JsonObject;
  /** Somebody else mails it already. */
  readonly isMailed?: true;
}
